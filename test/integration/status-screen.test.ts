import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { outputLine } from '../../src/report/json/line-schema.js';
import { findProgram } from '../../src/util/find-program.js';
import { leanFuzz, program } from '../support/campaign.js';
import { descendantsOf, eventually, survivors } from '../support/processes.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { FakeTerminal } from '../support/terminal.js';

const canTry = findProgram('script') !== undefined && findProgram('stty') !== undefined;
if (!canTry) console.warn('LEFT OUT: the status screen in a terminal: no script(1) or stty(1) on the PATH');

/** A shell in a terminal of its own that starts a campaign, and looks at its terminal when that has ended. */
class TerminalCampaign {
  readonly terminal = new FakeTerminal();
  readonly campaign: string;
  private readonly folder = temporaryFolder();
  private readonly script: ChildProcess;

  constructor() {
    this.campaign = join(this.folder, 'campaign');
    const args = [
      ...[
        program,
        '--lean',
        quickLean,
        '--level',
        'kernel',
        '--coverage',
        'off',
        '--cores',
        '1',
        '--seed',
        '7',
      ],
      ...['--campaign', this.campaign, '--solutions', join(this.folder, 's'), '--minimize-time', '0s'],
      ...['--metrics', '0'],
    ];
    const started = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
    const command = [
      ...[`cd ${this.folder}`, 'tty > tty', 'stty rows 24 columns 80', 'stty -g > before'],
      ...[`${started} & echo $! > pid; fg > /dev/null; echo $? > code`],
      // Who gives the terminal back where the program can't may need a moment, and what ends later may take it again.
      'same=0; for i in $(seq 150); do',
      '[ "$(stty -g)" = "$(cat before)" ] && same=$((same + 1)) || same=0; [ $same -ge 20 ] && break; sleep 0.1; done',
      'stty -g > after; echo > over',
      // Waits until all was seen, 10 s at most: output on its way to the terminal is lost when the last shell has gone.
      'for i in $(seq 100); do [ -e seen ] && break; sleep 0.1; done',
    ].join('\n');
    this.script = spawn('script', ['-qfc', `bash -mc '${command.replaceAll("'", "'\\''")}'`, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm', NO_COLOR: '' },
    });
    this.script.stdout?.setEncoding('utf8').on('data', (text: string) => this.terminal.write(text));
  }

  file(name: string): string {
    return existsSync(join(this.folder, name)) ? readFileSync(join(this.folder, name), 'utf8').trim() : '';
  }

  get pid(): number {
    return Number(this.file('pid'));
  }

  press(keys: string): void {
    this.script.stdin?.write(keys);
  }

  resize(rows: number, columns: number): void {
    execFileSync('stty', ['-F', this.file('tty'), 'rows', String(rows), 'columns', String(columns)]);
  }

  shows(what: RegExp): Promise<void> {
    return eventually(`the screen shows ${String(what)}`, () => what.test(this.terminal.lines.join('\n')));
  }

  /** The program has ended, and the terminal is as it was. */
  async end(): Promise<void> {
    await eventually('the program has ended', () => existsSync(join(this.folder, 'over')));
    const { terminal } = this;
    const isBack = (): boolean => !terminal.isAlternate && terminal.isCursorShown;
    await eventually('the terminal is given back', isBack, 8000);
    writeFileSync(join(this.folder, 'seen'), '');
  }

  kill(): void {
    if (this.pid > 0 && this.file('code') === '') process.kill(this.pid, 'SIGKILL');
    this.script.kill('SIGKILL');
  }
}

/** The command's answer once it tells of tests: on a busy machine the first seconds have none. */
async function statusWithTests(campaign: string): ReturnType<typeof leanFuzz> {
  for (let tries = 1; ; tries++) {
    const status = await leanFuzz(['status', campaign]);
    if (Number(/tests (\d+) /.exec(status.stdout)?.[1]) > 0) return status;
    if (tries === 60) throw new Error(`no tests after ${tries} looks: ${status.stdout}${status.stderr}`);
  }
}

let running: TerminalCampaign | undefined;
afterEach(() => running?.kill());

describe.skipIf(!canTry)('the status screen', () => {
  it('follows the size of its terminal, and gives it back at q', async () => {
    running = new TerminalCampaign();
    const { terminal } = running;
    await running.shows(/^tests {5}\d+\/min now/m);
    expect(terminal).toMatchObject({ isAlternate: true, isCursorShown: false });
    expect(terminal.lines[0]).toMatch(/^lean-fuzz .*seed 7.*q ends$/);
    const family = descendantsOf(running.pid).map(({ pid }) => pid);

    // From another terminal.
    await running.shows(/^lean-fuzz {2}[1-9]/m);
    await running.shows(/^tests {5}[1-9]\d*\/min now/m);
    const status = await statusWithTests(running.campaign);
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.stdout).toMatch(/: running, Lean .*, seed 7\n/);
    const state = JSON.parse((await leanFuzz(['status', running.campaign, '--json'])).stdout) as object;
    expect(outputLine.parse(state)).toEqual(state);
    const [address = ''] = /http:\S+\/metrics/.exec(terminal.lines.join('\n')) ?? [];
    expect(await (await fetch(address)).text()).toMatch(/^lean_fuzz_tests_total [1-9]/m);
    const health = await leanFuzz(['health', running.campaign, '--json']);
    expect(health.stderr).toBe('');
    expect(outputLine.parse(JSON.parse(health.stdout))).toMatchObject({ folder: running.campaign });
    expect(health.code).toBe(health.stdout.includes('"problems":[]') ? 0 : 78);

    running.resize(7, 44);
    await running.shows(/^lean-fuzz {2}\d+s.*$/m);
    await eventually('the screen is small', () => terminal.lines.length <= 7);
    expect(Math.max(...terminal.lines.map((line) => line.length))).toBeLessThanOrEqual(44);
    running.resize(24, 80);
    await running.shows(/^worker {2}state/m);

    running.press('q');
    await running.end();
    expect(running.file('code')).toMatch(/^(0|77)$/);
    expect(running.file('after')).toBe(running.file('before'));
    expect(terminal.lines.join('\n')).toContain('stopped by signal after');
    expect(await survivors(family)).toEqual([]);
  });

  it.each([
    ['Ctrl-C', (campaign: TerminalCampaign) => campaign.press('\x03'), /^(0|77)$/],
    ['SIGKILL', (campaign: TerminalCampaign) => process.kill(campaign.pid, 'SIGKILL'), /^137$/],
  ])('gives its terminal back after %s', async (_, act, code) => {
    running = new TerminalCampaign();
    await running.shows(/^tests {5}/m);
    act(running);
    await running.end();
    expect(running.file('code')).toMatch(code);
    expect(running.file('after')).toBe(running.file('before'));
  });
});

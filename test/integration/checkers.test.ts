import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import type { Opinion } from '../../src/api/opinion.js';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('--checker');

/** A program of a few lines in a folder of its own. */
function program(name: string, lines: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(native === undefined)('--checker', () => {
  const { root } = (native ?? { root: '' }) as NativeLean;

  it.each([
    [['--checker', 'nanoda'], 2, /--checker: got "\["nanoda"\]", expected NAME=COMMAND/],
    [
      ['--checker', 'a=exit 0', '--checker', 'a=exit 1'],
      2,
      /--checker: .* expected NAME=COMMAND, each NAME once/,
    ],
    [['--checker', 'a=/no/such/program'], 78, /checker a: got "\/no\/such\/program".*can't be run/],
    [['--checker', 'a=/etc/hostname'], 78, /checker a: .*can't be run/],
    [['--checker', 'a=exit 1'], 78, /checker a: .*it refuses a definition of a number/],
    [
      ['--checker', 'a=exit 0', '--level', 'source'],
      2,
      /--checker: got "a=exit 0", expected --level kernel or both/,
    ],
  ])('refuses %j in one line, and leaves nothing behind', async (args, code, line) => {
    const folder = join(temporaryFolder(), 'campaign');
    const options = ['--campaign', folder, '--lean', root, '--time', '1s', '--level', 'kernel', ...args];
    const ended = await leanFuzz(options);
    expect(ended.stderr).toMatch(line);
    expect((ended.stderr + ended.stdout).trim().split('\n')).toHaveLength(1);
    expect(ended.code).toBe(code);
    expect(existsSync(folder)).toBe(false);
  });

  it('asks each about a stream of environments, and takes whatever is no answer for none', async () => {
    const folder = temporaryFolder();
    const noTheorems = program('strict', 'grep -q \'"thm"\' "$IN" && echo "a theorem" && exit 1; exit 0');
    const commands = {
      ...{ all: 'exit 0', crashes: 'kill -SEGV $$', hangs: 'sleep 60', declines: 'exit 2' },
      garbage: 'head -c 300000 /dev/urandom; exit 42',
      strict: `${noTheorems} "$IN"`,
    };
    const ended = await leanFuzz([
      ...['--json', '--campaign', folder, '--solutions', join(folder, 'solutions'), '--level', 'kernel'],
      ...['--lean', root, '--cores', '1', '--seed', '1', '--runs', '60', '--timeout', '1s'],
      ...Object.entries(commands).flatMap(([name, command]) => ['--checker', `${name}=${command}`]),
    ]);
    expect([0, 77]).toContain(ended.code);
    const rows = summaryOf(ended).opinions?.verdicts ?? [];
    const of = (by: string) => rows.find((row) => row.by === by && row.declaration === 'whole environment');
    expect(of('all')).toMatchObject({ refuses: 0, noAnswer: 0 });
    expect(of('all')?.accepts).toBeGreaterThan(0);
    for (const silent of ['crashes', 'declines', 'garbage'])
      expect(of(silent), silent).toMatchObject({ accepts: 0, refuses: 0 });
    expect(of('strict')?.refuses).toBeGreaterThan(0);
    expect(ended.stdout).toContain('checker crashes (kill -SEGV $$): it gives no answer');
    const leads = readdirSync(join(folder, 'leads')).map((name) => join(folder, 'leads', name));
    const found = leads.find((lead) =>
      readFileSync(join(lead, 'finding.json'), 'utf8').includes('strict refuses: a theorem'),
    );
    expect(found).toBeDefined();
    const { opinions } = JSON.parse(readFileSync(join(found ?? '', 'opinions.json'), 'utf8')) as {
      opinions: Opinion[];
    };
    const said = Object.fromEntries(
      opinions.map(({ by, answer }) => [by.kind === 'checker' ? by.name : 'lean', answer.kind]),
    );
    expect(said).toMatchObject({ lean: 'accepts', all: 'accepts', strict: 'refuses', declines: 'noAnswer' });
  }, 300_000);
});

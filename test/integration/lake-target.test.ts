import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FindingFile } from '../../src/store/finding-files.js';
import type { NativeAnswer } from '../../src/store/native-answer.js';
import { packageRoot } from '../../src/util/package.js';
import { leanFuzz, Running, summaryOf, type Ended } from '../support/campaign.js';
import { joinedWorkers, startGuest, workersAre } from '../support/join.js';
import { eventually, survivors } from '../support/processes.js';
import { toolchain } from '../support/stand-ins.js';
import { contentsOf } from '../support/template-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { standIn, environment, checkers } = await toolchain();

/** A grammar whose only sentence is a text. */
function grammarOf(folder: string, text: string): string {
  const path = join(folder, 'grammar.json');
  writeFileSync(path, JSON.stringify([['File', text.replace(/[{}]/g, '\\$&')]]));
  return path;
}

/** A text behind which a suffix proves False, by a real bug of the embedded Lean. */
const exploit = readFileSync(
  join(packageRoot, 'test/oracle-cases/stuck-sort-found-by-suffix/Case.lean'),
  'utf8',
);

function run(folder: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const folders = ['--campaign', join(folder, 'campaign'), '--solutions', join(folder, 'solutions')];
  return leanFuzz([...args, ...folders], { environment: { ...environment, ...more }, cwd: folder });
}

const lake = ['--json', '--target', 'lake', '--cores', '1', '--seed', '1'];

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows whose file it is
function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(...path), 'utf8')) as T;
}

/** Folders with copies that template servers left behind when they ended. */
function leftovers(): string[] {
  return (
    ['/dev/shm', process.env['TMPDIR'] ?? '/tmp']
      .map((base) => join(base, `lean-fuzz-lake-${process.getuid?.() ?? 0}`))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      // A server locks its folder for as long as it lives; such a one belongs to somebody else on this machine.
      .filter((folder) => spawnSync('flock', ['--nonblock', folder, 'true']).status === 0)
  );
}

describe('a campaign on the Lake target', () => {
  it('builds generated candidates and counts the answers', async () => {
    const folder = temporaryFolder();
    const ended = await run(folder, [...lake, '--runs', '4', ...checkers]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { candidates, tests, checks } = summaryOf(ended);
    expect(candidates).toBe(4);
    expect(tests).toBeGreaterThan(0);
    expect(Object.values(checks ?? {}).reduce((sum, count) => sum + count, 0)).toBe(tests);
    expect(leftovers()).toEqual([]);
  });

  // A native Lean may have mended the bug that the stand-ins still have.
  it.runIf(standIn)('finds a proof of False, has it checked twice, and lists it by its answers', async () => {
    const folder = temporaryFolder();
    const grammar = grammarOf(folder, exploit);
    const ended = await run(folder, [...lake, '--runs', '1', '--grammar', grammar, ...checkers]);
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    const summary = summaryOf(ended);
    const row = 'lake_pass_comp_pass_safe_pass';
    expect(summary.checks).toMatchObject({ [row]: 1, lake_fail_comp_none_safe_none: 6 });
    const [solution = ''] = summary.solutionFolders;
    const file = readJson<FindingFile>(solution, 'finding.json');
    expect(file).toMatchObject({ kind: 'solution', target: 'lake', leanVersion: '4.28.0' });
    expect(file.signature).toBe(`${row} simp_all`);
    expect(file.reasons).toEqual([
      '"simp_all" is accepted by Lake, comparator, SafeVerify',
      'checked again in a fresh copy of the template',
    ]);
    const listed = join(folder, 'solutions', row);
    expect(readdirSync(listed).map((name) => readJson(listed, name, 'finding.json'))).toEqual([file]);

    const confirmed = await leanFuzz(['confirm', solution, ...checkers], { environment });
    expect(confirmed).toMatchObject({ code: 77, stderr: '' });
    expect(readJson<NativeAnswer>(solution, 'native.json')).toMatchObject({ verdict: 'confirmed', row });
    expect(readFileSync(join(solution, 'README.md'), 'utf8')).toContain('On a native Lean');
  });

  it.runIf(standIn).each([
    ['refuses', 'exit 1', 'fail', 'but comparator refuse it'],
    ['crashes', 'kill -SEGV $$', 'none', 'accepted by Lake, SafeVerify'],
    ['is gone when it is needed', 'exit 127', 'none', 'accepted by Lake, SafeVerify'],
  ])('is not misled by a comparator that %s', async (_, script, answer, reason) => {
    const folder = temporaryFolder();
    const comparator = join(folder, 'comparator');
    writeFileSync(comparator, `#!/bin/sh\n${script}\n`);
    chmodSync(comparator, 0o755);
    const args = [...lake, '--runs', '1', '--grammar', grammarOf(folder, exploit), ...checkers];
    const ended = await run(folder, [...args, '--comparator', comparator]);
    expect(ended.stderr).toBe('');
    const row = `lake_pass_comp_${answer}_safe_pass`;
    expect(summaryOf(ended).checks).toMatchObject({ [row]: 1 });
    const [name = ''] = readdirSync(join(folder, 'solutions', row));
    const file = readJson<FindingFile>(folder, 'solutions', row, name, 'finding.json');
    expect(file.kind).toBe(answer === 'fail' ? 'lead' : 'solution');
    expect(file.reasons.join('; ')).toContain(reason);
  });

  it.runIf(standIn)('takes a build alone for a lead', async () => {
    const folder = temporaryFolder();
    const ended = await run(folder, [...lake, '--runs', '1', '--grammar', grammarOf(folder, exploit)]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(summaryOf(ended)).toMatchObject({ leads: 1, solutions: 0 });
  });
});

describe('a second terminal', () => {
  it('joins a campaign on the Lake target, with more workers than there were copies for', async () => {
    const folder = temporaryFolder();
    const folders = ['--campaign', join(folder, 'campaign'), '--solutions', join(folder, 'solutions')];
    const host = new Running([...lake, ...folders], { environment });
    await eventually('it runs', () => host.hasEnded || (host.status?.candidates ?? 0) > 0);
    const guest = startGuest(join(folder, 'campaign'), ['--cores', '3'], { environment });
    expect(await joinedWorkers(guest)).toEqual([1, 2, 3]);
    await workersAre(host, [0, 1, 2, 3], ({ candidates }) => candidates > 0);
    guest.kill('SIGINT');
    expect(await guest.ended).toMatchObject({ code: 0, stderr: '' });
    await workersAre(host, [0]);
    host.kill('SIGINT');
    expect(await host.ended).toMatchObject({ code: 0, stderr: '' });
    expect(leftovers()).toEqual([]);
  });
});

describe('a campaign on the embedded target', () => {
  it.runIf(standIn)('has its solutions confirmed where there is a toolchain', async () => {
    const folder = temporaryFolder();
    const args = [
      '--json',
      '--cores',
      '1',
      '--seed',
      '1',
      '--runs',
      '1',
      '--grammar',
      grammarOf(folder, exploit),
    ];
    const ended = await run(folder, [...args, ...checkers]);
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    const [solution = ''] = summaryOf(ended).solutionFolders;
    expect(readJson<NativeAnswer>(solution, 'native.json')).toMatchObject({
      verdict: 'confirmed',
      leanVersion: '4.28.0',
      foundOn: '4.28.0',
    });
    expect(ended.stdout).toContain('native: confirmed');
    expect(leftovers()).toEqual([]);
  });
});

describe('confirm', () => {
  it('records that nobody accepts what is no proof', async () => {
    const folder = join(temporaryFolder(), 'solution-1');
    mkdirSync(folder);
    const text = 'theorem soundness_check : False := by decide\n';
    const unit = {
      kind: 'theorem',
      text,
      words: null,
      declares: ['soundness_check'],
      expected: 'any',
    } as const;
    const finding: Partial<FindingFile> = {
      ...{ format: 'lean-fuzz finding', version: 1, id: '1', kind: 'solution', level: 'source' },
      ...{ units: [unit], outcome: 'accepted', leanVersion: '4.27.0', kernelMutant: null, text, claim: null },
      ...{ reasons: [], axioms: [], signature: '', seed: 1, run: 1, parents: [], mutators: [] },
      ...{ packageVersion: '0.1.0', elapsedSeconds: 0 },
    };
    writeFileSync(join(folder, 'finding.json'), JSON.stringify(finding));
    writeFileSync(join(folder, 'Finding.lean'), text);
    const ended = await leanFuzz(['confirm', folder, ...checkers], { environment });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const answer = readJson<NativeAnswer>(folder, 'native.json');
    expect(answer.verdict).toBe('refused');
    expect(answer.reasons.join('; ')).toContain('found on Lean 4.27.0, asked Lean');
  });
});

describe('what can not serve is named in one line', () => {
  const without = { PATH: '/usr/bin:/bin' };
  const own = join(packageRoot, 'template');

  function broken(change: (folder: string) => void): string {
    const template = temporaryFolder();
    cpSync(own, template, { recursive: true });
    change(template);
    return template;
  }

  it.each<[string, () => readonly string[], NodeJS.ProcessEnv, number, string]>([
    ['no lake', () => [], without, 78, 'lake: got "lake", expected a program on the PATH'],
    ['another lake', () => ['--lake', '/no/lake'], {}, 78, 'lake: got "/no/lake", expected a program'],
    [
      'a missing checker',
      () => ['--comparator', '/no/comparator'],
      {},
      2,
      '--comparator: got "/no/comparator"',
    ],
    [
      'a missing checker of the environment',
      () => [],
      { SAFEVERIFY_PATH: '/no/safe' },
      2,
      'SAFEVERIFY_PATH: got "/no/safe"',
    ],
    ['no template', () => ['--template', '/no/template'], {}, 78, 'template folder: got "/no/template"'],
    [
      'a template that does not build',
      () => [
        '--template',
        broken((folder) => writeFileSync(join(folder, 'Template.lean'), 'theorem t : 1 = 2 := rfl\n')),
      ],
      {},
      78,
      'expected a project that builds (lake build: exit status 1',
    ],
    [
      'a toolchain that is not there',
      () => {
        const lake = join(temporaryFolder(), 'lake');
        writeFileSync(lake, '#!/bin/sh\necho "error: toolchain \'lean4:v0\' is not installed" >&2\nexit 1\n');
        chmodSync(lake, 0o755);
        return ['--lake', lake];
      },
      {},
      78,
      'toolchain: got "leanprover/lean4:v4.28.0", expected one that is installed (exit status 1: error: toolchain',
    ],
  ])('%s', async (_, args, more, code, words) => {
    const ended = await run(temporaryFolder(), [...lake, '--runs', '1', ...args()], more);
    expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
    expect(ended.stderr).toContain(words);
    expect(ended.code).toBe(code);
    expect(leftovers()).toEqual([]);
  });

  it('a template is never written to', async () => {
    const template = broken(() => undefined);
    const before = contentsOf(template);
    await run(temporaryFolder(), [...lake, '--runs', '1', '--template', template]);
    expect(contentsOf(template)).toEqual(before);
  });
});

describe('a template server', () => {
  it('that is stopped, or killed, is replaced, and what was in hand is built again', async () => {
    const folder = temporaryFolder();
    const folders = ['--campaign', join(folder, 'campaign'), '--solutions', join(folder, 'solutions')];
    const running = new Running([...lake, ...folders], { environment });
    const runs = (from: number) => (): boolean =>
      running.hasEnded || (running.status?.candidates ?? 0) > from;
    await eventually('it runs', runs(0));
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
      const before = running.status?.candidates ?? 0;
      const [server = 0] = running.family().templateServers;
      expect(server).toBeGreaterThan(0);
      process.kill(server, signal);
      await eventually(`it runs on behind ${signal}`, runs(before + 1));
      expect(running.family().templateServers).not.toContain(server);
    }
    const family = [...running.family().all];
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const notices = running.lines.filter(({ type }) => type === 'notice').map(({ text }) => String(text));
    expect(notices.filter((text) => text.includes('is being replaced'))).toHaveLength(2);
    expect(notices.join('\n')).toMatch(/the template server has made no progress for 8 s \(stopped\)/);
    expect(await survivors(family, 10_000)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  it('that is stopped while the template is built is named, and ends the start', async () => {
    const folder = temporaryFolder();
    const slow = join(folder, 'lake');
    writeFileSync(
      slow,
      '#!/bin/sh\ncase "$1" in build) while :; do :; done ;; *) echo "Lean (version 4.28.0)" ;; esac\n',
    );
    chmodSync(slow, 0o755);
    const running = new Running([...lake, '--lake', slow, '--campaign', join(folder, 'campaign')], {
      environment,
      cwd: folder,
    });
    await eventually('there is a server', () => running.family().templateServers.length > 0);
    const [server = 0] = running.family().templateServers;
    process.kill(server, 'SIGSTOP');
    const ended = await running.ended;
    expect(ended.code).toBe(78);
    expect(ended.stderr).toMatch(/^lean-fuzz: template server: [^\n]+\n$/);
  });
});

describe('SIGKILL', () => {
  it.each<[string, (running: Running) => number[]]>([
    ['a worker', (running) => running.family().workers],
    ['the primary', (running) => [running.pid]],
  ])('of %s leaves nothing behind, after one new start at the latest', async (what, find) => {
    const folder = temporaryFolder();
    const folders = ['--campaign', join(folder, 'campaign'), '--solutions', join(folder, 'solutions')];
    const running = new Running([...lake, ...folders], { environment });
    await eventually('it runs', () => running.hasEnded || (running.status?.candidates ?? 0) > 0);
    if (running.hasEnded) throw new Error(`it ended early: ${(await running.ended).stderr}`);
    const [victim = 0] = find(running);
    expect(victim).toBeGreaterThan(0);
    const family = [...running.family().all];
    process.kill(victim, 'SIGKILL');
    if (what === 'a worker') {
      const before = running.status?.candidates ?? 0;
      await eventually('another goes on', () => {
        const { restarts = 0, candidates = 0 } = running.status ?? {};
        return running.hasEnded || (restarts > 0 && candidates > before);
      });
      running.kill('SIGINT');
      const ended = await running.ended;
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'signal' });
    }
    await running.ended;
    expect(await survivors(family, 10_000)).toEqual([]);
    const again = await run(folder, [...lake, '--runs', '1']);
    expect(again.stderr).toBe('');
    expect(leftovers()).toEqual([]);
  });
});

import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { certificationOf, certify as certifyFiles } from '../../src/campaign/offline/certify.js';
import { undeclaredIn } from '../../src/kernel/export/undeclared.js';
import { loadFinding } from '../../src/store/load-finding.js';
import { leanFuzz, type Ended } from '../support/campaign.js';
import { candidate } from '../support/fakes.js';
import { findingOf, kernelSolution, sourceSolution } from '../support/finding-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Scripts that stand in for checkers, in a folder for the PATH: none of the real ones is needed here. */
function standIns(scripts: Record<string, string>): string {
  const folder = join(temporaryFolder(), 'stand-ins');
  mkdirSync(folder);
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** A `lake` that builds empty oleans and passes `lake env` on. */
const lake = `case "$1" in
  build) grep -q soundness_check Solution.lean || exit 1
         mkdir -p .lake/build/lib/lean && touch .lake/build/lib/lean/Challenge.olean .lake/build/lib/lean/Solution.olean;;
  env) shift; exec "$@";;
esac`;

/** A line of `--json`. */
interface Recorded {
  readonly tool: string;
  readonly answer: string;
  readonly output: string;
}

async function certify(
  finding: string,
  path: string,
  ...args: string[]
): Promise<{ ended: Ended; answers: Record<string, Recorded> }> {
  const environment = { PATH: `${path}:${process.env['PATH'] ?? ''}` };
  const ended = await leanFuzz(['certify', finding, '--json', ...args], { environment });
  const answers = ended.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recorded);
  return { ended, answers: Object.fromEntries(answers.map((answer) => [answer.tool, answer])) };
}

describe('certify', () => {
  it('says which checkers are not on the machine, and that nobody has answered', async () => {
    const finding = kernelSolution(temporaryFolder());
    const { ended, answers } = await certify(finding, standIns({}));
    expect(ended).toMatchObject({ code: 78, stderr: '' });
    expect(Object.keys(answers)).toEqual([
      'comparator',
      'lake',
      'SafeVerify',
      'leanchecker',
      'nanoda',
      'lean4lean',
    ]);
    for (const { answer, output } of Object.values(answers)) {
      expect(answer).toBe('absent');
      expect(output).toContain('not on the PATH');
    }
  });

  it('runs those that are there on a copy, tells a refusal from no verdict, and records all of it', async () => {
    const finding = kernelSolution(temporaryFolder());
    const path = standIns({
      lake,
      comparator: 'grep -q soundness_check "$PWD/Solution.lean" && grep -q Challenge "$1"',
      safe_verify: 'test -f "$1" && test -f "$2" && echo "the statements differ" && exit 1',
      leanchecker: 'kill -SEGV $$',
      nanoda_bin: 'test -f finding.ndjson && exit 2',
    });
    const { ended, answers } = await certify(finding, path);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(answers).toMatchObject({
      comparator: { answer: 'pass', exitCode: 0 },
      lake: { answer: 'pass' },
      SafeVerify: { answer: 'fail', exitCode: 1, output: expect.stringContaining('differ') as string },
      leanchecker: { answer: 'none', exitCode: null },
      nanoda: { answer: 'none', exitCode: 2 },
    });
    const record = JSON.parse(readFileSync(join(finding, 'certification', 'answers.json'), 'utf8')) as {
      answers: Recorded[];
    };
    expect(record.answers).toHaveLength(6);
    expect(readdirSync(join(finding, 'certification', 'project'))).not.toContain('.lake');
  });

  it('ends with 77 when all that answer pass it, and takes a checker that hangs for no answer', async () => {
    const finding = kernelSolution(temporaryFolder());
    const path = standIns({ lake, comparator: 'exit 0', nanoda_bin: 'sleep 60' });
    const { ended, answers } = await certify(finding, path, '--timeout', '1s');
    expect(ended.code).toBe(77);
    expect(answers['nanoda']).toMatchObject({
      answer: 'none',
      output: 'no answer after 1000 ms',
    });
    expect(answers['SafeVerify']).toMatchObject({ answer: 'absent' });
  });

  it('asks the kernels that --checker names by the protocol of the arena', async () => {
    const finding = kernelSolution(temporaryFolder());
    const { ended, answers } = await certify(
      finding,
      standIns({ nanoda_bin: 'exit 101' }),
      ...['--checker', 'reads=test -s "$IN" && grep -q soundness_check "$IN"', '--checker', 'no=exit 1'],
      ...['--checker', 'declines=exit 2', '--checker', 'dies=kill -SEGV $$'],
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(answers).toMatchObject({
      reads: { answer: 'pass', exitCode: 0 },
      no: { answer: 'fail', exitCode: 1 },
      declines: { answer: 'none' },
      dies: { answer: 'none' },
      nanoda: { answer: 'fail', exitCode: 101 },
      lean4lean: { answer: 'absent' },
    });
  });

  it("runs what is made of the candidate, never the folder's files, and nothing of it leaves the fence", async () => {
    const finding = kernelSolution(temporaryFolder());
    const outside = temporaryFolder();
    const project = join(finding, 'certification', 'project');
    writeFileSync(join(project, 'Solution.lean'), 'tampered');
    writeFileSync(join(project, 'lakefile.lean'), 'tampered');
    writeFileSync(join(finding, 'Finding.lean'), 'tampered');
    const path = standIns({
      lake,
      comparator: [
        'grep -rq tampered . && exit 3',
        `touch ${outside}/escaped 2> /dev/null && exit 4`,
        '[ -z "$SECRET" ] || exit 5',
        `node -e 'require("net").connect(9, "127.0.0.1").on("error", (e) => process.exit(e.code === "ECONNREFUSED" ? 6 : 0))'`,
      ].join('\n'),
    });
    process.env['SECRET'] = 'of the user';
    onTestFinished(() => {
      delete process.env['SECRET'];
    });
    const { answers } = await certify(finding, path);
    expect(answers['comparator']).toMatchObject({ answer: 'pass', exitCode: 0 });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('refuses to run anything on a machine without a fence', async () => {
    const finding = kernelSolution(temporaryFolder());
    const before = readdirSync(join(finding, 'certification'));
    for (const fence of ['landlock', 'noNetwork'] as const) {
      const { files } = await certificationOf(finding, loadFinding(finding), undefined);
      const asked = certifyFiles(finding, files, 1000, [], { without: [fence] });
      await expect(asked).rejects.toMatchObject({
        exitCode: 78,
        message: expect.stringMatching(/^fence: no /) as string,
      });
    }
    expect(readdirSync(join(finding, 'certification'))).toEqual(before);
  });

  it('exports what a proof at the source level comes to', async () => {
    const finding = sourceSolution(temporaryFolder());
    expect(existsSync(join(finding, 'certification', 'arena'))).toBe(false);
    const { ended } = await certify(finding, standIns({}));
    expect(ended).toMatchObject({ code: 78, stderr: '' });
    const yaml = readFileSync(join(finding, 'certification', 'arena', 'finding.yaml'), 'utf8');
    // With what it rests on in Init, of which this Lean has the statements of theorems alone.
    expect(yaml).toMatch(/\d+ constants of the library stand as axioms/);
    expect(yaml).toContain('\noutcome: reject\n');
    const ndjson = readFileSync(join(finding, 'certification', 'arena', 'finding.ndjson'), 'utf8');
    expect(ndjson).toContain('"str":"soundness_check"');
    expect(ndjson).toContain('"str":"Curry_2"');
    expect(undeclaredIn(ndjson)).toEqual([]);
  });

  it('refuses what no checker takes, in one line', async () => {
    const crash = findingOf(temporaryFolder(), candidate(), undefined, { kind: 'lead', outcome: 'crashed' });
    const ended = await leanFuzz(['certify', crash]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(
      /^lean-fuzz: .*lead-.*: got "a lead that no other checker takes", expected .*\n$/,
    );
  });
});

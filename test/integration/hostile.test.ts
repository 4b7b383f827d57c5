import { execa } from 'execa';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Execution, Job, Step } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { embeddedLean } from '../../src/execute/embedded/package-files.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { tryCodeFence } from '../../src/execute/native/code-fence.js';
import { importsOf } from '../../src/execute/native/core-library.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { encode } from '../../src/ir/encode.js';
import { sort } from '../../src/ir/expr.js';
import { one } from '../../src/ir/level.js';
import { judgeText } from '../../src/judge/ask/judge-text.js';
import { packageRoot } from '../../src/util/package.js';
import { nativeLean } from '../support/native-lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import { commandOf, descendantsOf } from '../support/processes.js';
import { sharedLean } from '../support/shared-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { errorOf, messageOf } from '../support/outcomes.js';

const native = await nativeLean('hostile candidates on a native Lean');

type On = 'embedded' | 'native';

/** The expected.json of a case. */
interface Expected {
  readonly on: readonly On[];
  readonly level: Job['level'];
  /** All outcomes that may be: how the last step is answered, or the kind of failure. Machines differ. */
  readonly outcome: readonly string[];
  readonly about: string;
  /** Must occur in the words of the failure. */
  readonly says?: string;
  /** Whether it ends by itself, which may take a while. */
  readonly patient?: boolean;
}

interface Case extends Expected {
  readonly name: string;
  /** Made when it is run: some are large. */
  readonly steps: () => Promise<readonly Step[]>;
}

const folder = join(packageRoot, 'test', 'hostile');
/** The file that cases try to create, change or take away on the machine. */
const marker = join('/tmp', `lean-fuzz-hostile-${process.pid}`);
/** Milliseconds that a case may take, and one that has to end by itself. */
const [jobMillis, patientMillis] = [3000, 60_000];
/** Texts up to so many characters are judged, too. */
const judged = 10_000;

function readCase(name: string): Case {
  const path = join(folder, name);
  const expected = JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')) as Expected;
  const text = (content: string): Step => ({ kind: 'text', text: content.replaceAll('MARKER', marker) });
  return {
    ...expected,
    name,
    steps: async () => {
      // Steps of a text are parted by a line of their own.
      if (existsSync(join(path, 'Case.lean')))
        return readFileSync(join(path, 'Case.lean'), 'utf8').split('-- next\n').map(text);
      const made = (await import(pathToFileURL(join(path, 'make.mjs')).href)) as {
        default: () => string | readonly Declaration[];
      };
      const content = made.default();
      if (typeof content === 'string') return [text(content)];
      return content.map((one) => ({ kind: 'declaration', words: encode([one]) }));
    },
  };
}

const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readCase(name));

function of(on: On, level: Job['level']): Case[] {
  return cases.filter((one) => one.on.includes(on) && one.level === level);
}

/** The outcome of a job, in a word: its last step accepted or refused, or the kind of failure. */
function outcomeOf({ end, steps }: Execution): string {
  if (end.kind !== 'finished') return end.kind;
  return errorOf(steps.at(-1)) === null ? 'accepted' : 'refused';
}

function expectOutcome({ outcome, says }: Case, execution: Execution): void {
  const { end, steps } = execution;
  const words = (end.kind === 'finished' ? messageOf(steps.at(-1)) : end.message) ?? '';
  expect(outcome, words.slice(0, 200)).toContain(outcomeOf(execution));
  expect(words).toContain(says ?? '');
  // Whatever it is told in: one answer is bounded.
  expect(words.length).toBeLessThanOrEqual(4000);
}

const honest: Record<Job['level'], readonly Step[]> = {
  source: [{ kind: 'text', text: 'def honest : Nat := Nat.succ Nat.zero' }],
  kernel: [
    {
      kind: 'declaration',
      words: encode([{ kind: 'axiom', name: 'honest', levelParams: [], type: sort(one), unsafe: false }]),
    },
  ],
};
/** A theorem that no Lean in its right mind accepts. */
const lie: Step = { kind: 'text', text: 'theorem lie : False := True.intro' };

beforeEach(() => writeFileSync(marker, 'here'));
afterAll(() => rmSync(marker, { force: true }));

describe('the hostile cases', () => {
  it('are many, of both levels and for both kinds of Lean', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    for (const on of ['embedded', 'native'] as const)
      for (const level of ['source', 'kernel'] as const) expect(of(on, level).length).toBeGreaterThan(6);
    expect(cases.filter(({ about, outcome }) => !about.endsWith('.') || outcome.length === 0)).toEqual([]);
  });
});

for (const on of ['embedded', 'native'] as const)
  describe.skipIf(on === 'native' && native === undefined)(`hostile candidates on the ${on} Lean`, () => {
    const chosen = on === 'embedded' ? embeddedLean() : (native as NativeLean);
    const options = zygoteOf(chosen, { level: 'source', mutant: null });
    const memoryLimitMiB = on === 'embedded' ? 512 : 128;
    const lean = sharedLean(
      options.then((some) => ({ ...some, memoryLimitMiB, kernelHeartbeats: 20_000 })),
      { jobMillis },
    );
    const run = async (jobs: readonly Job[], isPatient = false): Promise<Execution[]> =>
      isPatient
        ? withLean({ ...(await options), memoryLimitMiB }, { jobMillis: patientMillis }, (one) =>
            one.run(jobs),
          )
        : lean().run(jobs);

    it.each(of(on, 'source'))('$name', async (hostile) => {
      const steps = await hostile.steps();
      const jobs: Job[] = [
        { level: 'source', steps, claims: [] },
        { level: 'source', steps: [...honest.source, lie], claims: [] },
      ];
      const [execution, next] = await run(jobs, hostile.patient);
      if (execution === undefined) throw new Error('no execution');
      expectOutcome(hostile, execution);
      // The next candidate is answered as ever, and nothing has happened to the machine.
      expect(next).toMatchObject({
        end: { kind: 'finished' },
        steps: [{ outcome: { kind: 'accepted' } }, { outcome: { error: expect.any(String) as string } }],
      });
      expect(readFileSync(marker, 'utf8')).toBe('here');
      const [text] = steps;
      if (
        on === 'native' ||
        text?.kind !== 'text' ||
        text.text.length > judged ||
        outcomeOf(execution) === 'timeout'
      )
        return;
      expect((await judgeText(lean(), text.text)).kind).not.toBe('solution');
    });

    it.each(of(on, 'kernel'))('$name', async (hostile) => {
      const job: Job = { level: 'kernel', steps: await hostile.steps(), claims: [] };
      const [execution, next] = await lean().run([
        job,
        { level: 'kernel', steps: honest.kernel, claims: [] },
      ]);
      if (execution === undefined) throw new Error('no execution');
      expectOutcome(hostile, execution);
      expect(next).toMatchObject({ end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] });
    });
  });

describe('the fence around code of candidates', () => {
  it('leaves computing, a few threads and the mailbox, and nothing else', async () => {
    const tried = (await tryCodeFence()) ?? [];
    expect(tried.length).toBeGreaterThanOrEqual(34);
    expect(tried.filter(({ isPossible }) => isPossible).map(({ what }) => what)).toEqual([
      'write to its mailbox',
      'start a thread',
    ]);
  });

  it.skipIf(native === undefined)(
    'leaves an executor no memory, descriptor or right of who forked it',
    async () => {
      const options = await zygoteOf(native as NativeLean, { level: 'source', mutant: null });
      await withLean(options, { jobMillis }, async (lean) => {
        await lean.run([{ level: 'source', steps: honest.source, claims: [] }]);
        const hosts = descendantsOf(process.pid).filter(({ pid }) =>
          commandOf(pid).includes('lean_fuzz_lean_host'),
        );
        const executors = hosts.filter(({ parent }) => hosts.some(({ pid }) => pid === parent));
        expect(executors).toHaveLength(1);
        const folder = `/proc/${executors[0]?.pid}`;
        const shared = readFileSync(`${folder}/maps`, 'utf8')
          .split('\n')
          .filter((line) => / .w.s /.test(line));
        // Its mailbox; no ring of io_uring, in which calls are asked for that no fence sees.
        expect(shared).toEqual([expect.stringContaining('/memfd:lean-fuzz ')]);
        const open = readdirSync(`${folder}/fd`).map((name) => readlinkSync(`${folder}/fd/${name}`));
        expect(open).toEqual([
          ...['/dev/null', '/dev/null', '/memfd:lean-fuzz-output (deleted)'],
          `${folder}/statm`,
        ]);
        const status = readFileSync(`${folder}/status`, 'utf8');
        expect(status).toMatch(/^NoNewPrivs:\t1$/m);
        expect(status).toMatch(/^Seccomp:\t2$/m);
        for (const set of ['Inh', 'Prm', 'Eff', 'Amb', ...(process.getuid?.() === 0 ? ['Bnd'] : [])])
          expect(status).toMatch(new RegExp(`^Cap${set}:\\t0+$`, 'm'));
      });
    },
  );

  it.skipIf(native === undefined)(
    'is what keeps files: without it they are written and removed',
    async () => {
      for (const name of ['native-writes-a-file', 'native-removes-a-file']) await runUnfenced(name);
      expect(existsSync(marker)).toBe(false);
      writeFileSync(marker, 'here');
      await runUnfenced('native-writes-a-file');
      expect(readFileSync(marker, 'utf8')).toBe('gone');
    },
  );
});

/** The same text as Lean's own command takes it, with no fence around it. */
async function runUnfenced(name: string): Promise<void> {
  const { root } = native as NativeLean;
  const { folder: library, module } = await importsOf(native as NativeLean);
  const file = join(temporaryFolder(), 'Hostile.lean');
  const steps = await readCase(name).steps();
  const texts = steps.map((step) => (step.kind === 'declaration' ? '' : step.text));
  // Without the step that ends the section in which a session runs.
  writeFileSync(file, ['prelude', `import ${module}`, ...texts.slice(1)].join('\n'));
  await execa(join(root, 'bin', 'lean'), [file], { env: { LEAN_PATH: library }, reject: false });
}

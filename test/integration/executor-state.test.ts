import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { ExecutorClient, defaultLimits } from '../../src/execute/client/executor-client.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { symbolAddress } from '../../src/execute/native/symbol-table.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { constant, sort } from '../../src/ir/expr.js';
import { arrows, inductiveType } from '../../src/ir/hoas.js';
import { encode } from '../../src/ir/encode.js';
import { one } from '../../src/ir/level.js';
import { header, workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { nativeLean } from '../support/native-lean.js';
import { errorOf } from '../support/outcomes.js';

const native = await nativeLean('state between candidates');
const real = native as NativeLean;
const every = 50;

/** A type that no kernel in its right mind accepts. */
function negative(name: string): Job {
  const type = inductiveType(
    name,
    [],
    [],
    () => sort(one),
    (self) => ({ mk: arrows(arrows(self, constant('False')), self) }),
  );
  return { level: 'kernel', steps: [{ kind: 'declaration', words: encode([type]) }], claims: [] };
}
const text = (line: string): Job => ({ level: 'source', steps: [{ kind: 'text', text: line }], claims: [] });

/** Boots the Lean, with a client that says what it notices. */
async function withClient(
  level: 'kernel' | 'source',
  mutant: string | null,
  action: (client: ExecutorClient, region: SharedRegion, said: string[]) => Promise<void>,
): Promise<void> {
  const region = SharedRegion.create({ workers: 1 });
  const options = await zygoteOf(real, { level, mutant });
  const zygote = await startZygote(region, { ...defaultZygoteOptions, ...options });
  const said: string[] = [];
  try {
    const limits = { ...defaultLimits, canaryEveryJobs: every };
    await action(new ExecutorClient(region, 0, limits, (line) => said.push(line)), region, said);
  } finally {
    await zygote.kill();
  }
}

/** Plants a bug in the kernel of one process, as code that runs in it could. */
function spoil(pid: number, mutant: string): void {
  const { symbol, offset, before, after } = patchOf(real, mutant);
  const line = readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .find((map) => map.includes(real.path.split('/').at(-1) ?? real.path));
  const at = parseInt(line ?? '', 16) + symbolAddress(real.path, symbol) + offset;
  const memory = openSync(`/proc/${pid}/mem`, 'r+');
  const bytes = Buffer.alloc(before.length);
  readSync(memory, bytes, 0, bytes.length, at);
  expect([...bytes]).toEqual(before);
  writeSync(memory, Buffer.from(after), 0, after.length, at);
  closeSync(memory);
}

describe.skipIf(native === undefined || process.arch !== 'x64')(
  'an executor that was changed from inside',
  () => {
    it('is found by canaries, replaced, and what it has answered since is doubted', async () => {
      await withClient('kernel', null, async (lean, region, said) => {
        const refusals = async (count: number, name: string): Promise<number> => {
          const jobs = Array.from({ length: count }, (_, i) => negative(`${name}${i}`));
          const executions = await lean.run(jobs);
          return executions.filter(({ steps }) => steps[0]?.outcome.kind !== 'accepted').length;
        };
        expect(await refusals(every + 10, 'a')).toBe(every + 10);
        const executor = region.load(region.slot(0) + workerSlot.executor_pid);
        spoil(executor, 'positivity');
        expect(await refusals(20, 'b')).toBe(0);
        expect(said).toEqual([]);
        // A canary counts as a job, too: one more is missing for the second one now.
        const before = every - 1 - 10 - 20 - 1;
        expect(await refusals(before, 'c')).toBe(0);
        // The next job makes it due, which is handed over behind it and asked again on a fresh executor. This one
        // stands until all are handed over, and this process looks at no answer before it has given all of them,
        // those behind the canary too.
        const mailbox = region.mailbox(0);
        process.kill(executor, 'SIGSTOP');
        const all = refusals(1 + 10, 'd');
        process.kill(executor, 'SIGCONT');
        const last = every + 10 + 1 + 20 + before + 1 + 1 + 10;
        const limit = performance.now() + 30_000;
        while (mailbox.job < last && performance.now() < limit);
        expect(mailbox.job).toBe(last);
        expect(await all).toBe(10);
        expect(said).toEqual([
          expect.stringMatching(
            /^an executor answered wrongly \(a negative occurrence was accepted\): it was replaced, and \d+ answers /,
          ),
        ]);
        expect(lean.doubted).toBe(every);
        expect([lean.canaries.answered, lean.canaries.wrong]).toEqual([3, 1]);
        expect(lean.restarts).toBe(1);
      });
    });

    it('is none where the Lean itself is so, as with a planted bug', async () => {
      await withClient('kernel', 'positivity', async (lean, _, said) => {
        const jobs = Array.from({ length: 4 * every }, (_unused, i) => negative(`p${i}`));
        const executions = await lean.run(jobs);
        expect(executions.every(({ steps }) => steps[0]?.outcome.kind === 'accepted')).toBe(true);
        expect([said, lean.doubted, lean.restarts]).toEqual([[], 0, 0]);
      });
    });

    it('is not there for the next candidate where code ran that could change it', async () => {
      await withClient('source', null, async (lean, region, said) => {
        const forks = (): number => region.load(header.forks);
        const harmless = text('def a : Nat := Nat.succ Nat.zero');
        // Its name alone says that something is run.
        const foreign = text('unsafe def evaluated : Nat := Nat.succ Nat.zero');
        await lean.run([harmless, harmless]);
        const status = readFileSync(
          `/proc/${region.load(region.slot(0) + workerSlot.executor_pid)}/status`,
          'utf8',
        );
        for (const set of ['Inh', 'Prm', 'Eff', 'Amb'])
          expect(status).toMatch(new RegExp(`^Cap${set}:\\s+0+$`, 'm'));
        // Who has none may not lower what programs could get; no program can get any, then.
        if (process.getuid?.() === 0) expect(status).toMatch(/^CapBnd:\s+0+$/m);
        expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
        const before = forks();
        const executions = await lean.run([harmless, foreign, harmless, foreign, foreign, harmless]);
        expect(
          executions.map(({ steps, end }) => (end.kind === 'finished' ? errorOf(steps[0]) : end)),
        ).toEqual(Array(6).fill(null));
        expect(forks() - before).toBe(3);
        const more = await lean.run(Array.from({ length: 2 * every }, () => harmless));
        expect(more.every(({ end }) => end.kind === 'finished')).toBe(true);
        expect([said, lean.restarts]).toEqual([[], 0]);
      });
    });
  },
);

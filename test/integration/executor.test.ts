import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../src/api/execution.js';
import { defaultLimits, ExecutorClient } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { challenge, inOurWords, meetsChallenge } from '../../src/judge/ask/challenge.js';
import { descendantsOf, eventually } from '../support/processes.js';
import { workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { messageOf } from '../support/outcomes.js';

let region: SharedRegion;
let zygote: ZygoteProcess;
let lean: ExecutorClient;

beforeAll(async () => {
  region = SharedRegion.create({ workers: 1 });
  zygote = await ZygoteProcess.start(region, { ...defaultZygoteOptions, maxHeartbeats: 200_000 });
  lean = new ExecutorClient(region, 0, { ...defaultLimits, jobMillis: 15_000 });
});

afterAll(() => zygote.kill());

/** Runs texts as the steps of one job. */
async function run(...texts: string[]): Promise<Execution> {
  return first(await lean.run([job(...texts)]));
}

function job(...texts: string[]): Job {
  return { level: 'source', steps: texts.map((text) => ({ kind: 'text', text })), claims: [] };
}

function first(executions: readonly Execution[]): Execution {
  const [execution] = executions;
  if (execution === undefined) throw new Error('no execution');
  return execution;
}

function refusals(execution: Execution): (string | null)[] {
  return execution.steps.map(messageOf);
}

/** Lean still tells right from wrong: what every test ends with that may have hurt its executor. */
async function expectHealthy(): Promise<void> {
  const after = await run('def healthy : Nat := 1', 'def ill : Nat := "x"');
  expect(after.end.kind).toBe('finished');
  expect(after.steps.map((step) => step.outcome.kind === 'accepted')).toEqual([true, false]);
}

describe('an executor', () => {
  it('accepts what is right and refuses what is wrong, with the words of Lean', async () => {
    const execution = await run(
      'inductive T where | a | b',
      'theorem wrong : (1 : Nat) = 2 := rfl',
      'def f : T → Nat | .a => 0 | .b => 1',
    );
    expect(execution.end.kind).toBe('finished');
    expect(refusals(execution)).toEqual([null, expect.stringContaining('1 = 2'), null]);
  });

  it('goes on from the state that the accepted steps left', async () => {
    const execution = await run('def kept := 1', 'def lost : Nat := "x"', 'def a := kept', 'def b := lost');
    const [, , usesKept, usesLost] = execution.steps;
    expect(usesKept?.outcome.kind).toBe('accepted');
    expect(messageOf(usesLost)).toContain('lost');
  });

  it('reuses a prefix that it has run before, and forgets what is not part of it', async () => {
    const prefix = ['def one := 1', 'theorem one_eq : one = 1 := rfl'];
    const before = await run(...prefix);
    const again = await run(...prefix, 'def two := one + 1');
    const other = await run('def two := one + 1');
    expect(before.steps.every(({ micros }) => micros > 0)).toBe(true);
    expect(again.steps.slice(0, 2).map(({ micros }) => micros)).toEqual([0, 0]);
    expect(again.steps[2]).toMatchObject({ outcome: { kind: 'accepted' } });
    expect(again.steps[2]?.micros).toBeGreaterThan(0);
    expect(messageOf(other.steps[0])).toContain('one');
  });
});

describe('an executor that does not survive its job', () => {
  it('is a timeout where code never ends; the steps before are kept and the next job runs', async () => {
    const impatient = new ExecutorClient(region, 0, { ...defaultLimits, jobMillis: 4000 });
    const endless = [
      'def before := 1',
      'partial def spin (n : Nat) : IO Nat := spin (n + 1)',
      '#eval spin 0',
    ];
    const [stopped, next] = await impatient.run([job(...endless), job('def after := 2')]);
    expect(stopped?.end).toMatchObject({ kind: 'timeout', at: 2 });
    expect(stopped && refusals(stopped)).toEqual([null, null]);
    expect(next).toMatchObject({ end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] });
    expect(impatient.restarts).toBe(1);
  });

  it('crashes where code asks for the end of the process', async () => {
    const execution = await run('def a := 1', '#eval (IO.Process.exit 0 : IO Unit)');
    expect(execution.end).toMatchObject({ kind: 'crashed', at: 1 });
    expect(execution.steps).toHaveLength(1);
    await expectHealthy();
  });

  it('is out of memory where code takes all there is', async () => {
    const execution = await run('#eval (Array.replicate 400000000 (0 : Nat)).size');
    expect(execution.end.kind).toBe('out-of-memory');
    await expectHealthy();
  });

  it('crashes where it is killed twice during its job, and the job behind runs', async () => {
    await lean.replace();
    const running = lean.run([
      job('partial def spin (n : Nat) : IO Nat := spin (n + 1)', '#eval spin 0'),
      job('def next := 1'),
    ]);
    const slot = region.slot(0);
    const pid = region.load(slot + workerSlot.executor_pid);
    expect(descendantsOf(process.pid).map((info) => info.pid)).toContain(pid);
    await eventually('the job has begun', () => region.mailbox(0).phase === 1);
    process.kill(pid, 'SIGKILL');
    const now = (): number => region.load(slot + workerSlot.executor_pid);
    await eventually('the job has begun again', () => now() !== pid && region.mailbox(0).phase === 1);
    process.kill(now(), 'SIGKILL');
    const [killed, next] = await running;
    expect(killed?.end).toMatchObject({
      kind: 'crashed',
      message: expect.stringContaining('signal 9') as string,
    });
    expect(next).toMatchObject({ end: { kind: 'finished' }, steps: [{ outcome: { kind: 'accepted' } }] });
    expect(region.load(slot + workerSlot.executor_pid)).not.toBe(pid);
  });
});

describe('deep recursion', () => {
  it.each([
    ['a fold in the kernel', '(List.range 100000).foldl (fun a b => a + b) 0 = 1'],
    ['numbers below 3000 in the kernel', '∀ x : Fin 3000, x.val = x.val + 1'],
  ])('is never taken for a proof: %s', async (_, statement) => {
    const execution = await run(`theorem deep : ${statement} := by decide +kernel`);
    const said = execution.end.kind === 'finished' ? messageOf(execution.steps[0]) : execution.end.kind;
    expect(said).toEqual(expect.any(String));
    if (execution.end.kind !== 'finished')
      expect(['stack-overflow', 'out-of-memory', 'timeout']).toContain(execution.end.kind);
    await expectHealthy();
  });

  it('of executed code ends the executor or the step, not the host', async () => {
    const execution = await run(
      'def deep : Nat → Nat | 0 => 0 | n + 1 => deep n + 1',
      '#eval deep 100000000',
    );
    const refused = execution.steps[1]?.outcome.kind !== 'accepted';
    expect(refused || execution.end.kind !== 'finished').toBe(true);
    await expectHealthy();
  });
});

describe('the challenge', () => {
  it('states what a Lean that reads no text is taken to be asked', async () => {
    const execution = first(await lean.run([{ level: 'source', steps: [], claims: [challenge()] }]));
    expect(execution.claims[0]?.outcome.kind).toBe('accepted');
    expect(meetsChallenge(execution, inOurWords.declarations, challenge().constant)).toEqual({
      kind: 'accepts',
    });
  });
});

describe('executed code', () => {
  it('sees no file of the host', async () => {
    const execution = await run('#eval IO.FS.readFile "/etc/passwd"');
    expect(execution.end.kind).toBe('finished');
    expect(messageOf(execution.steps[0])).toMatch(/no such file/i);
  });

  it('leaves no file behind', async () => {
    const path = join(tmpdir(), `lean-fuzz-escaped-${process.pid}`);
    rmSync(path, { force: true });
    await run(`#eval IO.FS.writeFile "${path}" "x"`);
    expect(existsSync(path)).toBe(false);
    await lean.replace();
  });
});

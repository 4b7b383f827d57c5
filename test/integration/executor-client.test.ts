import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../src/api/execution.js';
import { defaultLimits, ExecutorClient } from '../../src/execute/client/executor-client.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import type { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { EventTag } from '../../src/execute/job-codec.js';
import { app, constant, sort } from '../../src/ir/expr.js';
import { encode } from '../../src/ir/encode.js';
import { define, fun } from '../../src/ir/hoas.js';
import { one } from '../../src/ir/level.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { header, mailbox as layout, requestHeader, workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { nativeLean } from '../support/native-lean.js';
import { eventually } from '../support/processes.js';

const native = await nativeLean('several requests in flight to the executor of a native Lean');

/** The executors that must behave alike. */
const kinds: [string, Partial<ZygoteOptions>][] = [
  ['embedded', {}],
  ...(native === undefined ? [] : ([['native', { native }]] as [string, Partial<ZygoteOptions>][])),
];

const Bool = constant('Bool');
const step = (declaration: Declaration): Job['steps'][number] => ({
  kind: 'declaration',
  words: encode([declaration]),
});
const unsafe = (name: string, type: Declaration & { kind: 'definition' }): Declaration => ({
  ...type,
  name,
  safety: 'unsafe',
});

/** A quick job; what it declares tells it from the others. */
const quick = (name: string): Job => ({
  level: 'kernel',
  steps: [step({ kind: 'axiom', name, levelParams: [], type: sort(one), unsafe: false })],
  claims: [],
});
/** An unsafe constant that unfolds to itself for ever, and a comparison with it. */
const loop = app(
  fun('x', Bool, () => constant('loop')),
  constant('Bool.true'),
);
const equation = app(constant('Eq', [one]), Bool, constant('loop'), constant('Bool.true'));
const proof = app(constant('Eq.refl', [one]), Bool, constant('Bool.true'));
const endless: Job = {
  level: 'kernel',
  steps: [
    step(unsafe('loop', define('loop', [], Bool, loop))),
    step(unsafe('spin', define('spin', [], equation, proof))),
  ],
  claims: [],
  strict: true,
};

/** The ends of executions, briefly: how many steps have run, or the kind of failure. */
function outcomes(executions: readonly Execution[]): string[] {
  return executions.map(({ end, steps }) => (end.kind === 'finished' ? `${steps.length} steps` : end.kind));
}

describe.each(kinds)('several requests in flight to the %s executor', (_, options) => {
  let region: SharedRegion;
  let zygote: ZygoteProcess;

  beforeAll(async () => {
    region = SharedRegion.create({ workers: 1 });
    zygote = await startZygote(region, { ...defaultZygoteOptions, ...options, memoryLimitMiB: 256 });
  }, 120_000);

  afterAll(() => zygote.kill());

  function client(limits: Partial<typeof defaultLimits> = {}): ExecutorClient {
    return new ExecutorClient(region, 0, { ...defaultLimits, jobMillis: 60_000, ...limits });
  }
  const pid = (): number => region.load(region.slot(0) + workerSlot.executor_pid);
  const forks = (): number => region.load(header.forks);
  const start = (): number => region.mailboxBell(0) - layout.bell;
  const inWork = (number: number): Promise<void> =>
    eventually(`job ${number} is in work`, () => {
      const mailbox = region.mailbox(0);
      return mailbox.job === number && mailbox.phase === 1;
    });

  it('answers calls in their order, one after the other, as they are done', async () => {
    const lean = client();
    const order: number[] = [];
    const calls = [3, 1, 0, 2].map(async (count, index) => {
      const executions = await lean.run(Array.from({ length: count }, (_, i) => quick(`a${index}x${i}`)));
      order.push(index);
      return outcomes(executions);
    });
    expect(await Promise.all(calls)).toEqual([
      ['1 steps', '1 steps', '1 steps'],
      ['1 steps'],
      [],
      ['1 steps', '1 steps'],
    ]);
    expect(order.filter((index) => index !== 2)).toEqual([0, 1, 3]);
    expect(lean.restarts).toBe(0);
  });

  it('runs a job again whose executor was killed from outside, and says so', async () => {
    const said: string[] = [];
    const limits = { ...defaultLimits, jobMillis: 4000 };
    const lean = new ExecutorClient(region, 0, limits, (text) => said.push(text));
    const ran = lean.run([quick('k1'), endless, quick('k2')]);
    await eventually('the endless job is in work', () => region.mailbox(0).phase === 1);
    process.kill(pid(), 'SIGKILL');
    // The second try comes to the job's own end: it is endless, and runs out of time.
    expect(outcomes(await ran)).toEqual(['1 steps', 'timeout', '1 steps']);
    expect([lean.killed, said]).toEqual([1, [expect.stringContaining('killed from outside (SIGKILL')]]);
  });

  it('blames the job that was in work for a second kill, and runs all behind it again, in other calls too', async () => {
    const lean = client();
    const before = lean.run([quick('b1'), quick('b2')]);
    const victim = lean.run([quick('b3'), endless, quick('b4')]);
    const behind = lean.run(Array.from({ length: 20 }, (_, i) => quick(`behind${i}`)));
    await inWork(4);
    const first = pid();
    process.kill(first, 'SIGKILL');
    await eventually('it is in work again', () => pid() !== first && region.mailbox(0).phase === 1);
    process.kill(pid(), 'SIGKILL');
    expect(outcomes(await before)).toEqual(['1 steps', '1 steps']);
    const killed = await victim;
    expect(outcomes(killed)).toEqual(['1 steps', 'crashed', '1 steps']);
    expect(killed[1]).toMatchObject({
      steps: [{ outcome: { kind: 'accepted' } }],
      end: { at: 1, message: expect.stringContaining('signal 9') as string },
    });
    const rest = await behind;
    expect(outcomes(rest)).toEqual(rest.map(() => '1 steps'));
    expect(rest).toHaveLength(20);
    expect(lean.killed).toBe(2);
    // They ran on the new executor: nothing of them was remembered from the old one.
    expect(
      rest.every(({ steps }) =>
        steps.every(({ outcome, micros }) => outcome.kind === 'accepted' && micros > 0),
      ),
    ).toBe(true);
    expect(lean.restarts).toBe(2);
  });

  it('blames nobody for the death of an executor that has nothing in work', async () => {
    const lean = client();
    await lean.run([quick('c0')]);
    process.kill(pid(), 'SIGSTOP');
    const asked = lean.run([quick('c1'), quick('c2')]);
    process.kill(pid(), 'SIGKILL');
    expect(outcomes(await asked)).toEqual(['1 steps', '1 steps']);
    expect(lean.restarts).toBe(1);
  });

  it('blames no job for an executor that somebody has stopped, and runs it again', async () => {
    const lean = client({ jobMillis: 1500 });
    await lean.run([quick('s0')]);
    process.kill(pid(), 'SIGSTOP');
    expect(outcomes(await lean.run([quick('s1'), quick('s2')]))).toEqual(['1 steps', '1 steps']);
    expect([lean.killed, lean.restarts]).toEqual([1, 1]);
  });

  it('ends a job that hangs, and no other', async () => {
    const lean = client({ jobMillis: 1500 });
    const calls = [
      lean.run([quick('d1')]),
      lean.run([endless]),
      lean.run([quick('d2'), endless, quick('d3')]),
    ];
    expect((await Promise.all(calls)).map(outcomes)).toEqual([
      ['1 steps'],
      ['timeout'],
      ['1 steps', 'timeout', '1 steps'],
    ]);
    expect(lean.restarts).toBe(2);
  });

  it('blames nobody for a request that was damaged on its way', async () => {
    const lean = client();
    await lean.run([quick('e0')]);
    process.kill(pid(), 'SIGSTOP');
    const at = (offset: number): number => start() + layout.size + offset;
    // Where the next request goes: behind the first one, which was taken.
    const next = region.load(start() + layout.request_written);
    const asked = lean.run([quick('e1'), quick('e2'), quick('e3')]);
    const word = at((next + requestHeader.size + 3) & ~3);
    region.store(word, region.load(word) ^ 0x10101010);
    process.kill(pid(), 'SIGCONT');
    expect(outcomes(await asked)).toEqual(['1 steps', '1 steps', '1 steps']);
    expect(lean.restarts).toBe(1);
  });

  it.each([
    ['no event', Buffer.of(99)],
    ['another job', Buffer.of(EventTag.begin, 77, 0, 0, 0)],
    ['half an event', Buffer.of(EventTag.begin)],
  ])('ends an executor whose response is torn (%s), and goes on behind it', async (_, bytes) => {
    const lean = client();
    await lean.run([quick('f0')]);
    process.kill(pid(), 'SIGSTOP');
    const asked = lean.run([quick('f1'), quick('f2')]);
    region.mailbox(0).append(bytes);
    process.kill(pid(), 'SIGCONT');
    const executions = await asked;
    // Whether the first had begun when that was seen, the machine decides; it is an answer or no answer, never a no.
    expect(['crashed', '1 steps']).toContain(outcomes(executions)[0]);
    expect(outcomes(executions)[1]).toBe('1 steps');
    expect(executions.flatMap(({ steps }) => steps).every(({ outcome }) => outcome.kind === 'accepted')).toBe(
      true,
    );
    expect(lean.restarts).toBe(1);
  });

  it('replaces an executor that has done enough behind a job, and loses none', async () => {
    const lean = client({ recycleAfterJobs: 3 });
    const before = forks();
    const executions = await lean.run(Array.from({ length: 10 }, (_, i) => quick(`g${i}`)));
    expect(outcomes(executions)).toEqual(executions.map(() => '1 steps'));
    expect(forks() - before).toBe(4);
    expect(lean.restarts).toBe(0);
  });

  it('has a job run on a fresh executor where a replacement is asked for before it, and what was before on the old one', async () => {
    const lean = client();
    const before = lean.run([quick('h1'), quick('h2')]);
    const [, [fresh]] = await Promise.all([lean.replace(), lean.run([quick('h1')])]);
    const [again] = await lean.run([quick('h1')]);
    expect(outcomes(await before)).toEqual(['1 steps', '1 steps']);
    expect(fresh?.steps[0]?.micros).toBeGreaterThan(0);
    expect(again?.steps[0]?.micros).toBe(0);
    expect(lean.restarts).toBe(0);
  });

  it('runs no more of what nobody wants any more than what has begun', async () => {
    const lean = client();
    let isWanted = true;
    const unwanted = lean.run([endless, quick('i1'), quick('i2')], () => isWanted);
    const wanted = lean.run([quick('i3')]);
    await inWork(1);
    isWanted = false;
    process.kill(pid(), 'SIGKILL');
    // It would have run again.
    expect(outcomes(await unwanted)).toEqual([]);
    expect(outcomes(await wanted)).toEqual(['1 steps']);
  });

  it('drops what was handed over in vain behind a job, and goes on with what is wanted', async () => {
    const lean = client();
    let isWanted = true;
    const first = lean.run([quick('j0')]);
    const unwanted = lean.run([endless], () => isWanted);
    const wanted = lean.run([quick('j1')]);
    isWanted = false;
    expect(outcomes(await first)).toEqual(['1 steps']);
    expect(outcomes(await unwanted)).toEqual([]);
    expect(outcomes(await wanted)).toEqual(['1 steps']);
    expect(lean.restarts).toBe(0);
  });

  it('hands on an error of what can not be said, to who asked for it', async () => {
    const lean = client();
    const broken = { ...quick('k'), steps: [{ kind: 'text', text: undefined }] } as unknown as Job;
    const calls = [lean.run([quick('k1')]), lean.run([broken, quick('k2')]), lean.run([quick('k3')])];
    const [before, failed, behind] = await Promise.allSettled(calls);
    expect([before?.status, failed?.status, behind?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

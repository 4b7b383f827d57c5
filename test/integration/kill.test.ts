import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusOf, leanFuzz, Running, summaryOf, traceOf } from '../support/campaign.js';
import { executorsOf } from '../support/executors.js';
import { quickLean } from '../support/native-lean.js';
import { commandOf, descendantsOf, eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Enough for several seconds: whoever is killed in the middle of it has work left. */
const runs = 1000;

/** Starts a campaign of two workers and waits until it is in the middle of its work. */
async function started(folder: string, ...args: string[]): Promise<Running> {
  const running = new Running([
    ...['--json', '--lean', quickLean, '--cores', '2', '--seed', '7', '--level', 'kernel', '--trace'],
    ...['--campaign', folder, '--solutions', join(folder, 'solutions')],
    ...args,
  ]);
  await eventually('both workers have run candidates', () => {
    const workers = running.status?.workers ?? [];
    return running.hasEnded || (workers.length === 2 && workers.every(({ candidates }) => candidates > 0));
  });
  if (running.hasEnded) throw new Error(`the campaign ended early: ${(await running.ended).stderr}`);
  return running;
}

/** The first of a list that may be empty for a moment: a process that is being replaced. */
async function oneOf(what: string, list: () => readonly number[]): Promise<number> {
  await eventually(`there is ${what}`, () => list().length > 0);
  return list()[0] ?? 0;
}

describe('a campaign goes on and does all its runs when SIGKILL hits', () => {
  const victims = {
    'a worker': (running: Running) => running.status?.workers.map(({ pid }) => pid) ?? [],
    // One aside may have nothing to do: nobody would miss it.
    'an executor': (running: Running) => [...executorsOf(running).main.values()],
    'the zygote': (running: Running) => running.family().zygote,
  };
  // A worker is the same whatever Lean answers it.
  const cases: [string, (keyof typeof victims)[]][] = [
    [quickLean, ['a worker']],
    ...[...new Set(['embedded', quickLean])].map((lean): [string, (keyof typeof victims)[]] => [
      lean,
      ['an executor', 'the zygote'],
    ]),
  ];

  it.each(cases)('on %s: %j', async (lean, whats) => {
    const folder = temporaryFolder();
    const running = await started(folder, '--lean', lean, '--runs', String(runs));
    const family = new Set([running.pid]);
    for (const what of whats) {
      const victim = await oneOf(what, () => victims[what](running));
      const { status } = running;
      running.family().all.forEach((pid) => family.add(pid));
      expect(family).toContain(victim);
      process.kill(victim, 'SIGKILL');
      await eventually(`${what} is replaced, and the campaign goes on`, () => {
        const { restarts = 0, candidates = 0 } = running.status ?? {};
        return (
          running.hasEnded || (restarts > (status?.restarts ?? 0) && candidates > (status?.candidates ?? 0))
        );
      });
      expect(running.hasEnded).toBe(false);
    }

    const ended = await running.ended;
    expect(ended.stderr).toBe('');
    expect([0, 77]).toContain(ended.code);
    const summary = summaryOf(ended);
    expect(summary.stoppedBy).toBe('runs');
    expect(summary.restarts).toBeGreaterThanOrEqual(whats.length);
    expect(ended.stdout.includes('the zygote ended and is being replaced')).toBe(
      whats.includes('the zygote'),
    );
    // Every run was done; one that had been counted and whose ticket was reopened may be there twice.
    expect(summary.candidates).toBeGreaterThanOrEqual(runs);
    const done = new Set(traceOf(folder).map(({ run }) => run));
    const missing = Array.from({ length: runs }, (_, run) => run).filter((run) => !done.has(run));
    // A worker that is killed takes along the trace lines that it was sending, but not the work.
    expect(missing.length).toBeLessThanOrEqual(whats.includes('a worker') ? 8 : 0);
    expect(summary.corpus).toBe(corpusOf(folder).length);
    expect(await survivors([...family])).toEqual([]);
  });
});

describe('a campaign whose primary is killed', () => {
  it('leaves no process and no lock, and can be resumed', async () => {
    const folder = temporaryFolder();
    const running = await started(folder);
    await eventually('the corpus is not empty', () => (running.status?.corpus ?? 0) > 0);
    const family = running.family();
    expect(family.workers).toHaveLength(2);
    expect(family.zygote).toHaveLength(1);
    expect(family.executors.length).toBeGreaterThan(0);
    running.kill('SIGKILL');
    expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(await survivors(family.all)).toEqual([]);

    const known = corpusOf(folder).map(({ id }) => id);
    expect(known.length).toBeGreaterThan(0);
    const again = await leanFuzz([
      ...['--json', '--lean', quickLean, '--cores', '2', '--runs', '20', '--level', 'kernel'],
      ...['--campaign', folder, '--solutions', join(folder, 'solutions')],
    ]);
    expect(again.stderr).toBe('');
    expect(summaryOf(again).stoppedBy).toBe('runs');
    expect(summaryOf(again).candidates).toBeGreaterThanOrEqual(20);
    const after = new Set(corpusOf(folder).map(({ id }) => id));
    expect(known.filter((id) => !after.has(id))).toEqual([]);
  });
});

describe('a campaign whose primary is killed while a worker starts', () => {
  it('leaves no worker that was stopped before it had loaded anything', async () => {
    const folder = temporaryFolder();
    const running = new Running([
      ...['--json', '--lean', quickLean, '--cores', '1', '--level', 'kernel', '--coverage', 'off'],
      ...['--campaign', folder, '--solutions', join(folder, 'solutions')],
    ]);
    const isNode = (pid: number): boolean => !commandOf(pid).includes('lean_fuzz_launcher');
    const starting = (): number[] => running.family().workers.filter(isNode);
    while (starting().length === 0 && !running.hasEnded)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const workers = starting();
    expect(workers).toHaveLength(1);
    workers.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    running.kill('SIGKILL');
    const left = await survivors(workers);
    if (left.length > 0) workers.forEach((pid) => process.kill(pid, 'SIGKILL'));
    expect(left).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  it('once ends a campaign in order, with its summary', async () => {
    const folder = temporaryFolder();
    const running = await started(folder);
    const family = running.family().all;
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.stderr).toBe('');
    expect([0, 77]).toContain(ended.code);
    const summary = summaryOf(ended);
    expect(summary.stoppedBy).toBe('signal');
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(summary);
    expect(await survivors(family)).toEqual([]);
  });

  it('twice ends it at once, and still leaves no process', async () => {
    const folder = temporaryFolder();
    // A worker that would finish its work first would keep the campaign for up to a minute.
    const running = await started(folder, '--timeout', '60s');
    const family = running.family().all;
    // Executors that stand still never answer: only the second signal can end this.
    running.family().executors.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    running.kill('SIGINT');
    await eventually('nobody is let in any more', () => !existsSync(join(folder, 'join.sock')));
    expect(running.hasEnded).toBe(false);
    running.kill('SIGINT');
    const limit = setTimeout(() => running.kill('SIGKILL'), 15_000);
    const ended = await running.ended;
    clearTimeout(limit);
    expect(ended).toMatchObject({ signal: null, code: 130, stderr: '' });
    expect(await survivors(family)).toEqual([]);
    expect(descendantsOf(running.pid)).toEqual([]);
    expect(existsSync(join(folder, 'campaign.sqlite'))).toBe(true);
  });
});

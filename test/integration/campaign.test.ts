import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/api/campaign.js';
import { corpusOf, leanFuzz, Running, summaryOf, traceOf, type CorpusRow } from '../support/campaign.js';
import { nativeLean, quickLean } from '../support/native-lean.js';
import { descendantsOf, eventually } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('two runs of one seed on a native Lean');

/** Runs a campaign in a folder of its own and returns its summary; fails where it does not end well. */
async function campaign(
  folder: string,
  ...args: string[]
): Promise<{ summary: ReturnType<typeof summaryOf>; code: number | null }> {
  const ended = await leanFuzz([
    '--json',
    '--campaign',
    folder,
    '--solutions',
    join(folder, 'solutions'),
    ...args,
  ]);
  const summary = summaryOf(ended);
  expect(ended.stderr).toBe('');
  expect([0, 77]).toContain(ended.code);
  return { summary, code: ended.code };
}

/** False where the process has ended meanwhile: executors are replaced. */
function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

describe('a campaign of one worker', () => {
  it('makes the same candidates and verdicts from the same seed, byte for byte, and goes on where it ended', async () => {
    const folders = [temporaryFolder(), temporaryFolder()] as const;
    const args = ['--lean', 'embedded', '--cores', '1', '--trace', '--level', 'both'];
    const runs = 120;
    for (const folder of folders) {
      const { summary } = await campaign(folder, ...args, '--runs', String(runs), '--seed', '7');
      expect(summary).toMatchObject({ stoppedBy: 'runs', candidates: runs, seed: 7, dropped: 0 });
      expect(summary.corpus).toBe(corpusOf(folder).length);
    }
    const [first, second] = folders.map((folder) => readFileSync(join(folder, 'trace.ndjson')));
    expect(first?.length).toBeGreaterThan(1000);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
    expect(traceOf(folders[0]).map(({ run }) => run)).toEqual(Array.from({ length: runs }, (_, run) => run));
    expect(corpusOf(folders[1])).toEqual(corpusOf(folders[0]));

    const [folder] = folders;
    const before = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Summary;
    const known = corpusOf(folder).map(({ id }) => id);
    expect(known.length).toBeGreaterThan(0);
    const { summary } = await campaign(folder, ...args, '--runs', '40');
    expect(summary).toMatchObject({ seed: 7, candidates: runs + 40 });
    expect(summary.tests).toBeGreaterThan(before.tests);
    expect(summary.corpus).toBeGreaterThanOrEqual(before.corpus);
    expect(summary.elapsedSeconds).toBeGreaterThan(before.elapsedSeconds);
    const now = corpusOf(folder).map(({ id }) => id);
    expect(now.slice(0, known.length)).toEqual(known);
    const trace = traceOf(folder);
    expect(trace.map(({ run }) => run)).toEqual(Array.from({ length: runs + 40 }, (_, run) => run));
    const inherited = trace.slice(runs).filter(({ parents }) => parents.some((id) => known.includes(id)));
    expect(inherited).not.toEqual([]);
  });

  it.skipIf(native === undefined)('makes the same where its processes are held up in between', async () => {
    const folders = [temporaryFolder(), temporaryFolder()] as const;
    const argsFor = (folder: string): string[] => [
      ...['--json', '--lean', native?.name ?? '', '--cores', '1', '--runs', '500', '--seed', '9', '--trace'],
      ...['--level', 'kernel', '--campaign', folder, '--solutions', join(folder, 'solutions')],
    ];
    const undisturbed = await leanFuzz(argsFor(folders[0]));
    const running = new Running(argsFor(folders[1]));
    const candidates = (): number => running.status?.candidates ?? 0;
    await eventually('there are candidates', () => running.hasEnded || candidates() > 0);
    // The worker waits for the executor, then the executor for the worker.
    for (const pid of descendantsOf(running.pid).map((one) => one.pid)) {
      if (running.hasEnded) break;
      if (!signalled(pid, 'SIGSTOP')) continue;
      const seen = running.lines.length;
      await eventually('a second has passed', () => running.hasEnded || running.lines.length > seen);
      signalled(pid, 'SIGCONT');
    }
    const disturbed = await running.ended;
    for (const ended of [undisturbed, disturbed]) {
      expect(ended.stderr).toBe('');
      expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'runs', candidates: 500, timeouts: 0 });
    }
    const [first = [], second = []] = folders.map((folder) =>
      readFileSync(join(folder, 'trace.ndjson'), 'utf8').split('\n'),
    );
    // The first difference says more than all of them.
    const differs = first.findIndex((line, at) => line !== second[at]);
    expect(second[differs]).toBe(first[differs]);
    expect(second.length).toBe(first.length);
    expect(corpusOf(folders[1])).toEqual(corpusOf(folders[0]));
  });
});

describe('the summary', () => {
  const fields = [
    'elapsedSeconds',
    'tests',
    'testsPerMinute',
    'declarations',
    'declarationsAccepted',
    'candidates',
    'corpus',
    'leads',
    'solutions',
    'restarts',
    'dropped',
    'shareInsideLean',
  ];

  it('is the last line, has what a script needs, and is in the campaign folder too', async () => {
    const folder = temporaryFolder();
    const args = ['--lean', quickLean, '--cores', '2', '--runs', '24', '--seed', '3'];
    const { summary } = await campaign(folder, ...args);
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(summary);
    for (const field of fields) expect(summary, field).toHaveProperty(field, expect.any(Number));
    expect(summary.workers).toHaveLength(2);
    expect(summary.candidates).toBe(24);
    expect(summary.tests).toBeGreaterThan(24);
    expect(summary.declarations).toBeGreaterThanOrEqual(summary.declarationsAccepted);
    expect(summary.declarationsAccepted).toBeGreaterThan(0);
    expect(summary.shareInsideLean).toBeGreaterThan(0);
    expect(summary.workers.reduce((sum, { candidates }) => sum + candidates, 0)).toBe(24);
  });
});

describe('what one worker finds', () => {
  /** Pairs of an entry and a parent of it that the other worker had found. */
  function adopted(rows: readonly CorpusRow[]): string[] {
    const finder = new Map(rows.map(({ id, worker }) => [id, worker]));
    return rows.flatMap(({ worker, parents }) =>
      parents
        .map((parent) => finder.get(parent))
        .filter((parent) => parent !== undefined && parent !== worker)
        .map((parent) => `${parent} -> ${worker}`),
    );
  }
  const args = ['--lean', quickLean, '--cores', '2', '--runs', '500', '--seed', '5', '--level', 'kernel'];

  it('is mutated by the other, in both directions', async () => {
    const folder = temporaryFolder();
    await campaign(folder, ...args);
    expect(new Set(adopted(corpusOf(folder)))).toEqual(new Set(['0 -> 1', '1 -> 0']));
  });

  it('stays with it in isolated mode', async () => {
    const folder = temporaryFolder();
    await campaign(folder, ...args, '--isolated');
    const rows = corpusOf(folder);
    expect(new Set(rows.map(({ worker }) => worker))).toEqual(new Set([0, 1]));
    // Content that both found is stored once, under the first: only entries of one worker's alone can tell.
    const own = rows.filter(({ parents }) => parents.length > 0);
    expect(own.length).toBeGreaterThan(0);
    expect(adopted(rows)).toEqual([]);
  });
});

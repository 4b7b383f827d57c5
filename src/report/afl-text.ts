import type { Snapshot, WorkerSnapshot } from '../api/campaign.js';
import { packageVersion } from '../util/package.js';

/** Numbers for the files that AFL++'s tools read of a fuzzer, for one worker. Those of the campaign stand in each. */
export interface AflWorker {
  readonly snapshot: Snapshot;
  readonly worker: WorkerSnapshot;
  /** Candidates a second since the time before, and what was found by this worker, repeats of a signature left out. */
  readonly lately: number;
  readonly finds: number;
  /** Seconds since 1970; 0 for what has not been yet. */
  readonly startedAt: number;
  readonly now: number;
  /** When the campaign's corpus last had an entry more, and this worker its last finding. */
  readonly lastEntryAt: number;
  readonly lastFindingAt: number;
  readonly commandLine: string;
}

/** The first line of plot_data. */
export const plotHead =
  '# relative_time, cycles_done, cur_item, corpus_count, pending_total, pending_favs, map_size, saved_crashes, saved_hangs, max_depth, execs_per_sec, total_execs, edges_found\n';

/** Content of fuzzer_stats. Candidates are its executions; blocks, else features, its edges. */
export function fuzzerStats(all: AflWorker): string {
  const { snapshot, worker, lately, finds, startedAt, now, commandLine } = all;
  const { lastEntryAt, lastFindingAt } = all;
  const { edges, edgesInAll } = edgesOf(snapshot);
  const runSeconds = Math.max(now - startedAt, 0);
  const rows: [string, string | number][] = [
    ['start_time', startedAt],
    ['last_update', now],
    ['run_time', runSeconds],
    ['fuzzer_pid', worker.pid],
    ['cycles_done', 0],
    ['cycles_wo_finds', 0],
    ['time_wo_finds', Math.max(now - Math.max(lastEntryAt, startedAt), 0)],
    ['execs_done', worker.candidates],
    ['execs_per_sec', (worker.candidates / Math.max(runSeconds, 1)).toFixed(2)],
    ['execs_ps_last_min', lately.toFixed(2)],
    ['corpus_count', snapshot.corpus],
    ['corpus_favored', 0],
    ['max_depth', 0],
    ['cur_item', 0],
    ['pending_favs', 0],
    ['pending_total', 0],
    ['stability', '100.00%'],
    ['bitmap_cvg', edgesInAll === 0 ? '0.00%' : `${((100 * edges) / edgesInAll).toFixed(2)}%`],
    ['saved_crashes', finds],
    ['saved_hangs', 0],
    ['last_find', lastEntryAt],
    ['last_crash', lastFindingAt],
    ['last_hang', 0],
    ['edges_found', edges],
    ['total_edges', edgesInAll],
    ['afl_banner', `worker-${worker.worker}`],
    ['afl_version', `lean-fuzz ${packageVersion}`],
    ['target_mode', 'default'],
    ['command_line', commandLine],
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)}: ${value}\n`).join('');
}

/** A line of plot_data. */
export function plotLine({ snapshot, worker, lately, finds, startedAt, now }: AflWorker): string {
  const { edges, edgesInAll } = edgesOf(snapshot);
  const share = edgesInAll === 0 ? 0 : (100 * edges) / edgesInAll;
  return `${[
    ...[Math.max(now - startedAt, 0), 0, 0, snapshot.corpus, 0, 0, `${share.toFixed(2)}%`, finds, 0, 0],
    ...[lately.toFixed(2), worker.candidates, edges],
  ].join(', ')}\n`;
}

function edgesOf({ blocks, blocksInAll, features }: Snapshot): { edges: number; edgesInAll: number } {
  return blocksInAll === 0 ? { edges: features, edgesInAll: 0 } : { edges: blocks, edgesInAll: blocksInAll };
}

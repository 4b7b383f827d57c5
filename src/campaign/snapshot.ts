import { freemem, totalmem } from 'node:os';
import type { Snapshot, WorkerSnapshot } from '../api/campaign.js';
import type { MachineCounts } from '../api/machine.js';
import type { OpinionCounts } from '../api/opinion.js';
import type { SignatureCounts } from '../store/database.js';
import { counterNames, workerSlot, type CounterName } from '../share/layout.js';
import { ExecutorState } from '../share/states.js';
import type { SharedRegion } from '../share/region.js';
import type { SaneCounters } from '../share/sane-counters.js';
import { residentBytes } from '../util/resident-bytes.js';
import type { Rows } from './rows.js';

/** Sums of the workers' counters. */
export type Totals = Record<CounterName, number>;

export const noTotals = Object.fromEntries(counterNames.map((name) => [name, 0])) as Totals;

/** The counters of this run added to those of the runs before it. */
export function totalsOf(counters: SaneCounters, before: Totals): Totals {
  const sums = counters.sums();
  return Object.fromEntries(counterNames.map((name) => [name, before[name] + sums[name]])) as Totals;
}

export interface SnapshotContext {
  elapsedSeconds: number;
  /** Elapsed seconds of the runs before this one. */
  elapsedBefore: number;
  totals: Totals;
  before: Totals;
  corpus: number;
  signatures: SignatureCounts;
  bestYields: Snapshot['bestYields'];
  /** Errors that candidates came to. */
  errors: number;
  /** Entries that the primary lost or could not read. */
  dropped: number;
  /** Slots that are in use. */
  workers: readonly number[];
  /** Wall-clock seconds of all workers together. */
  workerSeconds: number;
  isAlive(worker: number): boolean;
  /** The table of answers, on the Lake target. */
  checks: Rows | null;
  /** Where others than the campaign's Lean are asked. */
  opinions?: OpinionCounts;
  /** Where machines share the campaign. */
  machines?: MachineCounts;
}

/** The campaign at this moment. Rates are of this run; counts include the runs that it resumed. */
export function takeSnapshot(
  region: SharedRegion,
  counters: SaneCounters,
  context: SnapshotContext,
): Snapshot {
  const { totals, before, elapsedSeconds } = context;
  const minutes = Math.max(elapsedSeconds, 0.001) / 60;
  const workerMicros = Math.max(context.workerSeconds, 0.001) * 1e6;
  return {
    elapsedSeconds: round(elapsedSeconds + context.elapsedBefore, 10),
    tests: totals.tests,
    testsPerMinute: Math.round((totals.tests - before.tests) / minutes),
    candidates: totals.candidates,
    declarations: totals.declarations,
    declarationsAccepted: totals.declarations_accepted,
    corpus: context.corpus,
    features: totals.features,
    blocks: region.blocks.reached,
    blocksInAll: region.blocks.count,
    leads: totals.leads,
    solutions: totals.solutions,
    ...context.signatures,
    restarts: totals.restarts,
    timeouts: totals.timeouts,
    crashes: totals.crashes,
    outOfMemory: totals.out_of_memory,
    killed: totals.killed,
    canaries: { asked: totals.canaries, wrong: totals.canaries_wrong },
    errors: context.errors,
    dropped: totals.dropped + totals.missed + context.dropped,
    shareInsideLean: round((totals.lean_micros - before.lean_micros) / workerMicros, 1000),
    shareJudging: round((totals.judge_micros - before.judge_micros) / workerMicros, 1000),
    shareGenerating: round((totals.generate_micros - before.generate_micros) / workerMicros, 1000),
    memory: { freeMiB: mebi(freemem()), totalMiB: mebi(totalmem()) },
    bestYields: context.bestYields,
    workers: context.workers.map((worker) => workerSnapshot(region, counters, worker, context)),
    ...(context.opinions === undefined ? {} : { opinions: context.opinions }),
    ...(context.machines === undefined ? {} : { machines: context.machines }),
    ...(context.checks === null ? {} : { checks: context.checks }),
  };
}

function workerSnapshot(
  region: SharedRegion,
  counters: SaneCounters,
  worker: number,
  context: SnapshotContext,
): WorkerSnapshot {
  const slot = region.slot(worker);
  const running = region.load(slot + workerSlot.executor_state) === ExecutorState.running;
  const pid = region.load(slot + workerSlot.worker_pid);
  const living = pid === 0 ? 'starting' : running ? 'running' : 'waiting';
  return {
    worker,
    pid,
    state: context.isAlive(worker) ? living : 'ended',
    tests: counters.of(worker, 'tests'),
    candidates: counters.of(worker, 'candidates'),
    leanMiB: mebi(residentBytes(region.load(slot + workerSlot.executor_pid))),
  };
}

function mebi(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}

function round(value: number, per: number): number {
  return Math.round(value * per) / per;
}

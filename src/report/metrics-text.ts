import { Counter, Gauge, Registry } from 'prom-client';
import type { Snapshot, StartInfo } from '../api/campaign.js';
import { packageVersion } from '../util/package.js';

type Labels = Readonly<Record<string, string | number>>;
type Sample = readonly [value: number, labels?: Labels];

/** The content type of what metricsText writes. */
export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE;

/** A campaign at this moment in Prometheus's text format. */
export async function metricsText(info: StartInfo | undefined, now: Snapshot | undefined): Promise<string> {
  const registry = new Registry();
  const metric = (kind: 'counter' | 'gauge', name: string, help: string, ...samples: Sample[]): void => {
    const labelNames = Object.keys(samples[0]?.[1] ?? {});
    const settings = { name: `lean_fuzz_${name}`, help, labelNames, registers: [registry] };
    const one = kind === 'counter' ? new Counter(settings) : new Gauge(settings);
    for (const [value, labels = {}] of samples) one.inc({ ...labels }, value);
  };
  const { version = 'unknown', kind = 'unknown' } = info?.lean ?? {};
  metric('gauge', 'info', 'What runs.', [
    1,
    { version: packageVersion, lean: version, lean_kind: kind, seed: info?.seed ?? '' },
  ]);
  metric('gauge', 'up', 'Whether candidates run: 0 while Lean boots.', [now === undefined ? 0 : 1]);
  if (now === undefined) return registry.metrics();

  metric('counter', 'elapsed_seconds_total', 'Seconds of fuzzing, those of runs before included.', [
    now.elapsedSeconds,
  ]);
  metric('counter', 'tests_total', 'Questions that were judged.', [now.tests]);
  metric('counter', 'candidates_total', 'Candidates that were run.', [now.candidates]);
  metric(
    ...(['counter', 'declarations_total', 'Declarations by what Lean says.'] as const),
    [now.declarationsAccepted, { answer: 'accepted' }],
    [now.declarations - now.declarationsAccepted, { answer: 'refused' }],
  );
  metric('gauge', 'corpus_entries', 'Entries that are kept for mutation.', [now.corpus]);
  metric('gauge', 'features', 'Different behaviours seen.', [now.features]);
  if (now.blocksInAll > 0) {
    metric('gauge', 'blocks_reached', "Blocks of the kernel's code that were reached.", [now.blocks]);
    metric('gauge', 'blocks', "Blocks of the kernel's code.", [now.blocksInAll]);
  }
  metric(
    ...(['gauge', 'findings', 'Different signatures.'] as const),
    [now.newSolutions, { kind: 'solution', known: 'no' }],
    [now.knownSolutions, { kind: 'solution', known: 'yes' }],
    [now.newLeads, { kind: 'lead', known: 'no' }],
    [now.knownLeads, { kind: 'lead', known: 'yes' }],
  );
  metric(
    ...(['gauge', 'findings_unnamed', 'Provisional signatures of findings that have no name yet.'] as const),
    [now.unnamedSolutions, { kind: 'solution' }],
    [now.unnamedLeads, { kind: 'lead' }],
  );
  metric(
    ...(['counter', 'failures_total', 'Candidates that did not finish.'] as const),
    [now.timeouts, { cause: 'timeout' }],
    [now.crashes, { cause: 'crash' }],
    [now.outOfMemory, { cause: 'memory' }],
  );
  metric('counter', 'restarts_total', 'Executors that were replaced.', [now.restarts]);
  metric('counter', 'killed_total', 'Executors that somebody outside has killed.', [now.killed]);
  metric('counter', 'canaries_total', 'Jobs with known answers that executors were asked.', [
    now.canaries.asked,
  ]);
  metric('counter', 'canaries_wrong_total', 'Executors that answered them wrongly and were replaced.', [
    now.canaries.wrong,
  ]);
  metric('counter', 'errors_total', 'Candidates whose way ended in an error.', [now.errors]);
  metric('counter', 'dropped_total', 'Entries and declarations that were lost.', [now.dropped]);
  metric(
    ...(['gauge', 'time_share', "What the workers' time goes into."] as const),
    [now.shareInsideLean, { in: 'lean' }],
    [now.shareGenerating, { in: 'generating' }],
    [now.shareJudging, { in: 'judging' }],
  );
  metric('gauge', 'memory_free_bytes', "The machine's memory that is free.", [now.memory.freeMiB * 2 ** 20]);
  const workers = (value: (one: Snapshot['workers'][number]) => number): Sample[] =>
    now.workers.map((one) => [value(one), { worker: one.worker }]);
  metric(
    'counter',
    'worker_candidates_total',
    'Candidates of a worker, in this run.',
    ...workers(({ candidates }) => candidates),
  );
  metric(
    'counter',
    'worker_tests_total',
    'Tests of a worker, in this run.',
    ...workers(({ tests }) => tests),
  );
  metric(
    'gauge',
    'worker_running',
    'Whether its Lean is at something.',
    ...workers(({ state }) => (state === 'running' ? 1 : 0)),
  );
  return registry.metrics();
}

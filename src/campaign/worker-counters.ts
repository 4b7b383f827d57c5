import type { ExecutorClient } from '../execute/client/executor-client.js';
import type { CounterName } from '../share/layout.js';
import type { SharedRegion } from '../share/region.js';
import type { Counts } from './counts.js';

/** Counts that an executor keeps by itself since it was made. */
type ExecutorCounts = Pick<ExecutorClient, 'restarts' | 'killed' | 'doubted'> & {
  readonly canaries: Pick<ExecutorClient['canaries'], 'answered' | 'wrong'>;
};

const none: ExecutorCounts = { restarts: 0, killed: 0, doubted: 0, canaries: { answered: 0, wrong: 0 } };

function plus(one: ExecutorCounts, other: ExecutorCounts): ExecutorCounts {
  return {
    restarts: one.restarts + other.restarts,
    killed: one.killed + other.killed,
    doubted: one.doubted + other.doubted,
    canaries: {
      answered: one.canaries.answered + other.canaries.answered,
      wrong: one.canaries.wrong + other.canaries.wrong,
    },
  };
}

/** A worker's counters in the region. */
export class WorkerCounters {
  /** The sums of the executors' counts that are in the region by now. */
  private counted = none;

  constructor(
    private readonly region: SharedRegion,
    private readonly worker: number,
    private readonly executors: readonly ExecutorCounts[],
  ) {}

  add(name: CounterName, by: number): void {
    if (by !== 0) this.region.addCounter(this.worker, name, by);
  }

  count({ tests, declarations, accepted, leanMicros, malformed, execution }: Counts): void {
    this.add('candidates', 1);
    this.add('tests', tests);
    this.add('declarations', declarations);
    this.add('declarations_accepted', accepted);
    this.add('lean_micros', leanMicros);
    this.add('dropped', malformed);
    this.countExecutors();
    switch (execution.end.kind) {
      case 'timeout':
        return this.add('timeouts', 1);
      case 'out-of-memory':
        return this.add('out_of_memory', 1);
      case 'crashed':
      case 'stack-overflow':
        return this.add('crashes', 1);
      case 'too-large': // an error of ours, see the pipeline
      case 'finished':
    }
  }

  private countExecutors(): void {
    const before = this.counted;
    const now = this.executors.reduce(plus, none);
    this.counted = now;
    this.add('restarts', now.restarts - before.restarts);
    this.add('killed', now.killed - before.killed);
    this.add('dropped', now.doubted - before.doubted);
    this.add('canaries', now.canaries.answered - before.canaries.answered);
    this.add('canaries_wrong', now.canaries.wrong - before.canaries.wrong);
  }
}

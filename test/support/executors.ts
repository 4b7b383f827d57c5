import { header, workerSlot } from '../../src/share/layout.js';
import type { Running } from './campaign.js';
import { LiveRegion } from './live-region.js';
import { livingProcess } from './processes.js';

/** The executors of a campaign by the slots of its region; a worker without one of a kind is not in that map. */
interface Executors {
  /** Those that run candidates: worker to pid. */
  readonly main: ReadonlyMap<number, number>;
  /** Those aside, which are forked when something is first confirmed or made smaller: worker to pid. */
  readonly aside: ReadonlyMap<number, number>;
}

/** The executors that a running campaign has now. */
export function executorsOf(running: Running): Executors {
  const region = new LiveRegion(running.pid);
  try {
    const workers = region.word(header.worker_count);
    const slots = region.word(header.slots_at);
    const of = (first: number): Map<number, number> => {
      const pids = new Map<number, number>();
      for (let worker = 0; worker < workers; worker++) {
        const pid = region.word(slots + (first + worker) * workerSlot.size + workerSlot.executor_pid);
        // The slot of an executor that has ended keeps its pid.
        if (pid > 0 && livingProcess(pid) !== undefined) pids.set(worker, pid);
      }
      return pids;
    };
    const hasAside = region.word(header.executor_count) > workers;
    return { main: of(0), aside: hasAside ? of(workers) : new Map() };
  } finally {
    region.close();
  }
}

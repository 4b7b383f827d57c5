import type { Execution, Job } from '../api/execution.js';
import type { ExecutorClient } from '../execute/client/executor-client.js';
import { runsForeignCode } from '../execute/client/foreign-code.js';

/**
 * A worker's two executors. What may leave its executor changed ends it, and a fresh one has nothing of what was run
 * before: so that runs aside, and the one for candidates lives on. Not where code is watched, which is not seen aside.
 */
export class Executors {
  constructor(
    private readonly target: Pick<ExecutorClient, 'run'>,
    private readonly aside: Pick<ExecutorClient, 'run'>,
    private readonly covers: boolean,
  ) {}

  /** See ExecutorClient.run; the result is in the order of the jobs, whoever runs them. */
  async run(jobs: readonly Job[], isWanted?: () => boolean): Promise<Execution[]> {
    if (jobs.every((job) => !this.goesAside(job))) return this.target.run(jobs, isWanted);
    const all = await Promise.all(
      jobs.map((job) => (this.goesAside(job) ? this.aside : this.target).run([job], isWanted)),
    );
    return all.flat();
  }

  private goesAside(job: Job): boolean {
    return !this.covers && job.level === 'source' && runsForeignCode(job);
  }
}

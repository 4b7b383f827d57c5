import type { JobRunner } from '../judge/ask/confirm.js';

/**
 * A runner that adds up how long its callers waited for it. The judge's own time is what is left: an executor that is
 * busy with the next batch meanwhile must not count for it, nor against it.
 */
export class TimedRunner implements JobRunner {
  /** Milliseconds. */
  waited = 0;
  readonly check?: NonNullable<JobRunner['check']>;

  readonly base: JobRunner['base'];

  constructor(private readonly runner: JobRunner) {
    this.base = runner.base;
    if (runner.check !== undefined) {
      const check = runner.check.bind(runner);
      this.check = (candidate, claim) => this.timed(check(candidate, claim));
    }
  }

  run(jobs: Parameters<JobRunner['run']>[0]): ReturnType<JobRunner['run']> {
    return this.timed(this.runner.run(jobs));
  }

  replace(): Promise<void> {
    return this.timed(this.runner.replace());
  }

  private async timed<T>(answer: Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await answer;
    } finally {
      this.waited += performance.now() - start;
    }
  }
}

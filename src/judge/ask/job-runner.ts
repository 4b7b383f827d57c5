import type { Candidate } from '../../api/candidate.js';
import type { Claim, Execution, Job } from '../../api/execution.js';
import type { Checks } from '../../api/lake.js';
import type { Environment } from '../../kernel/environment.js';

/** Something that runs jobs, in the order in which it is asked. */
export interface Runner {
  /** The environment that the kernel level begins with on the Lean that answers, as far as it is known. */
  readonly base: Environment;
  run(jobs: readonly Job[]): Promise<Execution[]>;
  /** On the Lake target: puts a candidate and a claim to the native toolchain, from the beginning. */
  check?(candidate: Candidate, claim: Claim): Promise<Checks>;
}

/** Runs jobs on an executor that it can replace by a fresh one. */
export interface JobRunner extends Runner {
  replace(): Promise<void>;
}

/** Runs jobs on an executor that lives on; what asks for fresh ones has another. */
export interface SteadyRunner extends Runner {
  /** Another executor beside that one: neither waits for the other. */
  readonly aside: JobRunner;
}

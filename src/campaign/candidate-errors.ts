import type { Candidate } from '../api/candidate.js';
import type { CandidateError, Stage } from '../api/candidate-error.js';
import { Stopped } from '../execute/client/executor-client.js';
import { importName } from '../generate/schedule.js';
import { outlineOf } from '../store/error-file.js';
import { isMachineError, UserError } from '../util/errors.js';

/** So many candidates of one worker in a row that end in the same kind of error end the campaign. */
const maxInRow = 5;

/** Whose error it is. */
export interface Subject {
  readonly seed: number;
  readonly run: number;
  readonly candidate: Candidate | null;
}

export function subjectOf(candidate: Candidate): Subject {
  const { seed, run } = candidate.lineage;
  return { seed, run, candidate };
}

/** Whether a candidate is a file of the user's. */
export function isImport({ lineage }: Candidate): boolean {
  return lineage.mutators.includes(importName);
}

/**
 * Whether what was thrown is a candidate's outcome: the machine, the user or the end of the campaign are not to
 * blame.
 */
export function isOfCandidate(thrown: unknown): boolean {
  return !(thrown instanceof Stopped || isMachineError(thrown));
}

/** The thrown value as a candidate's outcome; rethrown where it is none. */
export function candidateErrorOf(
  stage: Stage,
  { seed, run, candidate }: Subject,
  thrown: unknown,
): CandidateError {
  if (!isOfCandidate(thrown)) throw thrown;
  const { name, message, stack = '' } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const ofUser = candidate !== null && isImport(candidate);
  const outline = candidate === null ? null : outlineOf(candidate);
  return { stage, name, message, stack, seed, run, isImport: ofUser, candidate: outline };
}

/**
 * Does a part of a candidate's way; where it throws, the error is handed on as the candidate's, and nothing is
 * returned.
 */
export async function attempt<T>(
  stages: { failed(error: CandidateError): void },
  stage: Stage,
  subject: Subject,
  action: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    stages.failed(candidateErrorOf(stage, subject, error));
    return undefined;
  }
}

/** A worker's count of candidates in a row, in the order of their runs, that ended in the same kind of error. */
export class ErrorRow {
  private kind = '';
  private length = 0;
  /** The first errors of candidates that are not done with. */
  private readonly errors = new Map<number, CandidateError>();

  add(error: CandidateError): void {
    if (!this.errors.has(error.run)) this.errors.set(error.run, error);
  }

  /** A candidate is done with. UserError (78) where its error is one too many of a kind. */
  done(run: number): void {
    const error = this.errors.get(run);
    this.errors.delete(run);
    if (error === undefined) this.length = 0;
    // Files of the user's do not count: they are few, and each is wanted.
    else if (!error.isImport) this.count(error);
  }

  private count({ stage, name, message, run }: CandidateError): void {
    const kind = `${stage} ${name}`;
    this.length = kind === this.kind ? this.length + 1 : 1;
    this.kind = kind;
    if (this.length >= maxInRow)
      throw new UserError(
        `${this.length} candidates in a row ended in the same error, at "${stage}": ${name}: ${message} (the last is candidate ${run})`,
      );
  }
}

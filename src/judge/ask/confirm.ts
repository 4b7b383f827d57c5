import type { Candidate } from '../../api/candidate.js';
import type { Claim, ClaimResult, Execution, Job } from '../../api/execution.js';
import type { Checks } from '../../api/lake.js';
import { encode } from '../../ir/encode.js';
import { decode } from '../../ir/tree-builder.js';
import { audit } from '../audit.js';
import { judgeChecks, rowOf } from '../checks.js';
import { challenge, differenceFromChallenge } from './challenge.js';
import { asLeanText } from '../../api/lean-text.js';
import { jobFor } from './job.js';

/** Something that runs jobs, on an executor that it can replace by a fresh one. */
export interface JobRunner {
  run(jobs: readonly Job[]): Promise<Execution[]>;
  replace(): Promise<void>;
  /** On the Lake target: puts a candidate and a claim to the native toolchain, from the beginning. */
  check?(candidate: Candidate, claim: Claim): Promise<Checks>;
}

export interface Confirmation {
  readonly confirmed: boolean;
  readonly reasons: readonly string[];
  readonly axioms: readonly string[];
}

/**
 * Runs a proof of False again, twice, on fresh executors: the candidate from its beginning (at source level as one
 * text in which nothing may fail), and then every constant that the proof rests on, alone, in the kernel of a
 * bare environment. Both audits must believe it, and it must state what template/Challenge.lean does.
 */
export async function confirm(runner: JobRunner, candidate: Candidate, claim: Claim): Promise<Confirmation> {
  if (runner.check !== undefined) return confirmByChecks(await runner.check(candidate, claim), claim);
  const first = (await runFresh(runner, wholeJob(candidate, claim)))?.claims[0];
  const problem = first === undefined ? 'did not finish' : problemOf(first);
  if (first === undefined || problem !== null) return declined(`run again from the beginning: ${problem}`);

  const replay = await replayByKernel(runner, first.evidence?.declarations ?? null, claim.constant);
  if (replay !== null) return declined(`replay by the kernel: ${replay}`);
  return {
    confirmed: true,
    reasons: ['run again on a fresh executor', ...replayed],
    axioms: first.evidence?.importedAxioms ?? [],
  };
}

function confirmByChecks(checks: Checks, claim: Claim): Confirmation {
  if (judgeChecks(claim.name, checks)?.kind === 'solution')
    return { confirmed: true, reasons: ['checked again in a fresh copy of the template'], axioms: [] };
  return declined(`checked again in a fresh copy: ${rowOf(checks)} ${checks.remarks.join('; ')}`);
}

/** What replayByKernel has shown where it finds nothing wrong. */
export const replayed: readonly string[] = [
  'every constant replayed by the kernel in a fresh environment',
  'states what template/Challenge.lean does',
];

/**
 * Has the kernel check declarations one by one in the bare environment of a fresh executor, audits the last, and
 * compares its statement with the challenge's. Returns what is wrong, or null.
 */
export async function replayByKernel(
  runner: JobRunner,
  declarations: Uint32Array | null,
  constant: string,
): Promise<string | null> {
  if (declarations === null) return 'the constants can not be said as declarations';
  const replay = await runFresh(runner, replayJob(declarations, constant));
  const refused = replay?.steps.find((step) => step.refusal !== null)?.refusal;
  if (refused !== undefined && refused !== null) return refused.message;
  const last = replay?.claims[0];
  const problem = last === undefined ? 'did not finish' : problemOf(last);
  if (problem !== null) return problem;
  const [executed] = await runner.run([{ level: 'source', steps: [], claims: [challenge()] }]);
  return differenceFromChallenge(executed, declarations, constant);
}

/** The constants that a proof of False rests on, as declarations; null where it does not stand on a fresh executor. */
export async function kernelOf(
  runner: JobRunner,
  candidate: Candidate,
  claim: Claim,
): Promise<Uint32Array | null> {
  const result = (await runFresh(runner, wholeJob(candidate, claim)))?.claims[0];
  if (result === undefined || problemOf(result) !== null) return null;
  return result.evidence?.declarations ?? null;
}

/** A job that did not finish has given no verdict: it gets this many tries. */
const tries = 3;

/** Runs a job on a fresh executor, again where it was cut short from outside. */
async function runFresh(runner: JobRunner, job: Job): Promise<Execution | undefined> {
  let execution: Execution | undefined;
  for (let i = 0; i < tries; i++) {
    await runner.replace();
    [execution] = await runner.run([job]);
    if (execution?.failure === null) break;
  }
  return execution;
}

function wholeJob(candidate: Candidate, claim: Claim): Job {
  if (candidate.level === 'kernel') return { ...jobFor(candidate, [claim]), strict: true };
  const text = asLeanText(candidate.units, claim);
  return { level: 'source', steps: [], claims: [{ ...claim, step: { kind: 'text', text } }] };
}

/** The declarations one by one, the last of them as the claim. */
function replayJob(words: Uint32Array, constant: string): Job {
  const steps = decode(words).map((declaration) => ({
    kind: 'declaration' as const,
    words: encode([declaration]),
  }));
  const last = steps.pop();
  if (last === undefined) return { level: 'kernel', steps: [], claims: [] };
  return { level: 'kernel', steps, claims: [{ name: 'replay', constant, step: last }], strict: true };
}

function problemOf(result: ClaimResult): string | null {
  const finding = audit(result);
  return finding.proof ? null : finding.reason;
}

function declined(reason: string): Confirmation {
  return { confirmed: false, reasons: [reason], axioms: [] };
}

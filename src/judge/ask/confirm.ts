import { noAnswer, refuses, saidOf, type Answer, type AnswerWith } from '../../api/answer.js';
import type { Candidate } from '../../api/candidate.js';
import type { Claim, Evidence, Execution, InputLevel, Job, Said } from '../../api/execution.js';
import type { Checks } from '../../api/lake.js';
import { asLeanText } from '../../api/lean-text.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { never } from '../../util/errors.js';
import { audit } from '../audit.js';
import { rowOf, together } from '../checks.js';
import { answerTo, unfinished } from '../no-answer.js';
import { challenge, meetsChallenge } from './challenge.js';
import type { JobRunner } from './job-runner.js';
import { jobFor } from './job.js';
import { declarationsIn } from './said.js';

/** The result of running a proof of False again; for a proof that stands, the checks that it passed and its axioms. */
export type Confirmation = AnswerWith<{
  readonly reasons: readonly string[];
  readonly axioms: readonly string[];
}>;

/**
 * Runs a proof of False again, twice, on fresh executors: the candidate from its beginning (at source level as one
 * text in which nothing may fail), and then every constant that the proof rests on, alone, in the kernel of a
 * bare environment. Both audits must believe it, and it must state what template/Challenge.lean does.
 */
export async function confirm(runner: JobRunner, candidate: Candidate, claim: Claim): Promise<Confirmation> {
  if (runner.check !== undefined) return confirmByChecks(await runner.check(candidate, claim));
  const again = await runAgain(runner, candidate, claim);
  if (again.kind !== 'accepts') return again;
  const replay = await replayByKernel(runner, candidate.level, again.evidence.declarations, claim.constant);
  if (replay.kind !== 'accepts') return saidOf('replay by the kernel', replay);
  return {
    kind: 'accepts',
    reasons: ['run again on a fresh executor', ...replayed],
    axioms: again.evidence.importedAxioms,
  };
}

function confirmByChecks(checks: Checks): Confirmation {
  const said = together(checks);
  const again = 'checked again in a fresh copy';
  const why = said.kind === 'accepts' ? [] : [said.why];
  const details = (): string => [`${again}: ${rowOf(checks)}`, ...why, ...checks.remarks].join('; ');
  switch (said.kind) {
    case 'accepts':
      return { kind: 'accepts', reasons: [`${again} of the template`], axioms: [] };
    case 'noAnswer':
      return noAnswer(details());
    case 'refuses':
    case 'disputed':
      return refuses(details());
    default:
      return never(said);
  }
}

/** Checks that a proof has passed when replayByKernel accepts it. */
export const replayed: readonly string[] = [
  'every constant replayed by the kernel in a fresh environment',
  'states what template/Challenge.lean does',
];

/**
 * Has the kernel check declarations one by one in the bare environment that a level begins with, on a fresh executor,
 * audits the last, and compares its statement with the challenge's.
 */
export async function replayByKernel(
  runner: JobRunner,
  level: InputLevel,
  said: Said,
  constant: string,
): Promise<Answer> {
  const read = declarationsIn(said);
  if (read.kind !== 'accepts') return read;
  const job = replayJob(level, read.declarations, constant);
  if (job === undefined) return noAnswer('there is nothing to replay');
  const replay = await runFresh(runner, job);
  const [last] = replay?.claims ?? [];
  if (last === undefined) return stoppedAt(replay);
  const audited = audit(last);
  if (audited.kind !== 'accepts') return audited;
  const [executed] = await runner.run([{ level: 'source', steps: [], claims: [challenge()] }]);
  return meetsChallenge(executed, read.declarations, constant);
}

/** The constants that a proof of False rests on, as declarations, where it stands on a fresh executor. */
export async function kernelOf(
  runner: JobRunner,
  candidate: Candidate,
  claim: Claim,
): Promise<ReturnType<typeof declarationsIn>> {
  const again = await runAgain(runner, candidate, claim);
  return again.kind === 'accepts' ? declarationsIn(again.evidence.declarations) : again;
}

/** A proof of False from its beginning on a fresh executor, audited. */
async function runAgain(
  runner: JobRunner,
  candidate: Candidate,
  claim: Claim,
): Promise<AnswerWith<{ readonly evidence: Evidence }>> {
  const what = 'run again from the beginning';
  const execution = await runFresh(runner, wholeJob(candidate, claim));
  const [result] = execution?.claims ?? [];
  if (result === undefined) return saidOf(what, stoppedAt(execution));
  const audited = audit(result);
  if (audited.kind !== 'accepts') return saidOf(what, audited);
  // Claims that the audit accepts have evidence.
  return result.evidence === undefined
    ? noAnswer(`${what}: nothing is known about the environment`)
    : { kind: 'accepts', evidence: result.evidence };
}

/** Why an execution never came to its claim: a step of it was not accepted, or it did not finish. */
function stoppedAt(execution: Execution | undefined): Exclude<Answer, { kind: 'accepts' }> {
  for (const step of execution?.steps ?? []) {
    const answer = answerTo(step);
    if (answer.kind !== 'accepts') return answer;
  }
  return unfinished(execution);
}

/** A job that did not finish has given no verdict: it gets this many tries. */
const tries = 3;

/** Runs a job on a fresh executor, again where it was cut short from outside. */
async function runFresh(runner: JobRunner, job: Job): Promise<Execution | undefined> {
  let execution: Execution | undefined;
  for (let i = 0; i < tries; i++) {
    // Asked for at once, so that nothing else runs on the fresh executor before.
    [, [execution]] = await Promise.all([runner.replace(), runner.run([job])]);
    if (execution?.end.kind === 'finished') break;
  }
  return execution;
}

function wholeJob(candidate: Candidate, claim: Claim): Job {
  if (candidate.level === 'kernel') return { ...jobFor(candidate, [claim]), strict: true };
  if (claim.step.kind === 'declaration') {
    const text = asLeanText(candidate.units);
    return { level: 'source', steps: [{ kind: 'text', text }], claims: [claim], strict: true };
  }
  const text = asLeanText(candidate.units, claim);
  return { level: 'source', steps: [], claims: [{ ...claim, step: { kind: 'text', text } }] };
}

/** The declarations one by one, the last of them as the claim; undefined where there are none. */
function replayJob(
  level: InputLevel,
  declarations: readonly Declaration[],
  constant: string,
): Job | undefined {
  const steps = declarations.map((declaration) => ({
    kind: 'declaration' as const,
    words: encode([declaration]),
  }));
  const last = steps.pop();
  return last === undefined
    ? undefined
    : {
        ...{ level: 'kernel', imported: level === 'source', strict: true },
        ...{ steps, claims: [{ name: 'replay', constant, step: last }] },
      };
}

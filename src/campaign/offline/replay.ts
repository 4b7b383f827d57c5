import { noAnswer, refuses, saidOf, type AnswerWith } from '../../api/answer.js';
import type { Candidate } from '../../api/candidate.js';
import type { Claim, Execution } from '../../api/execution.js';
import { confirm } from '../../judge/ask/confirm.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import type { LeadClass, ProofStanding } from '../../api/signature.js';
import type { Discovery } from '../../api/verdict.js';
import { askAll } from '../../judge/ask/differential.js';
import { jobFor } from '../../judge/ask/job.js';
import { judge } from '../../judge/judge.js';
import { answerTo, unfinished } from '../../judge/no-answer.js';
import type { OwnKernel } from '../../judge/own-kernel.js';
import { never } from '../../util/errors.js';

/** The parts of a finding that a replay needs. */
export interface Replayable {
  readonly kind: Discovery['kind'];
  readonly proof?: ProofStanding | undefined;
  readonly class?: LeadClass | undefined;
  readonly candidate: Candidate;
  readonly claim?: Claim | undefined;
  readonly outcome: string;
}

/** The answer of one round of a replay to whether a finding is reproduced. */
export type ReplayRound = AnswerWith<{ readonly reasons: readonly string[] }>;

/** How the answer of a round is said. */
export const replayWords = { accepts: 'reproduced', refuses: 'not reproduced', noAnswer: 'unknown' } as const;

/**
 * Whether a replay asks for a confirmed proof of False: of a solution, and of one whose confirmation gave no answer.
 */
export function isAboutFalse({ kind, proof }: Pick<Replayable, 'kind' | 'proof'>): boolean {
  return kind === 'solution' || proof === 'unanswered';
}

/** Runs a finding again on a fresh executor: a solution must be confirmed, a failure must fail in the same way. */
export async function replayOnce(
  runner: JobRunner,
  finding: Replayable,
  own: OwnKernel,
): Promise<ReplayRound> {
  const { candidate, claim, outcome } = finding;
  if (finding.class === 'difference') return noAnswer('a difference shows between two, and one was asked');
  if (claim !== undefined && isAboutFalse(finding)) return confirm(runner, candidate, claim);
  await runner.replace();
  const [execution] = await runner.run([jobFor(candidate, claim === undefined ? [] : [claim])]);
  if (execution === undefined) return unfinished(execution);
  if (claim !== undefined) return claimAgain(execution);
  if (outcome !== 'accepted' && outcome !== 'rejected') return failureAgain(outcome, execution);
  return oddAgain(runner, candidate, execution, own);
}

function claimAgain(execution: Execution): ReplayRound {
  const [result] = execution.claims;
  if (result === undefined) return unfinished(execution);
  const answer = answerTo(result);
  return answer.kind === 'accepts'
    ? reproduced('the claim is accepted')
    : saidOf('the claim is not accepted', answer);
}

/** A candidate that runs into a limit where it crashed before, or crashes where it ran into one, is asked in vain. */
function failureAgain(recorded: string, execution: Execution): ReplayRound {
  if (execution.end.kind === 'finished') return refuses(`outcome: no failure, recorded: ${recorded}`);
  const { kind } = execution.end;
  const what = `outcome: ${kind}, recorded: ${recorded}`;
  return kind === recorded ? reproduced(what) : noAnswer(what);
}

/** Whether what was judged odd is judged so again, or what changed the kernel's mind does so again. */
async function oddAgain(
  runner: JobRunner,
  candidate: Candidate,
  execution: Execution,
  own: OwnKernel,
): Promise<ReplayRound> {
  if (execution.end.kind !== 'finished') return unfinished(execution);
  const { kind, reasons } = judge(runner.base, candidate, [], execution, 1);
  if (kind === 'lead') return { kind: 'accepts', reasons };
  const again = await askAll(runner, candidate, execution, own);
  switch (again.kind) {
    case 'accepts':
      return refuses('nothing is odd');
    case 'refuses':
      return reproduced(again.why);
    case 'noAnswer':
      return again;
    default:
      return never(again);
  }
}

function reproduced(reason: string): ReplayRound {
  return { kind: 'accepts', reasons: [reason] };
}

import { accepts, noAnswer, saidOf, type Answer, type AnswerWith } from '../../api/answer.js';
import type { Claim, ClaimResult, Execution, Job } from '../../api/execution.js';
import { never } from '../../util/errors.js';
import { audit } from '../audit.js';
import type { Answers } from '../checks.js';
import { embeddedAnswers, everywhere } from '../embedded-answers.js';
import { answerTo, answerToAttempt, unfinished } from '../no-answer.js';
import { claimedConstant, suffixes } from '../suffixes.js';
import { replayByKernel, replayed } from './confirm.js';
import type { JobRunner } from './job-runner.js';
import { Look } from './look.js';

/** The judge's verdict on a text. `unknown`: there is no answer to whether it proves False. */
export interface TextVerdict {
  readonly kind: 'solution' | 'none' | 'unknown';
  readonly reasons: readonly string[];
  readonly axioms: readonly string[];
  /** Stand-ins for the answers of Lake, Comparator and SafeVerify, of the claim that decided. */
  readonly answers: Answers;
}

/**
 * Judges any Lean text: where it declares the claimed constant, that is audited; otherwise each suffix is tried
 * behind it. Then everything else that it declares is looked at. A text in which anything fails proves nothing.
 */
export async function judgeText(runner: JobRunner, text: string): Promise<TextVerdict> {
  const file = { kind: 'file', text } as const;
  const alone: Claim = { name: claimedConstant, constant: claimedConstant, step: file };
  const [execution] = await runner.run([{ level: 'source', steps: [], claims: [alone] }]);
  const [result] = execution?.claims ?? [];
  if (result === undefined) return unknownBy(gaveNoVerdict(execution));
  const isClaimed = result.outcome.kind !== 'accepted' || result.evidence?.kind !== 'missing';
  const claimed = isClaimed ? await firstProof(runner, [alone], [result], answerTo) : undefined;
  if (claimed?.kind === 'solution' || (claimed !== undefined && result.outcome.kind !== 'accepted'))
    return claimed;

  const claims = isClaimed ? [] : suffixes;
  const job: Job = { level: 'source', strict: true, steps: [file], claims, look: true };
  const [behind] = await runner.run([job]);
  const tried =
    claimed ?? (await firstProof(runner, suffixes, behind?.claims ?? [], answerToAttempt, cutShort(behind)));
  return tried.kind === 'solution' || behind === undefined ? tried : lookAround(runner, job, behind, tried);
}

/** Looks at what a text has declared; where that gives no proof of False, the verdict stands, with what was seen. */
async function lookAround(
  runner: JobRunner,
  job: Job,
  execution: Execution,
  verdict: TextVerdict,
): Promise<TextVerdict> {
  const { accepted, left } = await new Look().at(runner, job, execution, 'all');
  const claims = accepted.map(({ claim, constant, form }) => ({
    ...claim,
    name: `${constant} states what is false (${form})`,
  }));
  const results = accepted.map(({ result }) => result);
  const seen = await firstProof(runner, claims, results, answerToAttempt);
  if (seen.kind === 'solution' || (seen.kind === 'unknown' && verdict.kind === 'none')) return seen;
  const unread = left === 0 ? [] : [`${left} constants were not looked at to the end`];
  const reasons = seen.kind === 'none' ? [...verdict.reasons, ...seen.reasons] : verdict.reasons;
  return { ...verdict, reasons: [...reasons, ...unread] };
}

/** Why not every suffix was tried; undefined where all were. */
function cutShort(execution: Execution | undefined): NoAnswer | undefined {
  if (execution?.claims.length === suffixes.length) return undefined;
  const [step] = execution?.steps ?? [];
  const answer = step === undefined ? accepts : answerTo(step);
  // The text was accepted a moment ago: one that is refused now has no answer.
  return answer.kind === 'accepts' ? gaveNoVerdict(execution) : noAnswer(`run again: ${answer.why}`);
}

/**
 * The first claim that survives the audit and the replay decides. Otherwise all say why they do not, and one that got
 * no answer leaves the whole without one.
 */
async function firstProof(
  runner: JobRunner,
  claims: readonly Claim[],
  results: readonly ClaimResult[],
  answerOf: (result: ClaimResult) => Answer,
  cut?: NoAnswer,
): Promise<TextVerdict> {
  const reasons: string[] = [];
  const unanswered: string[] = cut === undefined ? [] : [cut.why];
  let unknown = cut === undefined ? undefined : everywhere(cut);
  let none = everywhere(noAnswer('nothing was tried'));
  for (const [index, result] of results.entries()) {
    const name = claims[index]?.name ?? '';
    const constant = claims[index]?.constant ?? claimedConstant;
    const { answer, replay } = await standing(runner, constant, result, answerOf);
    const answers = embeddedAnswers(result, replay ?? noAnswer('the kernel was not asked again'));
    switch (answer.kind) {
      case 'accepts':
        return {
          kind: 'solution',
          reasons: [`${name}: a proof of False`, ...replayed],
          axioms: answer.axioms,
          answers,
        };
      case 'noAnswer':
        unanswered.push(`${name}: ${answer.why}`);
        unknown ??= answers;
        break;
      case 'refuses':
        reasons.push(`${name}: ${answer.why}`);
        if (index === 0 || replay !== undefined) none = answers;
        break;
      default:
        never(answer);
    }
  }
  return unknown === undefined
    ? { kind: 'none', reasons, axioms: [], answers: none }
    : { kind: 'unknown', reasons: unanswered, axioms: [], answers: unknown };
}

/** Whether a claim proves False: by the audit, and where that accepts it, by the kernel's replay. */
async function standing(
  runner: JobRunner,
  constant: string,
  result: ClaimResult,
  answerOf: (result: ClaimResult) => Answer,
): Promise<{ answer: AnswerWith<{ axioms: readonly string[] }>; replay?: Answer }> {
  const audited = audit(result, answerOf);
  if (audited.kind !== 'accepts' || result.evidence === undefined) return { answer: audited };
  const replay = await replayByKernel(runner, 'source', result.evidence.declarations, constant);
  return { answer: replay.kind === 'accepts' ? audited : saidOf('replay by the kernel', replay), replay };
}

type NoAnswer = Answer & { kind: 'noAnswer' };

function gaveNoVerdict(execution: Execution | undefined): NoAnswer {
  return noAnswer(`Lean gave no verdict: ${unfinished(execution).why}`);
}

function unknownBy(answer: NoAnswer): TextVerdict {
  return { kind: 'unknown', reasons: [answer.why], axioms: [], answers: everywhere(answer) };
}

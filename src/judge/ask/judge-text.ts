import type { Claim, ClaimResult, Execution } from '../../api/execution.js';
import { audit } from '../audit.js';
import { embeddedAnswers, type Answers } from '../embedded-answers.js';
import { claimedConstant, suffixes } from '../suffixes.js';
import { replayByKernel, replayed, type JobRunner } from './confirm.js';

/** What the judge says about a text. `unknown`: Lean did not get to an answer. */
export interface TextVerdict {
  readonly kind: 'solution' | 'none' | 'unknown';
  readonly reasons: readonly string[];
  readonly axioms: readonly string[];
  /** What stands for the answers of Lake, Comparator and SafeVerify, of the claim that decided. */
  readonly answers: Answers;
}

/**
 * Judges any Lean text: where it declares the claimed constant, that is audited; otherwise each suffix is tried
 * behind it. A text in which anything fails proves nothing.
 */
export async function judgeText(runner: JobRunner, text: string): Promise<TextVerdict> {
  const file = { kind: 'file', text } as const;
  const alone: Claim = { name: claimedConstant, constant: claimedConstant, step: file };
  const [execution] = await runner.run([{ level: 'source', steps: [], claims: [alone] }]);
  const result = execution?.claims[0];
  if (execution === undefined || result === undefined) return unfinished(execution);
  if (result.refusal !== null || result.evidence?.kind !== 'missing')
    return believe(runner, [alone], [result]);

  const [withSuffixes] = await runner.run([
    { level: 'source', strict: true, steps: [file], claims: suffixes },
  ]);
  if (withSuffixes === undefined || withSuffixes.failure !== null) return unfinished(withSuffixes);
  return believe(runner, suffixes, withSuffixes.claims);
}

/** The first claim that survives the audit and the replay decides; otherwise all say why they do not. */
async function believe(
  runner: JobRunner,
  claims: readonly Claim[],
  results: readonly ClaimResult[],
): Promise<TextVerdict> {
  const reasons: string[] = [];
  let answers = embeddedAnswers(results[0], null);
  for (const [index, result] of results.entries()) {
    const name = claims[index]?.name ?? '';
    const finding = audit(result);
    if (!finding.proof) {
      reasons.push(`${name}: ${finding.reason}`);
      continue;
    }
    const problem = await replayByKernel(runner, result.evidence?.declarations ?? null, claimedConstant);
    answers = embeddedAnswers(result, problem === null);
    if (problem !== null) {
      reasons.push(`${name}: replay by the kernel: ${problem}`);
      continue;
    }
    return {
      kind: 'solution',
      reasons: [`${name}: a proof of False`, ...replayed],
      axioms: finding.axioms,
      answers,
    };
  }
  return { kind: 'none', reasons, axioms: [], answers };
}

function unfinished(execution: Execution | undefined): TextVerdict {
  const failure = execution?.failure;
  const reason = failure ? `${failure.kind}: ${failure.message}` : 'no result';
  const answers = embeddedAnswers(undefined, null);
  return { kind: 'unknown', reasons: [`Lean gave no verdict: ${reason}`], axioms: [], answers };
}

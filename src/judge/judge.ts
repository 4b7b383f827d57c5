import type { Candidate } from '../api/candidate.js';
import type { Claim, ClaimResult, Execution, Failure } from '../api/execution.js';
import type { Discovery, Ordinary, Verdict } from '../api/verdict.js';
import type { Environment } from '../kernel/environment.js';
import { never } from '../util/errors.js';
import { audit } from './audit.js';
import { judgeChecks } from './checks.js';
import { disbelievedSignature, endSignature, provenSignature } from './signature.js';
import { findSurprise, type IsExhausted } from './surprise.js';

const dull: Ordinary = { kind: 'dull', reasons: [] };

/**
 * Judges what came of a candidate and its claims, on a Lean that begins with the base constants. `newFeatures` is how
 * many of its features nobody had seen before. A `solution` is what this one execution says; the pipeline believes it
 * when it was confirmed elsewhere. Of several leads in a candidate the verdict is the first that `isExhausted` does
 * not know too well.
 */
export function judge(
  base: Environment,
  candidate: Candidate,
  claims: readonly Claim[],
  execution: Execution,
  newFeatures: number,
  isExhausted: IsExhausted = () => false,
): Verdict {
  for (const [index, result] of execution.claims.entries()) {
    const name = claims[index]?.name ?? '';
    const verdict = judgeClaim(candidate, name, result);
    if (verdict !== undefined) return verdict;
  }
  if (candidate.level === 'kernel') {
    // Our own checker costs as much as the kernel: it is asked about everything only where something is new.
    const surprise = findSurprise(base, candidate, execution, newFeatures > 0, isExhausted);
    if (surprise !== undefined) {
      const { unit: suspect, reason, signature } = surprise;
      return { kind: 'lead', reasons: [reason], suspect, signature };
    }
  }
  if (execution.end.kind !== 'finished') return judgeFailure(candidate, claims, execution.end);
  return newFeatures > 0 ? { kind: 'interesting', reasons: [`${newFeatures} new features`] } : dull;
}

/** Undefined for a claim that was refused, as nearly all are. */
function judgeClaim(candidate: Candidate, name: string, result: ClaimResult): Discovery | undefined {
  if (result.checks !== undefined)
    return judgeChecks(name, result.checks, result.outcome.kind === 'accepted');
  if (result.outcome.kind !== 'accepted') return undefined;
  const audited = audit(result);
  switch (audited.kind) {
    case 'accepts':
      return {
        kind: 'solution',
        reasons: [`"${name}" proves False`],
        claim: name,
        axioms: audited.axioms,
        signature: provenSignature(candidate, name, result),
      };
    case 'refuses':
    case 'noAnswer':
      // Lean reported no error and yet the claim is not to be believed: a generated candidate has no business to do so.
      return {
        kind: 'lead',
        reasons: [`"${name}" is accepted without an error, but ${audited.why}`],
        claim: name,
        signature: disbelievedSignature(name, audited.why),
      };
    default:
      return never(audited);
  }
}

/** Whatever ends or hangs an executor is a lead: how it failed, and on which kind of unit or which claim. */
function judgeFailure({ units }: Candidate, claims: readonly Claim[], failure: Failure): Verdict {
  const { kind, message, at } = failure;
  const reasons = [`${kind}: ${message}`];
  switch (kind) {
    case 'timeout':
    case 'out-of-memory':
    case 'stack-overflow':
    case 'crashed': {
      const signature = endSignature(failure, units[at], claims[at - units.length]?.name ?? '');
      return { kind: 'lead', reasons, signature };
    }
    case 'too-large': // our limit, and nothing about Lean
      return { kind: 'dull', reasons };
    default:
      return never(kind);
  }
}

import type { Candidate } from '../api/candidate.js';
import type { Claim, ClaimResult, Execution, Failure } from '../api/execution.js';
import type { Verdict } from '../api/verdict.js';
import type { Environment } from '../kernel/environment.js';
import { never } from '../util/errors.js';
import { audit } from './audit.js';
import { messageTemplate } from './refusal-categories.js';
import { judgeChecks } from './checks.js';
import { findSurprise, type IsExhausted } from './surprise.js';

const dull: Verdict = { kind: 'dull', reasons: [], claim: '', axioms: [], signature: '' };

/**
 * Judges what came of a candidate and its claims, on a Lean that begins with the base constants. `newFeatures` is how many of its features nobody had seen before. A
 * `solution` is what this one execution says; the pipeline believes it when it was confirmed elsewhere. Of several leads
 * in a candidate the verdict is the first that `isExhausted` does not know too well.
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
      return { ...dull, kind: 'lead', class: surprise.class, reasons: [reason], suspect, signature };
    }
  }
  if (execution.failure !== null) return judgeFailure(candidate, claims, execution.failure);
  return newFeatures > 0 ? { ...dull, kind: 'interesting', reasons: [`${newFeatures} new features`] } : dull;
}

/** Undefined for a claim that was refused, as nearly all are. */
function judgeClaim(candidate: Candidate, name: string, result: ClaimResult): Verdict | undefined {
  if (result.checks !== undefined) return judgeChecks(name, result.checks, result.refusal === null);
  if (result.refusal !== null) return undefined;
  const audited = audit(result);
  switch (audited.kind) {
    case 'accepts':
      return {
        kind: 'solution',
        reasons: [`"${name}" proves False`],
        claim: name,
        axioms: audited.axioms,
        signature: `solution ${name} ${reachedKinds(candidate, result)}`,
      };
    case 'refuses':
    case 'noAnswer':
      // Lean reported no error and yet the claim is not to be believed: a generated candidate has no business to do so.
      return {
        kind: 'lead',
        class: 'soundness',
        reasons: [`"${name}" is accepted without an error, but ${audited.why}`],
        claim: name,
        axioms: [],
        signature: `declined ${name} ${messageTemplate(audited.why)}`,
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
      const place = units[at]?.kind ?? `claim ${claims[at - units.length]?.name ?? ''}`;
      return {
        ...dull,
        kind: 'lead',
        class: 'failure',
        reasons,
        signature: `${kind} in ${place}: ${messageTemplate(message)}`,
      };
    }
    case 'too-large': // our limit, and nothing about Lean
      return { ...dull, reasons };
    default:
      return never(kind);
  }
}

/** The kinds of the candidate's units that the proof rests on: what the finding is about, whatever its names. */
function reachedKinds(candidate: Candidate, result: ClaimResult): string {
  const reached = new Set(result.evidence?.reached.map((constant) => constant.name));
  const units = candidate.units.filter((unit) => unit.declares.some((name) => reached.has(name)));
  return [...new Set(units.map((unit) => unit.kind))].sort().join(' ');
}

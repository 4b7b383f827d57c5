import type { Answer, Checks } from '../api/lake.js';
import type { Verdict } from '../api/verdict.js';

/** A row of the table of answers, e.g. `lake_pass_comp_fail_safe_pass`; also the name of a folder in solutions/. */
export function rowOf({ lake, comparator, safeVerify }: Omit<Checks, 'remarks'>): string {
  return `lake_${lake}_comp_${comparator}_safe_${safeVerify}`;
}

/** The row that a finding's signature begins with; undefined for a finding of the embedded target. */
export function rowOfSignature(signature: string): string | undefined {
  return /^(lake_\w+_comp_\w+_safe_\w+) /.exec(signature)?.[1];
}

/**
 * What a claim comes to that Lake builds, or a checker accepts. All that answered must agree, and a checker must be
 * among them: Lake itself accepts another statement or an axiom just as well. Undefined where all refuse.
 */
export function judgeChecks(claim: string, checks: Checks): Verdict | undefined {
  const { lake, comparator, safeVerify, remarks } = checks;
  const answers: readonly (readonly [name: string, answer: Answer])[] = [
    ['Lake', lake],
    ['comparator', comparator],
    ['SafeVerify', safeVerify],
  ];
  const accepting = answers.filter(([, answer]) => answer === 'pass').map(([name]) => name);
  const refusing = answers.filter(([, answer]) => answer === 'fail').map(([name]) => name);
  if (accepting.length === 0) return undefined;
  const isSolution = refusing.length === 0 && lake === 'pass' && accepting.length > 1;
  const others = refusing.length === 0 ? 'no checker answered' : `${refusing.join(' and ')} refuse it`;
  return {
    kind: isSolution ? 'solution' : 'lead',
    reasons: [
      `"${claim}" is accepted by ${accepting.join(', ')}${isSolution ? '' : `, but ${others}`}`,
      ...remarks,
    ],
    claim,
    axioms: [],
    signature: `${rowOf(checks)} ${claim}`,
  };
}

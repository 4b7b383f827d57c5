import type { Finding } from '../../api/entries.js';
import type { Rule } from '../../api/signature.js';
import type { Discovery } from '../../api/verdict.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import type { OwnKernel } from '../../judge/own-kernel.js';
import { elaborated } from './elaborated.js';
import { minimize, type Minimized } from './minimize.js';
import { restateSmaller } from './restate.js';
import { weigh, type Subject } from './subject.js';

const nameable: readonly Rule['kind'][] = [
  ...(['accepts', 'refuses', 'makes', 'answers otherwise', 'reduces further'] as const),
  ...(['proves False', 'claims False', 'ends'] as const),
];

/**
 * Edits that are tried for a name while a campaign runs: a part of a second at kernel level, some seconds at source
 * level. Each of what ends an executor costs one.
 */
const budgets = { kernel: 1500, source: 120 } as const;
const budgetsOfEnds = { kernel: 150, source: 30 } as const;

export interface NameOptions {
  readonly own: OwnKernel;
  /** Milliseconds that the runner gives each form. */
  readonly jobMillis: number;
  /** Whether it is to be left as it is. */
  readonly isOver: () => boolean;
  /** Whether to go on until no edit is left; else within the bounds of a running campaign. */
  readonly toTheEnd?: boolean;
}

/**
 * Whether a smaller form may show what a finding is about, at once. What hangs takes its time with each edit, and is
 * left for the end.
 */
export function isNameable(discovery: Discovery): boolean {
  const { rule } = discovery.signature;
  return isReducible(discovery) && !(rule.kind === 'ends' && rule.how === 'timeout');
}

/**
 * Whether a finding is made smaller by a campaign. What was not confirmed would not be again, and each file of the
 * user's that ends an executor stays the finding that it is.
 */
export function isReducible({ signature: { rule, place, proof } }: Discovery): boolean {
  if (proof === 'refused' || proof === 'unanswered' || place.kind === 'file') return false;
  return nameable.includes(rule.kind);
}

/**
 * A finding made smaller, under the signature that it has then. One that does not come to the same again is named as
 * it is. What is tried hangs on the finding alone. Undefined where it was over before the end.
 */
export async function nameFinding(
  runner: JobRunner,
  finding: Finding,
  { own, jobMillis, isOver, toTheEnd = false }: NameOptions,
): Promise<Finding | undefined> {
  const { candidate, claim, verdict } = finding;
  const asked = finding.asked ?? verdict.signature;
  const { rule } = verdict.signature;
  const bounds = rule.kind === 'ends' ? budgetsOfEnds : budgets;
  const budget = toTheEnd ? {} : { budget: bounds[candidate.level] };
  const before: Subject = { candidate, claim };
  const hangsFor = rule.kind === 'ends' && rule.how === 'timeout' ? jobMillis : undefined;
  const result = await minimize([runner], before, { own, isOver, hangsFor, ...budget });
  if (result.kind === 'accepts' && (toTheEnd || !isOver()))
    return elaborated(runner, named(finding, before, result, asked));
  if (isOver()) return undefined;
  const why = result.kind === 'accepts' ? 'no time' : result.why;
  const reasons = [...verdict.reasons, `it could not be made smaller: ${why}`];
  return elaborated(runner, { ...finding, form: 'named', asked, verdict: { ...verdict, reasons } });
}

function named(
  finding: Finding,
  before: Subject,
  { subject, signature, reasons: shown, axioms, complete }: Minimized,
  asked: NonNullable<Finding['asked']>,
): Finding {
  const { verdict } = finding;
  const form = complete ? 'smallest' : 'named';
  const isSmaller = weigh(subject) < weigh(before);
  const { lineage } = before.candidate;
  const mutators = lineage.mutators.includes('minimize')
    ? lineage.mutators
    : [...lineage.mutators, 'minimize'];
  const candidate = { ...subject.candidate, lineage: { ...lineage, mutators } };
  const reasons = isSmaller ? restateSmaller(verdict.reasons, shown, before, subject) : verdict.reasons;
  return {
    ...finding,
    ...(isSmaller ? { candidate, ...(subject.claim === undefined ? {} : { claim: subject.claim }) } : {}),
    ...{ form, asked },
    verdict: withSignature(verdict, reasons, signature, axioms),
  };
}

/** Without a suspect: that was a unit of the form before. */
function withSignature(
  verdict: Discovery,
  reasons: readonly string[],
  signature: Discovery['signature'],
  axioms: readonly string[],
): Discovery {
  if (verdict.kind === 'solution')
    return { kind: 'solution', reasons, signature, claim: verdict.claim, axioms };
  const { claim } = verdict;
  return { kind: 'lead', reasons, signature, ...(claim === undefined ? {} : { claim }) };
}

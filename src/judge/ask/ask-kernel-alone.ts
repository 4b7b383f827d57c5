import type { Candidate, Unit } from '../../api/candidate.js';
import type { Claim, ClaimResult, Execution, Job } from '../../api/execution.js';
import { encode } from '../../ir/encode.js';
import { decode } from '../../ir/tree-builder.js';
import { messageTemplate } from '../categories.js';
import { isLimit } from '../limits.js';
import type { JobRunner } from './confirm.js';
import { acceptedUnits } from './job.js';

/** Constants of one candidate whose declarations are taken out of the environment. */
const maxConstants = 4;

/** A command that changes nothing: a text without any command is an error. */
const nothing = 'section end';

/** Refusals that hang on how much was done before. */
const isBound = /maximum|timeout|heartbeats|recursion/i;

/** Axioms by which the kernel runs compiled code; a bare environment has none. */
const runsCode = new Set(['Lean.ofReduceBool', 'Lean.ofReduceNat', 'Lean.trustCompiler']);

/**
 * Runs the accepted units of a source-level candidate once more from the beginning, without those that were refused, and
 * then has the kernel check what they came to alone, in a bare environment: it must accept all of it again. Their order
 * stays: elaboration hangs on it by design.
 */
export async function askKernelAlone(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
): Promise<{ reason: string; signature: string } | undefined> {
  const units = acceptedUnits(candidate, execution);
  if (units.length === 0) return undefined;
  const [again] = await runner.run([fromTheBeginning(candidate, units)]);
  if (again === undefined || again.failure !== null) return undefined;
  const changed = units.findIndex((_, index) => {
    const refusal = again.steps[index + 1]?.refusal ?? null;
    return refusal !== null && !isBound.test(refusal.message);
  });
  if (changed >= 0) return changeOfMind('fresh', units[changed], again.steps[changed + 1]?.refusal?.message);

  const replays = again.claims.flatMap(replayOf);
  const replayed = await runner.run(replays.map(({ job }) => job));
  for (const [index, { constant }] of replays.entries()) {
    const refusal = replayed[index]?.steps.find((step) => step.refusal !== null)?.refusal ?? null;
    if (refusal === null || isLimit(refusal)) continue;
    const unit = units.find(({ declares }) => declares.includes(constant));
    return changeOfMind('kernel alone', unit, refusal.message);
  }
  return undefined;
}

/** A first step that nobody ran before keeps the executor from taking states that it has. */
function fromTheBeginning({ lineage }: Candidate, units: readonly Unit[]): Job {
  const texts = [
    `/- once more ${lineage.seed} ${lineage.run} -/ ${nothing}`,
    ...units.map(({ text }) => text),
  ];
  const names = units.flatMap(({ declares }) => declares.slice(0, 1)).slice(-maxConstants);
  const look = (constant: string): Claim => ({
    name: 'look',
    constant,
    step: { kind: 'text', text: nothing },
  });
  const steps = texts.map((text) => ({ kind: 'text', text }) as const);
  return { level: 'source', steps, claims: names.map(look) };
}

/** The declarations below a constant one by one; none where they can't be said, or are not the kernel's to check. */
function replayOf({ evidence }: ClaimResult): { constant: string; job: Job }[] {
  if (evidence?.declarations == null || evidence.oddities.length > 0) return [];
  if (evidence.reached.some((constant) => constant.unsafe || constant.partial)) return [];
  if (evidence.importedAxioms.some((axiom) => runsCode.has(axiom))) return [];
  const steps = decode(evidence.declarations).map(
    (declaration) => ({ kind: 'declaration', words: encode([declaration]) }) as const,
  );
  return [{ constant: evidence.constant, job: { level: 'kernel', steps, claims: [], strict: true } }];
}

function changeOfMind(
  how: string,
  unit: Unit | undefined,
  message = '',
): { reason: string; signature: string } {
  const kind = unit?.kind ?? 'unit';
  return {
    reason: `a ${kind} that was accepted is refused ${how === 'fresh' ? 'in a fresh state' : 'by the kernel alone'}: ${message}`,
    signature: `differential ${how} ${kind} ${messageTemplate(message)}`,
  };
}

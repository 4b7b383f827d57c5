import { accepts, noAnswer } from '../../api/answer.js';
import type { Candidate, Unit } from '../../api/candidate.js';
import { refusalIn, type Claim, type ClaimResult, type Execution, type Job } from '../../api/execution.js';
import { leanTextOf } from '../../ir/unit/unit.js';
import { encode } from '../../ir/encode.js';
import { changedSignature } from '../signature.js';
import { answerTo, isNoAnswer, unfinished } from '../no-answer.js';
import type { AskedAgain } from './asked-again.js';
import type { JobRunner } from './job-runner.js';
import { acceptedUnits } from './job.js';
import { declarationsIn } from './said.js';

/** Constants of one candidate whose declarations are taken out of the environment. */
const maxConstants = 4;

/** A command that changes nothing: a text without any command is an error. */
const nothing = 'section end';

/** Refusals that hang on how much was done before. */
const isBound = /maximum|timeout|heartbeats|recursion/i;

/** Axioms by which the kernel runs compiled code; a bare environment has none. */
const runsCode = new Set(['Lean.ofReduceBool', 'Lean.ofReduceNat', 'Lean.trustCompiler']);

/**
 * Runs the accepted units of a source-level candidate once more from the beginning, without those that were refused,
 * and then has the kernel check what they came to alone, in a bare environment: it must accept all of it again. Their
 * order stays: elaboration hangs on it by design.
 */
export async function askKernelAlone(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
): Promise<AskedAgain> {
  const units = acceptedUnits(candidate, execution);
  if (units.length === 0) return accepts;
  const [again] = await runner.run([fromTheBeginning(candidate, units)]);
  if (again === undefined || again.end.kind !== 'finished') return unfinished(again);
  const changed = units.findIndex((_, index) => {
    const refusal = refusalIn(again.steps[index + 1]);
    return refusal !== undefined && !isBound.test(refusal.message) && !isNoAnswer(refusal);
  });
  if (changed >= 0)
    return changedAnswer('fresh', units[changed], refusalIn(again.steps[changed + 1])?.message);

  const unanswered: string[] = [];
  const replays: { constant: string; job: Job }[] = [];
  for (const result of again.claims) {
    if (!isToReplay(result)) continue;
    const said = declarationsIn(result.evidence.declarations);
    if (said.kind !== 'accepts') {
      unanswered.push(said.why);
      continue;
    }
    const steps = said.declarations.map(
      (declaration) => ({ kind: 'declaration', words: encode([declaration]) }) as const,
    );
    const job: Job = { level: 'kernel', imported: true, steps, claims: [], strict: true };
    replays.push({ constant: result.evidence.constant, job });
  }
  const replayed = await runner.run(replays.map(({ job }) => job));
  for (const [index, { constant, job }] of replays.entries()) {
    const refusal = replayed[index]?.steps.map(refusalIn).find((one) => one !== undefined);
    if (refusal === undefined) {
      if (replayed[index]?.steps.length !== job.steps.length)
        unanswered.push(unfinished(replayed[index]).why);
      continue;
    }
    const answer = answerTo({ outcome: refusal });
    if (answer.kind === 'noAnswer') unanswered.push(answer.why);
    else
      return changedAnswer(
        'kernel alone',
        units.find(({ declares }) => declares.includes(constant)),
        refusal.message,
      );
  }
  const [why] = unanswered;
  return why === undefined ? accepts : noAnswer(why);
}

/** A first step that nobody ran before keeps the executor from taking states that it has. */
function fromTheBeginning({ lineage }: Candidate, units: readonly Unit[]): Job {
  const texts = [
    `/- once more ${lineage.seed} ${lineage.run} -/ ${nothing}`,
    ...units.flatMap((unit) => leanTextOf(unit) ?? []),
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

/** Whether what a constant rests on is the kernel's alone to check. */
function isToReplay(result: ClaimResult): result is ClaimResult & { evidence: object } {
  const { evidence } = result;
  if (evidence === undefined || evidence.oddities.length > 0) return false;
  if (evidence.reached.some((constant) => constant.unsafe || constant.partial)) return false;
  return !evidence.importedAxioms.some((axiom) => runsCode.has(axiom));
}

function changedAnswer(how: 'fresh' | 'kernel alone', unit: Unit | undefined, message = ''): AskedAgain {
  const kind = unit?.kind ?? 'unit';
  return {
    kind: 'refuses',
    why: `a ${kind} that was accepted is refused ${how === 'fresh' ? 'in a fresh state' : 'by the kernel alone'}: ${message}`,
    signature: changedSignature(how, unit, message),
  };
}

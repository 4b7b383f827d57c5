import type { Candidate } from '../api/candidate.js';
import type { Execution } from '../api/execution.js';
import type { Lead, Verdict } from '../api/verdict.js';
import { askAboutTerms } from '../judge/ask/ask-about-terms.js';
import type { AnsweredOtherwise, AskedAgain } from '../judge/ask/asked-again.js';
import { compareWithOwn, readByOwn } from '../judge/ask/compare-with-own.js';
import type { SteadyRunner } from '../judge/ask/job-runner.js';
import { askAgain, isCompared, isSampled, isWeighed } from '../judge/ask/differential.js';
import { judge } from '../judge/judge.js';
import type { IsExhausted } from '../judge/surprise.js';
import type { Stages } from './stages.js';

/** A candidate, what came of it, and what the judge says of that. */
export interface Examined<Of extends Verdict = Verdict> {
  readonly candidate: Candidate;
  readonly execution: Execution;
  readonly verdict: Of;
}

/**
 * Asks further about a candidate in which nothing was odd so far: where something is new, and now and then, our own
 * kernel and questions about terms; of another sample, Lean again in other words. The lead that comes of it, and the
 * candidate that shows it; undefined where nothing does.
 */
export async function examine(
  stages: Stages,
  runner: SteadyRunner,
  seen: Examined,
): Promise<Examined<Lead> | undefined> {
  const { candidate, execution, verdict } = seen;
  // On the Lake target nothing can be handed to the kernel alone.
  if (runner.check !== undefined) return undefined;
  const found = isCompared(candidate, execution, verdict.kind === 'interesting')
    ? await compare(stages, runner, seen)
    : undefined;
  if (found !== undefined) return found;
  if (!isSampled(candidate, execution)) return undefined;
  const again = await askAgain(runner, candidate, execution, 'one');
  return leadOf(stages, seen, again);
}

async function compare(
  stages: Stages,
  runner: SteadyRunner,
  seen: Examined,
): Promise<Examined<Lead> | undefined> {
  const { candidate, execution } = seen;
  const { own } = stages;
  const weighs = isWeighed(candidate);
  const reading = readByOwn(candidate, execution, own, weighs);
  const derived = stages.compared.newIn(reading.derived);
  const compared = await compareWithOwn(runner, candidate, execution, { ...reading, derived }, own);
  if (compared.kind === 'accepts') stages.compared.add(derived);
  const lead = leadOf(stages, seen, compared);
  if (lead !== undefined || !weighs) return lead;
  const wrong = await askAboutTerms(runner, candidate, execution, reading.environment, own);
  if (wrong === undefined) return undefined;
  const isExhausted: IsExhausted = (signature, suspect) => stages.isExhausted(signature, suspect);
  const judged = judge(own.environment, wrong.candidate, [], wrong.execution, 1, isExhausted);
  return judged.kind === 'lead' ? { ...wrong, verdict: judged } : undefined;
}

function leadOf(stages: Stages, seen: Examined, again: AskedAgain): Examined<Lead> | undefined {
  if (again.kind !== 'refuses') return undefined;
  const unit = again.suspect === undefined ? undefined : seen.candidate.units[again.suspect];
  if (unit !== undefined && stages.isExhausted(again.signature, unit)) return undefined;
  return { ...seen, verdict: leadFrom(again) };
}

/** The verdict that an answer which is a lead comes to. */
function leadFrom({ why, signature, suspect }: AnsweredOtherwise): Lead {
  const lead = { kind: 'lead', reasons: [why], signature } as const;
  return suspect === undefined ? lead : { ...lead, suspect };
}

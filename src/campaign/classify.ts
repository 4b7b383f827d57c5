import type { Candidate } from '../api/candidate.js';
import { noAnswer, type Answer } from '../api/answer.js';
import type { Claim, Execution } from '../api/execution.js';
import { isDiscovery, type Discovery, type Lead, type Solution, type Verdict } from '../api/verdict.js';
import { confirm } from '../judge/ask/confirm.js';
import type { SteadyRunner } from '../judge/ask/job-runner.js';
import { acceptedUnits, jobFor, outcomeOf, unitsOfLead } from '../judge/ask/job.js';
import { judge } from '../judge/judge.js';
import { behindLead, withProof } from '../judge/signature.js';
import { findingId } from '../share/entry-codec.js';
import { attempt, subjectOf } from './candidate-errors.js';
import { never } from '../util/errors.js';
import { examine, type Examined } from './examine.js';
import { isNameable } from './shrink/name-finding.js';
import { lookAt } from './sighted.js';
import type { Prepared, Stages } from './stages.js';

/**
 * Confirms a verdict: a proof of False is confirmed before it is reported, a lead is followed, a sample is asked again
 * in other words. Publishes the findings. Where an error ends that early, the finding is published as the lead that it
 * is.
 */
export async function classify(
  stages: Stages,
  runner: SteadyRunner,
  prepared: Prepared,
  execution: Execution,
  verdict: Verdict,
): Promise<Verdict> {
  const { candidate, claims, subject } = prepared;
  const classified = await attempt(stages, 'confirm', subject, () =>
    lookAgain(stages, runner, prepared, execution, verdict),
  );
  if (classified !== undefined || !isDiscovery(verdict)) {
    const known = classified ?? verdict;
    const behind = await attempt(stages, 'confirm', subject, () =>
      lookBehind(stages, runner, prepared, execution, known),
    );
    return behind ?? known;
  }
  const lead = unconfirmed(verdict, noAnswer('an error kept it from being looked at again'));
  await publish(stages, candidate, lead, execution, claimOf(claims, verdict));
  return lead;
}

async function lookAgain(
  stages: Stages,
  runner: SteadyRunner,
  { candidate, claims }: Prepared,
  execution: Execution,
  verdict: Verdict,
): Promise<Verdict> {
  const seen = { candidate, execution, verdict };
  if (!isDiscovery(verdict)) {
    const lead = await examine(stages, runner, seen);
    return lead === undefined ? verdict : follow(stages, runner, lead);
  }
  if (verdict.kind === 'lead' && verdict.suspect !== undefined)
    return follow(stages, runner, { candidate, execution, verdict });
  const claim = claimOf(claims, verdict);
  // A crash needs every unit; a claim only those that were accepted.
  const reduced =
    claim === undefined ? candidate : { ...candidate, units: acceptedUnits(candidate, execution) };
  const classified =
    claim !== undefined && verdict.kind === 'solution'
      ? await confirmed(stages, runner, reduced, claim, verdict)
      : verdict;
  await publish(stages, reduced, classified, execution, claim);
  return classified;
}

function claimOf(claims: readonly Claim[], verdict: Discovery): Claim | undefined {
  return verdict.claim === undefined ? undefined : claims.find(({ name }) => name === verdict.claim);
}

/** A lead that is about one unit is followed; another one is published as it is. */
async function follow(stages: Stages, runner: SteadyRunner, lead: Examined<Lead>): Promise<Discovery> {
  const { candidate, execution, verdict } = lead;
  if (verdict.suspect !== undefined) return followLead(stages, runner, lead, verdict.suspect);
  await publish(stages, candidate, verdict, execution, undefined);
  return verdict;
}

/** Looks at what the candidate itself has proved; a proof of False that is confirmed takes the verdict's place. */
async function lookBehind(
  stages: Stages,
  runner: SteadyRunner,
  { candidate, job }: Prepared,
  execution: Execution,
  verdict: Verdict,
): Promise<Verdict> {
  if (verdict.kind === 'solution') return verdict;
  for (const sighted of await lookAt(stages, runner, candidate, job, execution)) {
    const answered = await confirmed(stages, runner, sighted.candidate, sighted.claim, sighted.verdict);
    await publish(stages, sighted.candidate, answered, execution, sighted.claim);
    if (answered.kind === 'solution') return answered;
  }
  return verdict;
}

/** Looks for a proof of False behind a lead; one that is confirmed takes the lead's place. */
async function followLead(
  stages: Stages,
  runner: SteadyRunner,
  { candidate, execution, verdict: lead }: Examined<Lead>,
  suspect: number,
): Promise<Discovery> {
  const units = unitsOfLead(candidate, execution, suspect);
  const attempts = stages
    .falsify(candidate, units, lead.signature)
    .map(({ units: more, claim }) => ({ attempted: { ...candidate, units: [...units, ...more] }, claim }));
  const jobs = attempts.map(({ attempted, claim }) => jobFor(attempted, [claim]));
  const executions = await runner.run(jobs);
  for (const [index, { attempted, claim }] of attempts.entries()) {
    const tried = executions[index];
    // Nearly all are refused; only an accepted claim is worth the judge's time.
    if (tried?.claims[0]?.outcome.kind !== 'accepted') continue;
    const verdict = judge(runner.base, attempted, [claim], tried, 0);
    if (verdict.kind !== 'solution') continue;
    const reduced = { ...attempted, units: acceptedUnits(attempted, tried) };
    const answered = await confirmed(stages, runner, reduced, claim, {
      ...verdict,
      reasons: [...verdict.reasons, ...lead.reasons],
      signature: behindLead(lead.signature, verdict.signature),
    });
    await publish(stages, reduced, answered, tried, claim);
    if (answered.kind !== 'solution') continue;
    // Units that later candidates build on must not hold the suspect: False would be found behind everything.
    return { ...answered, suspect };
  }
  await publish(stages, { ...candidate, units }, lead, execution, undefined);
  return lead;
}

async function confirmed(
  stages: Stages,
  runner: SteadyRunner,
  candidate: Candidate,
  claim: Claim,
  verdict: Solution,
): Promise<Discovery> {
  const confirmation = await attempt(stages, 'confirm', subjectOf(candidate), () =>
    confirm(runner.aside, candidate, claim),
  );
  switch (confirmation?.kind) {
    case 'accepts': {
      const reasons = [...verdict.reasons, ...confirmation.reasons];
      return { ...verdict, reasons, axioms: confirmation.axioms };
    }
    case 'refuses':
    case 'noAnswer':
      return unconfirmed(verdict, confirmation);
    case undefined:
      return unconfirmed(verdict, noAnswer('an error kept it from being confirmed'));
    default:
      return never(confirmation);
  }
}

/** A proof of False that was not confirmed is a lead. */
function unconfirmed(verdict: Discovery, answer: Exclude<Answer, { kind: 'accepts' }>): Lead {
  const [reason = '', ...others] = verdict.reasons;
  const reasons =
    answer.kind === 'refuses'
      ? [reason, ...others, answer.why]
      : [`unknown: ${reason}, but its confirmation gave no answer: ${answer.why}`, ...others];
  if (verdict.kind !== 'solution') return { ...verdict, reasons: [...verdict.reasons, answer.why] };
  const { claim, suspect } = verdict;
  const signature = withProof(verdict.signature, answer.kind === 'refuses' ? 'refused' : 'unanswered');
  return { kind: 'lead', reasons, signature, claim, ...(suspect === undefined ? {} : { suspect }) };
}

async function publish(
  stages: Stages,
  candidate: Candidate,
  verdict: Discovery,
  execution: Execution,
  claim: Claim | undefined,
): Promise<void> {
  const { worker } = stages;
  await attempt(stages, 'share', subjectOf(candidate), () =>
    stages.publish({
      id: findingId(candidate, claim),
      candidate,
      verdict,
      form: stages.minimizes && isNameable(verdict) ? 'found' : 'named',
      outcome: outcomeOf(execution),
      ...(claim === undefined ? {} : { claim }),
      worker,
    }),
  );
}

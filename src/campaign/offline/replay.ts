import type { Candidate } from '../../api/candidate.js';
import type { Claim } from '../../api/execution.js';
import { judge } from '../../judge/judge.js';
import { confirm, type JobRunner } from '../../judge/ask/confirm.js';
import { askAgain } from '../../judge/ask/differential.js';
import { jobFor } from '../../judge/ask/job.js';

/** What a finding says of itself, as far as a replay needs it. */
export interface Replayable {
  readonly kind: string;
  readonly candidate: Candidate;
  readonly claim: Claim | null;
  readonly outcome: string;
}

/** One round of a replay. */
export interface ReplayRound {
  readonly reproduced: boolean;
  readonly reasons: readonly string[];
}

/** Runs a finding again on a fresh executor: a solution must be confirmed, a failure must fail in the same way. */
export async function replayOnce(runner: JobRunner, finding: Replayable): Promise<ReplayRound> {
  const { candidate, claim } = finding;
  if (claim !== null && finding.kind === 'solution') {
    const confirmation = await confirm(runner, candidate, claim);
    return { reproduced: confirmation.confirmed, reasons: confirmation.reasons };
  }
  await runner.replace();
  const [execution] = await runner.run([jobFor(candidate, claim === null ? [] : [claim])]);
  if (claim !== null) {
    const accepted = execution?.claims[0]?.refusal === null;
    return { reproduced: accepted, reasons: [`the claim is ${accepted ? 'accepted' : 'refused'}`] };
  }
  if (finding.kind === 'lead' && execution?.failure === null) {
    const { kind, reasons } = judge(candidate, [], execution, 1);
    if (kind === 'lead') return { reproduced: true, reasons };
    const disagreement = await askAgain(runner, candidate, execution, 'all');
    return { reproduced: disagreement !== undefined, reasons: [disagreement?.reason ?? 'nothing is odd'] };
  }
  const outcome = execution?.failure?.kind ?? 'no failure';
  return {
    reproduced: outcome === finding.outcome,
    reasons: [`outcome: ${outcome}, recorded: ${finding.outcome}`],
  };
}

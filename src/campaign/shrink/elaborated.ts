import type { Finding } from '../../api/entries.js';
import type { Claim, Job } from '../../api/execution.js';
import { audit } from '../../judge/audit.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import { isText, textOf } from '../../store/reproducer.js';

/**
 * The finding with what the Lean at hand says of its Lean text: whether it elaborates, and of a proof of False,
 * whether it is one then, too. A Lean without a text level, or without an answer, has not elaborated it.
 */
export async function elaborated(runner: JobRunner, finding: Finding): Promise<Finding> {
  return isText(finding) ? finding : { ...finding, elaborated: await elaborates(runner, finding) };
}

async function elaborates(runner: JobRunner, finding: Finding): Promise<boolean> {
  const text = textOf(finding);
  if (text === undefined) return false;
  const { claim, verdict } = finding;
  const [execution] = await runner.run([claim === undefined ? plain(text) : claimed(text, claim)]);
  if (execution === undefined || execution.end.kind !== 'finished') return false;
  if (claim === undefined) return execution.steps[0]?.outcome.kind === 'accepted';
  const [result] = execution.claims;
  if (result === undefined) return false;
  return verdict.kind === 'solution' ? audit(result).kind === 'accepts' : result.outcome.kind === 'accepted';
}

function plain(text: string): Job {
  return { level: 'source', steps: [{ kind: 'text', text }], claims: [] };
}

function claimed(text: string, claim: Claim): Job {
  return { level: 'source', steps: [], claims: [{ ...claim, step: { kind: 'text', text } }] };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saidOf } from '../../../api/answer.js';
import { refusalIn } from '../../../api/execution.js';
import { audit } from '../../../judge/audit.js';
import { unfinished } from '../../../judge/no-answer.js';
import { messageOf, never, unusable } from '../../../util/errors.js';
import { packageRoot } from '../../../util/package.js';
import { confirm, type Confirmation } from '../../../judge/ask/confirm.js';
import type { JobRunner } from '../../../judge/ask/job-runner.js';
import { jobFor } from '../../../judge/ask/job.js';
import { judgeText, type TextVerdict } from '../../../judge/ask/judge-text.js';
import type { SelftestCase } from './cases.js';
import type { KernelInput } from './kernel-cases.js';

/** The result of one case. */
export interface SelftestResult {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: SelftestCase['expected'];
  readonly got: TextVerdict['kind'];
  readonly reasons: readonly string[];
  readonly milliseconds: number;
}

/** Runs cases one after the other, and tells of each as soon as it is known. */
export async function runSelftest(
  runner: JobRunner,
  cases: readonly SelftestCase[],
  tell: (result: SelftestResult) => void,
): Promise<SelftestResult[]> {
  const results: SelftestResult[] = [];
  for (const selftestCase of cases) {
    const result = await runCase(runner, selftestCase);
    results.push(result);
    tell(result);
  }
  return results;
}

async function runCase(
  runner: JobRunner,
  { name, expected, reason, input }: SelftestCase,
): Promise<SelftestResult> {
  const since = performance.now();
  const { kind: got, reasons } =
    input.level === 'kernel'
      ? await judgeKernel(runner, input)
      : await judgeText(runner, readText(input.file));
  const milliseconds = Math.round(performance.now() - since);
  const ok = got === expected && reasons.some((given) => given.includes(reason));
  return { name, ok, expected, got, reasons, milliseconds };
}

/** Judges declarations as the campaign does: an audited claim counts only when it is confirmed afresh. */
async function judgeKernel(
  runner: JobRunner,
  { candidate, claim }: KernelInput,
): Promise<Omit<TextVerdict, 'answers'>> {
  const [execution] = await runner.run([jobFor(candidate, [claim])]);
  const result = execution?.claims[0];
  if (execution === undefined || result === undefined)
    return verdictOf(saidOf('Lean gave no verdict', unfinished(execution)));
  const audited = audit(result);
  if (audited.kind === 'accepts') return verdictOf(await confirm(runner, candidate, claim));
  if (audited.kind === 'noAnswer') return verdictOf(audited);
  // The first refusal explains all later ones.
  const refused = execution.steps.flatMap((step, index) => {
    const unit = candidate.units[index];
    const refusal = refusalIn(step);
    return refusal === undefined ? [] : [`${unit?.declares[0] ?? index}: refused: ${refusal.message}`];
  });
  return {
    kind: 'none',
    reasons: [...refused, `${claim.constant}: ${audited.why}`],
    axioms: [],
  };
}

function verdictOf(confirmation: Confirmation): Omit<TextVerdict, 'answers'> {
  switch (confirmation.kind) {
    case 'accepts':
      return { ...confirmation, kind: 'solution' };
    case 'refuses':
      return { kind: 'none', reasons: [confirmation.why], axioms: [] };
    case 'noAnswer':
      return { kind: 'unknown', reasons: [confirmation.why], axioms: [] };
    default:
      return never(confirmation);
  }
}

function readText(file: string): string {
  const path = join(packageRoot, 'selftest', file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, messageOf(error), 'a text that comes with the package');
  }
}

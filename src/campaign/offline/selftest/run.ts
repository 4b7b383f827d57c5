import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../../judge/audit.js';
import { messageOf, unusable } from '../../../util/errors.js';
import { packageRoot } from '../../../util/package.js';
import { confirm, type JobRunner } from '../../../judge/ask/confirm.js';
import { jobFor } from '../../../judge/ask/job.js';
import { judgeText, type TextVerdict } from '../../../judge/ask/judge-text.js';
import type { SelftestCase } from './cases.js';
import type { KernelInput } from './kernel-cases.js';

/** What came of one case. */
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
  if (execution === undefined || result === undefined) {
    const problem = execution?.failure?.message ?? 'no result';
    return { kind: 'unknown', reasons: [`Lean gave no verdict: ${problem}`], axioms: [] };
  }
  const finding = audit(result);
  if (finding.proof) {
    const { confirmed, reasons, axioms } = await confirm(runner, candidate, claim);
    return { kind: confirmed ? 'solution' : 'none', reasons, axioms };
  }
  // What was refused first explains all that is refused behind it.
  const refused = execution.steps.flatMap(({ refusal }, index) => {
    const unit = candidate.units[index];
    return refusal === null ? [] : [`${unit?.declares[0] ?? index}: refused: ${refusal.message}`];
  });
  return {
    kind: 'none',
    reasons: [...refused, `${claim.constant}: ${finding.reason}`],
    axioms: [],
  };
}

function readText(file: string): string {
  const path = join(packageRoot, 'selftest', file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, messageOf(error), 'a text that comes with the package');
  }
}

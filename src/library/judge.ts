import type { TextVerdict } from '../judge/ask/judge-text.js';
import type { Answers } from '../judge/checks.js';
import { known, numberOf, toNobody, type LeanOptions } from './options.js';
import { actionLimits } from '../options/action-limits.js';

/** Options of {@link judge}. */
export interface JudgeOptions extends LeanOptions {
  /** A bug to plant in the kernel, to test the judge. Default: none. */
  readonly kernelMutant?: string | undefined;
}

export type { Answers, TextVerdict };

/**
 * Judges a Lean text: is it a proof of False? Where it declares the constant `soundness_check`, that is audited;
 * otherwise each suffix is tried behind it. Boots a Lean for it, and ends that again.
 *
 * @param text - Any Lean text.
 * @param options - See {@link JudgeOptions}; what is left out has its default.
 * @returns `kind` is `solution` (a proof of False that the audit believes), `none`, or `unknown` where there is no
 *   answer; `reasons` says why, `axioms` what a proof rests on.
 * @throws {@link UserError} with exit code 2 for a Lean or an option that can't be, 78 where no Lean can run here; the
 *   signal's reason where it is aborted.
 */
export async function judge(text: string, options: JudgeOptions = {}): Promise<TextVerdict> {
  const {
    lean = 'auto',
    jobMillis,
    signal,
    onNotice,
    kernelMutant,
  } = known(options, ...(['lean', 'jobMillis', 'signal', 'onNotice', 'kernelMutant'] as const));
  const limits = {
    jobMillis: numberOf('jobMillis', jobMillis, actionLimits.jobMillis),
    ...(signal && { signal }),
  };
  const use = { level: 'source', mutant: kernelMutant ?? null } as const;
  const { chosenLean } = await import('../campaign/offline/lean-of-finding.js');
  const { withLean } = await import('../campaign/offline/with-lean.js');
  const { zygoteOf } = await import('../execute/native/chosen-lean.js');
  const { judgeText } = await import('../judge/ask/judge-text.js');
  const zygote = await zygoteOf(await chosenLean(lean, use, 'lean', onNotice ?? toNobody), use, signal);
  return withLean(zygote, limits, (executor) => judgeText(executor, text));
}

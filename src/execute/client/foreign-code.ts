import type { Job, Step } from '../../api/execution.js';

/**
 * Marks of code that can change the process that it runs in: functions that stand for others, initialisers, casts
 * without a check.
 */
const marks =
  /(?:@|\battribute\s*)\[[^\]]*\b(?:extern|export|implemented_by|csimp|init|builtin_init|macro|macro_inline|command_elab|term_elab|tactic)\b|\b(?:unsafe(?:Cast|IO|BaseIO|EIO)?|initialize|builtin_initialize|ptrAddrUnsafe|lcProof|lcUnreachable|lcAny)\b|#eval|\brun_(?:cmd|elab|meta|tac)\b/;

/**
 * Marks of what has Lean run code of a text: commands and tactics that evaluate, and what Lean calls while it reads what
 * follows. Rather too many than too few: where both are found, that costs one fork.
 */
const runs =
  /#reduce|native|\brun_|eval|elab|macro|tactic|simproc|parser|linter|unexpander|delab|syntax|notation|infix|prefix|postfix|\binit|deriving|unif_hint|builtin|register_|\bIO\b|\bof_?[rR]educe/;

/** Whether a job may leave its executor changed: the next one then runs on a fresh fork. */
export function runsForeignCode({ steps, claims }: Job): boolean {
  const all = [...steps, ...claims.map(({ step }) => step)];
  return all.some((step) => isMarked(step, marks)) && all.some((step) => isMarked(step, runs));
}

function isMarked(step: Step, by: RegExp): boolean {
  return step.kind !== 'declaration' && by.test(step.text);
}

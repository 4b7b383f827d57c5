import type { Job, Step } from '../../api/execution.js';

/**
 * Marks of code that can change the process that a candidate runs in: functions that stand for others, initialisers,
 * casts without a check, commands that run code. Rather too many than too few: a match costs one fork.
 */
const marks =
  /@\[[^\]]*\b(?:extern|export|implemented_by|csimp|init|builtin_init|macro|macro_inline|command_elab|term_elab|tactic)\b|attribute\s*\[|\b(?:unsafe(?:Cast|IO|BaseIO|EIO)?|initialize|builtin_initialize|ptrAddrUnsafe|lcProof|lcUnreachable|lcAny)\b|#eval|\brun_(?:cmd|elab|meta|tac)\b/;

/** Whether a job may leave its executor changed: the next one then runs on a fresh fork. */
export function runsForeignCode({ steps, claims }: Job): boolean {
  return steps.some(isForeign) || claims.some(({ step }) => isForeign(step));
}

function isForeign(step: Step): boolean {
  return step.kind !== 'declaration' && marks.test(step.text);
}

import type { Refusal } from '../api/execution.js';

const limits = /^kernel\.(deterministicTimeout|excessiveMemory|deepRecursion|interrupted)$/;

/** Whether a refusal says nothing about the declaration: the kernel reached a limit before it had an answer. */
export function isLimit(refusal: Refusal): boolean {
  return limits.test(refusal.kind);
}

/** Whether an error says that the stack is full, and not that a list or a number is too large for the language. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

import { asLine } from './printable.js';

/** Exit codes of every command, as Jazzer.js and libFuzzer users know them. */
export const ExitCode = { clean: 0, usage: 2, solution: 77, unexpected: 78 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * An error that is the user's to mend: printed as one line, without a stack.
 * Its exit code is 2 for wrong usage and 78 for an environment that can't serve.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = ExitCode.unexpected,
  ) {
    super(asLine(message.replace(/\s*\n\s*/g, '; ')));
  }
}

/** Wrong usage: names the thing, the value it got and what was expected. */
export function invalid(thing: string, value: unknown, expected: string): UserError {
  return new UserError(`${thing}: got ${quote(value)}, expected ${expected}`, ExitCode.usage);
}

/** An environment that can't serve: names the thing, the value it has and what was expected. */
export function unusable(thing: string, value: unknown, expected: string): UserError {
  return new UserError(`${thing}: got ${quote(value)}, expected ${expected}`, ExitCode.unexpected);
}

/**
 * Whether an error is the machine's or the user's to mend: a failed system call, the database, a UserError. Such a
 * one says nothing about what was being worked on.
 */
export function isMachineError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof UserError || error.name === 'SqliteError' || 'errno' in error;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Closes a discriminated union: the compiler refuses a call while a case is missing. */
export function never(value: never): never {
  throw new Error(`unexpected value ${quote(value)}`);
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : said(value);
  return `"${text.length > 200 ? `${text.slice(0, 200)}...` : text}"`;
}

/** A value of any type, those that JSON does not have included. */
function said(value: unknown): string {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return String(value);
  try {
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));
  } catch {
    return 'what JSON can not say';
  }
}

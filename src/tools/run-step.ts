import { execa } from 'execa';
import { UserError } from '../util/errors.js';

interface StepOptions {
  /** Milliseconds; two minutes by default. */
  timeout?: number;
  environment?: Readonly<Record<string, string>>;
  cwd?: string;
}

/** Runs a command of a tool; UserError with its first error on stderr, or its last line there, where it fails. */
export async function runStep(
  what: string,
  command: string,
  args: readonly string[],
  { timeout = 120_000, environment = {}, cwd = '.' }: StepOptions = {},
): Promise<void> {
  const result = await execa(command, args, {
    timeout,
    reject: false,
    stdin: 'ignore',
    env: environment,
    cwd,
  });
  if (!result.failed) return;
  const lines = result.stderr.trim().split('\n');
  // Compilers say what was wrong, and make and others what that led to.
  const said = lines.find((line) => /\berror:/.test(line)) ?? lines.at(-1) ?? '';
  const why = result.timedOut ? `no end after ${timeout} ms` : said || result.originalMessage;
  throw new UserError(`can't ${what}: ${command}: ${why ?? 'it failed'}`);
}

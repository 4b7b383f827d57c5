import type { Refusal } from '../../api/execution.js';
import type { CommandResult } from './server-protocol.js';

/** An error that Lean reported while Lake built a file. */
export interface LakeError {
  /** Relative to the project. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

const maxMessage = 2000;

/**
 * The errors in Lake's output. A message goes on over lines until the next one begins. Lake prints
 * `error: File.lean:1:2: text`, and older releases `error: ./File.lean:1:2: text`.
 */
export function errorsIn(output: string): LakeError[] {
  const errors: { file: string; line: number; message: string }[] = [];
  let open = false;
  for (const text of output.split('\n')) {
    const match = /^error: (?:\.\/)*(\S+?\.lean):(\d+):\d+: (.*)$/.exec(text);
    if (match !== null) {
      errors.push({ file: match[1] ?? '', line: Number(match[2]), message: match[3] ?? '' });
      open = true;
    } else if (/^(error|warning|info|trace|Some required|Build completed|[✔✖⚠ℹ⣿] \[)/.test(text)) {
      open = false;
    } else if (open) {
      const last = errors.at(-1);
      if (last !== undefined) last.message += `\n${text}`;
    }
  }
  return errors.map((error) => ({ ...error, message: error.message.trimEnd().slice(0, maxMessage) }));
}

/** Why a build failed, from its first error or, where there is none, from the first line that says something. */
export function refusalOf(result: CommandResult, errors: readonly LakeError[]): Refusal {
  const first = errors[0]?.message ?? firstComplaint(result) ?? `lake ended with status ${result.code}`;
  return { kind: 'refused', message: first, error: '' };
}

/** The first line of a command's output that looks like a complaint. */
export function firstComplaint({ stdout, stderr }: CommandResult): string | undefined {
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.trim());
  return lines.find((line) => /error|exception|panic|fail/i.test(line)) ?? lines.find((line) => line !== '');
}

import { closeSync, fstatSync, openSync } from 'node:fs';
import type {
  CheckFileOptions,
  DeclarationAnswer,
  EveryAnswer,
  FileAnswer,
} from '../kernel/import/check-file.js';
import { checkInThread } from '../kernel/import/check-in-thread.js';
import { faithful, strict, type Mode } from '../kernel/mode.js';
import { invalid, messageOf, unusable } from '../util/errors.js';
import { known, numberOf } from './options.js';

/** Options of {@link check}. */
export interface CheckOptions {
  /** Judge as this release of Lean does, such as `4.35.0`. Default: by the theory. */
  readonly as?: string | undefined;
  /** Steps that one declaration may take. Default: 10,000,000. */
  readonly steps?: number | undefined;
  /** Axioms that the file may declare, by name. Default: any. */
  readonly permittedAxioms?: readonly string[] | undefined;
  /** Go on behind what is not accepted, as if it were, and say what came of every declaration. Default: false. */
  readonly every?: boolean | undefined;
}

export type { DeclarationAnswer, EveryAnswer, FileAnswer };

/** Steps that one declaration may take where nobody says another number. */
export const defaultSteps = 10_000_000;

/**
 * Checks a file of declarations (lean4export's NDJSON 3.1.0) with the kernel of lean-fuzz; no Lean runs.
 *
 * @param file - Its path.
 * @param options - See {@link CheckOptions}; what is left out has its default.
 * @returns `answer.kind` is `accepts`, `refuses` or `noAnswer` (with `why`); `line` is the one that decided,
 *   `constants` and `axioms` what was declared before it.
 * @throws {@link UserError} with exit code 2 for an option that can't be, 78 for a file that can't be read.
 */
export async function check(file: string, options: CheckOptions = {}): Promise<FileAnswer> {
  const { as, steps, permittedAxioms, every } = known(
    options,
    ...(['as', 'steps', 'permittedAxioms', 'every'] as const),
  );
  return checkFile(file, {
    mode: modeOf('as', as),
    steps: numberOf('steps', steps, defaultSteps),
    permittedAxioms: permittedAxioms === undefined ? null : new Set(permittedAxioms),
    every: every === true,
  });
}

/** How our kernel judges: by the theory, or as a release does. UserError (2) that names the option. */
export function modeOf(option: string, release: string | undefined): Mode {
  if (release === undefined) return strict;
  if (/^4\.\d+\.\d+$/.test(release)) return faithful(release);
  throw invalid(option, release, 'a release of Lean, such as 4.35.0');
}

/** Our kernel's answer to the file at a path. UserError (78) where that can't be read. */
export async function checkFile(path: string, settings: CheckFileOptions): Promise<FileAnswer> {
  const descriptor = openedFile(path);
  try {
    const reply = await checkInThread(descriptor, settings);
    if (reply.kind === 'answer') return reply.answer;
    throw unusable('file', path, `a file that can be read (${reply.why})`);
  } finally {
    closeSync(descriptor);
  }
}

/** Opens a file. UserError (78) where that can't be read, or is a folder. */
export function openedFile(path: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    throw unusable('file', path, `a file that can be read (${messageOf(error)})`);
  }
  if (!fstatSync(descriptor).isDirectory()) return descriptor;
  closeSync(descriptor);
  throw unusable('file', path, 'a file, not a folder');
}

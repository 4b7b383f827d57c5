import type { Refusal } from '../../api/execution.js';
import type { Answer } from '../../api/answer.js';
import type { Name } from '../../ir/name.js';
import { inOwnProcess, type TaskEvents } from './own-process.js';

/** The place of a declaration in a file. */
export interface DeclarationPlace {
  /** Its number, from 0. */
  readonly at: number;
  /** The line that it ends in. */
  readonly line: number;
  readonly name: Name;
}

export type RefusedDeclaration = DeclarationPlace & { readonly refusal: Refusal };

/** Answers of the embedded Lean's kernel to the declarations of a file, on an environment that is empty at first. */
export interface JudgedFile {
  /** Those that it was asked about. */
  readonly declarations: number;
  /** Those that it did not accept; later ones were asked about as if it had. */
  readonly refused: readonly RefusedDeclaration[];
  /** Time inside the kernel. */
  readonly micros: number;
  /** The declaration in work when Lean was lost; those behind it were not asked about. */
  readonly lost?: DeclarationPlace & { readonly why: string };
  /** Why the rest of the file can't be read. */
  readonly unreadable?: Exclude<Answer, { kind: 'accepts' }>;
}

/** Puts the declarations of an open file in lean4export's format to the embedded Lean's kernel, one after the other. */
export function judgeFile(file: number, events: TaskEvents): Promise<JudgedFile> {
  return inOwnProcess('execute/embedded/judge-main.js', file, events);
}

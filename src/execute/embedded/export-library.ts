import { inOwnProcess, type TaskEvents } from './own-process.js';

/** The content of an export of a library, in numbers, and the parts that it can't have. */
export interface ExportedLibrary {
  readonly declarations: number;
  /** With what comes of inductive declarations. */
  readonly constants: number;
  /** Those that have a value in Lean's sources and none here: the file has them as axioms. */
  readonly withoutValue: number;
  /** Parts that the format has no form for. */
  readonly odd: readonly string[];
}

/** Writes all that the embedded Lean has imported, its Init, into an open file in lean4export's format. */
export function exportLibrary(file: number, events: TaskEvents): Promise<ExportedLibrary> {
  return inOwnProcess('execute/embedded/export-main.js', file, events);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Checker } from '../../api/checker.js';
import type { Lean } from '../../api/lean.js';
import { findProgram } from '../../util/find-program.js';
import { shellWord } from '../../util/shell.js';

/** Programs of known checkers, and how they are called. */
const known: readonly { readonly name: string; readonly program: string; readonly after: string }[] = [
  { name: 'nanoda', program: 'nanoda_bin', after: '' },
  { name: 'lean4lean', program: 'lean4lean', after: ' --import "$IN"' },
];

/** The checkers that lie beside the `lean` of a toolchain. */
export function checkersBeside(lean: Lean | undefined): Checker[] {
  if (lean?.kind !== 'native') return [];
  return found((program) => {
    const path = join(lean.root, 'bin', program);
    return existsSync(path) ? path : undefined;
  });
}

/** Those that are on the PATH. */
export function checkersOnPath(): Checker[] {
  return found((program) => findProgram(program));
}

/** Known checkers that are not among some, by name and program. */
export function knownBut(
  checkers: readonly Checker[],
): readonly { readonly name: string; readonly program: string }[] {
  return known.filter(({ name }) => checkers.every((checker) => checker.name !== name));
}

/** Some checkers, and of others those whose names are not taken. */
export function withoutTwice(...lists: readonly (readonly Checker[])[]): Checker[] {
  const all = new Map<string, Checker>();
  for (const checker of lists.flat()) if (!all.has(checker.name)) all.set(checker.name, checker);
  return [...all.values()];
}

function found(pathOf: (program: string) => string | undefined): Checker[] {
  return known.flatMap(({ name, program, after }) => {
    const path = pathOf(program);
    return path === undefined ? [] : { name, command: `${shellWord(path)}${after}` };
  });
}

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { Unit } from '../../api/candidate.js';
import { RefusedUnits, readUnits } from '../../generate/custom/read-units.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { baseEnvironment } from '../../kernel/base-environment.js';
import { readDeclarations, withoutBase } from '../../kernel/import/read-file.js';
import type { Skipped } from './skipped.js';

/** Bytes of an export that is read: every worker has its declarations in memory. */
const maxBytes = 64 << 20;
/** Declarations of one candidate. */
const maxUnits = 60;

/**
 * The declarations of a file of lean4export as units of the kernel level, each part with all that it builds on; what
 * the base environment has is left away. Throws RefusedUnits for a file that is none.
 */
export function partsOfExport(path: string, skipped: Skipped): Unit[][] {
  const declarations = declarationsIn(path);
  const parts: Unit[][] = [];
  for (const part of divided(declarations)) {
    const names = `${declaredNames(part[part.length - 1] ?? { kind: 'quotient' })[0]} of ${path}`;
    if (part.length > maxUnits) {
      skipped.add('declarations', names, `it builds on ${part.length - 1} others, at most ${maxUnits - 1}`);
      continue;
    }
    try {
      const words = part.map((declaration) => encode([declaration]));
      parts.push(readUnits('kernel', words, []));
    } catch (error) {
      if (!(error instanceof RefusedUnits) && !(error instanceof RangeError)) throw error;
      skipped.add('declarations', names, error.message);
    }
  }
  return parts;
}

function declarationsIn(path: string): Declaration[] {
  // A pipe without a writer must not hold us.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(descriptor);
    if (size > maxBytes) throw new RefusedUnits(`${size} bytes, at most ${maxBytes}`);
    const read = readDeclarations(descriptor);
    if (read.kind !== 'accepts') throw new RefusedUnits(read.why);
    return withoutBase(read.declarations, (name) => baseEnvironment.find(name) !== undefined);
  } finally {
    closeSync(descriptor);
  }
}

/** Few declarations as they are; of many, each that nothing else builds on, behind what it builds on. */
function divided(declarations: readonly Declaration[]): Declaration[][] {
  if (declarations.length <= maxUnits) return declarations.length === 0 ? [] : [[...declarations]];
  const declaredAt = new Map<Name, number>();
  declarations.forEach((one, at) => declaredNames(one).forEach((name) => declaredAt.set(name, at)));
  const covered = new Set<number>();
  const parts: Declaration[][] = [];
  for (let last = declarations.length - 1; last >= 0; last--) {
    if (covered.has(last)) continue;
    const part = [...closure(last, declarations, declaredAt)].sort((one, other) => one - other);
    // A part that is too large is told of, and smaller parts of it may still be had.
    (part.length > maxUnits ? [last] : part).forEach((at) => covered.add(at));
    parts.push(part.flatMap((at) => declarations[at] ?? []));
  }
  return parts.reverse();
}

/** A declaration and all before it that it builds on, by number. */
function closure(
  last: number,
  declarations: readonly Declaration[],
  declaredAt: ReadonlyMap<Name, number>,
): Set<number> {
  const found = new Set([last]);
  for (const at of found) {
    const declaration = declarations[at];
    if (declaration === undefined) continue;
    for (const name of mentionedNames(declaration)) {
      // A recursor comes with its type.
      const needed = declaredAt.get(name) ?? declaredAt.get(name.replace(/\.rec(_\d+)?$/, ''));
      if (needed !== undefined && needed < last) found.add(needed);
    }
  }
  return found;
}

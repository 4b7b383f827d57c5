import type { KernelUnit } from '../../api/candidate.js';
import { declaredNames } from '../../ir/declaration.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { nameOf, nameParts, type Name } from '../../ir/name.js';

/** A kernel-level unit and the names that its meaning hangs on. */
export interface ReadUnit {
  readonly unit: KernelUnit;
  readonly declares: ReadonlySet<Name>;
  /** The names that it declares or mentions, and all that they lie below: `T.rec` hangs on `T`. */
  readonly touches: ReadonlySet<Name>;
}

/** Reads a unit's declaration; what a unit says of itself is not relied on. */
export function readUnit(unit: KernelUnit): ReadUnit {
  const declares = new Set(declaredNames(unit.declaration).map(canonical));
  const touches = new Set<Name>();
  for (const name of declares) addWithPrefixes(touches, name);
  for (const name of mentionedNames(unit.declaration)) addWithPrefixes(touches, canonical(name));
  return { unit, declares, touches };
}

/**
 * Whether the order of two units matters: one declares what the other mentions, or both declare the same name. It
 * matters too when the one that mentions comes first: it is refused then, and would not be behind the other.
 */
export function areOrdered(a: ReadUnit, b: ReadUnit): boolean {
  return touchesAny(a, b.declares) || touchesAny(b, a.declares);
}

/** A name in the one spelling that nameOf gives: `«a»` and `a` are the same name. */
export function canonical(name: Name): Name {
  if (!/[«\d]/.test(name)) return name;
  try {
    return nameOf(nameParts(name));
  } catch {
    return name;
  }
}

function touchesAny(unit: ReadUnit, names: ReadonlySet<Name>): boolean {
  for (const name of names) if (unit.touches.has(name)) return true;
  return false;
}

function addWithPrefixes(names: Set<Name>, name: Name): void {
  names.add(name);
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    names.add(name.slice(0, dot));
  }
}

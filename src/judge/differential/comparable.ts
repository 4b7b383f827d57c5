import type { LeanIdentity } from '../../api/lean.js';
import { declaredNames } from '../../ir/declaration.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import type { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { baseDeclarations, otherwiseInInit } from '../../kernel/base/declarations.js';
import { readUnit } from './dependence.js';

/**
 * Units that are not the same question to two Leans: they rest on constants that Init has with other bodies, or
 * without, than the base environment that native Leans are told to declare.
 */
export function incomparableUnits(
  units: readonly KernelUnit[],
  one: Pick<LeanIdentity, 'kind'>,
  other: Pick<LeanIdentity, 'kind'>,
): ReadonlySet<number> {
  const found = new Set<number>();
  if (one.kind === other.kind) return found;
  const unlike = new Set(unlikeInInit());
  for (const [index, unit] of units.entries()) {
    const { declares, touches } = readUnit(unit);
    if (![...touches].some((name) => unlike.has(name))) continue;
    found.add(index);
    declares.forEach((name) => unlike.add(name));
  }
  return found;
}

let unlikeNames: ReadonlySet<Name> | undefined;

/** Base constants that Init has otherwise, and those that are said with them; worked out when somebody asks. */
function unlikeInInit(): ReadonlySet<Name> {
  if (unlikeNames !== undefined) return unlikeNames;
  const names = new Set(otherwiseInInit);
  for (const declaration of baseDeclarations)
    if ([...mentionedNames(declaration)].some((name) => names.has(name)))
      declaredNames(declaration).forEach((name) => names.add(name));
  return (unlikeNames = names);
}

import type { Claim } from '../../api/execution.js';
import { leanTextOf, type Unit } from '../../ir/unit/unit.js';
import { suffix } from '../suffixes.js';

/**
 * The paradox probe: a type that takes functions from itself. Were one accepted with itself in a negative place,
 * `fun t => match t with | mk f => f t` would prove that it is empty, and that proof is then a value of it
 * (Curry's paradox). The probe lets a small backtracking search find that term for whatever the constructors are.
 */
export function paradoxProbes(units: readonly Unit[]): Claim[] {
  return units.flatMap((unit) => {
    const name = selfApplicable(unit);
    if (name === undefined) return [];
    const constructors = unit.declares.filter((declared) => declared.startsWith(`${name}.`)).join(', ');
    const search = `solve_by_elim [${constructors}]`;
    const empty = `have no : ${name} → False := fun t => by cases t <;> ${search}`;
    return [
      suffix(`paradox ${unit.kind}`, `by\n  ${empty}\n  exact no (by solve_by_elim [${constructors}, no])`),
    ];
  });
}

/** The type of a unit that has no parameters and a constructor with a function from the type itself. */
function selfApplicable(unit: Unit): string | undefined {
  const name = unit.declares[0];
  if (unit.kind !== 'inductive' || name === undefined) return undefined;
  return leanTextOf(unit)?.includes(`(${name} → `) === true ? name : undefined;
}

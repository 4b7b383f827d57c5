import type { Claim } from '../../api/execution.js';
import { leanTextOf, type Unit } from '../../ir/unit/unit.js';
import { suffix } from '../suffixes.js';

/** Closed terms of one candidate that are looked at: compiling one costs some milliseconds. */
const maxTerms = 2;

/**
 * Two roads to one value: False follows where the kernel computes a closed term to something else than the compiled
 * code does. Such a claim rests on the compiler's axiom, so that the audit declines it: it is a lead, not a solution.
 * Where a text may tell the compiler other code than the kernel, nothing is asked.
 */
export function twoRoadsProbes(units: readonly Unit[]): Claim[] {
  if (units.some((unit) => separatesRoads.test(leanTextOf(unit) ?? ''))) return [];
  const terms = units.flatMap((unit) => {
    const [, name, type = ''] = definition.exec(leanTextOf(unit) ?? '') ?? [];
    return name === undefined ? [] : [{ kind: unit.kind, ...applied(name, type.split(' → ')) }];
  });
  return terms.slice(-maxTerms).map(({ kind, term, type }) => {
    const bits = type === 'Bool' ? [term] : [`${term} % 2 == 1`, `${term} / 3 % 2 == 1`];
    const ways = bits.flatMap((bit) => {
      const holds = `((${bit}) : Bool) = true`;
      return [
        way(`(by decide +kernel : ${holds})`, `(by native_decide : ¬ ${holds})`),
        way(`(by native_decide : ${holds})`, `(by decide +kernel : ¬ ${holds})`),
      ];
    });
    return suffix(`two roads ${kind}`, `by\n  first\n${ways.join('\n')}`);
  });
}

/** Attributes, modifiers and commands by which compiled code may differ from the definition on purpose. */
const separatesRoads = /implemented_by|extern|csimp|unsafe|partial|sorry|export /;

/** A definition of a number or a truth value, or of a function between such. */
const definition = /^def (\S+) : ((?:(?:Nat|Bool) → )*(?:Nat|Bool)) :?=/m;

/** The constant applied to plain values, and the type that this has. */
function applied(name: string, types: readonly string[]): { term: string; type: string } {
  const args = types.slice(0, -1).map((type) => (type === 'Nat' ? '11' : 'true'));
  return { term: args.length === 0 ? name : `(${[name, ...args].join(' ')})`, type: types.at(-1) ?? '' };
}

function way(yes: string, no: string): string {
  return `  | exact absurd ${yes} ${no}`;
}

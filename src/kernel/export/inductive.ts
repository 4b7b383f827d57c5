import type { Name } from '../../ir/name.js';
import type { Constant } from '../environment.js';
import { headFields } from './head.js';
import type { ExportTables } from './tables.js';

/** The fields of an inductive declaration, from the constants that it has made. */
export function inductiveFields(
  tables: ExportTables,
  constants: readonly Constant[],
  isUnsafe: boolean,
): object {
  const block = constants.flatMap(({ details }) => (details.kind === 'inductive' ? details.block : []));
  const all = [...new Set(block)].map((name) => tables.name(name));
  const fields = { types: [] as object[], ctors: [] as object[], recs: [] as object[] };
  const places = placesOf(constants);
  for (const constant of constants) {
    const { details } = constant;
    const head = (): object => headFields(tables, constant);
    if (details.kind === 'inductive')
      fields.types.push({
        ...head(),
        numParams: details.parameters,
        numIndices: details.indices,
        all,
        ctors: details.constructors.map((name) => tables.name(name)),
        numNested: details.nested,
        isRec: details.recursive,
        isUnsafe,
        isReflexive: details.reflexive,
      });
    if (details.kind === 'constructor')
      fields.ctors.push({
        ...head(),
        induct: tables.name(details.inductive),
        cidx: places.get(constant.name) ?? 0,
        numParams: details.parameters,
        numFields: details.fields,
        isUnsafe,
      });
    if (details.kind === 'recursor')
      fields.recs.push({
        ...head(),
        all,
        numParams: details.parameters,
        numIndices: details.indices,
        numMotives: details.motives,
        numMinors: details.minors,
        rules: details.rules.map((rule) => ({
          ctor: tables.name(rule.constructor),
          nfields: rule.fields,
          rhs: tables.expr(rule.value),
        })),
        k: details.likeK,
        isUnsafe,
      });
  }
  return fields;
}

/** The places of constructors among those of their types. */
function placesOf(constants: readonly Constant[]): ReadonlyMap<Name, number> {
  return new Map(
    constants.flatMap(({ details }) =>
      details.kind === 'inductive' ? details.constructors.map((name, place) => [name, place] as const) : [],
    ),
  );
}

import type { Constructor, Declaration, Inductive, ReducibilityHint } from '../../ir/declaration.js';
import { safeties } from '../../ir/declaration.js';
import type { Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';
import { booleanIn, expectKeys, fieldsOf, listIn, numberIn, shown, wordIn, type Fields } from './fields.js';
import { malformed } from './problem.js';
import type { ImportTables } from './tables.js';
import type {
  Headed,
  WrittenConstructor,
  WrittenInductive,
  WrittenRecursor,
  WrittenType,
} from './written.js';

/** The declaration of a line. */
export type Declared =
  | { readonly kind: 'single'; readonly declaration: Declaration; readonly all: readonly Name[] }
  | { readonly kind: 'inductive'; readonly declaration: Inductive; readonly written: WrittenInductive }
  | { readonly kind: 'quotient'; readonly part: QuotientPart; readonly header: Headed };

export const quotientParts = ['type', 'ctor', 'lift', 'ind'] as const;
export type QuotientPart = (typeof quotientParts)[number];

const kinds = ['axiom', 'def', 'opaque', 'thm', 'quot', 'inductive'] as const;
const header = ['name', 'levelParams', 'type'];

/** Reads a line that declares something. */
export function readDeclaration(tables: ImportTables, line: Fields): Declared {
  const kind = kinds.find((one) => Object.hasOwn(line, one));
  if (kind === undefined) {
    const keys = Object.keys(line).slice(0, 3).map(shown).join(', ');
    throw malformed(
      `got an object of ${keys || 'nothing'}, expected in, il, ie or one of ${kinds.join(', ')}`,
    );
  }
  expectKeys(line, kind, [kind]);
  const fields = fieldsOf(line[kind], kind);
  switch (kind) {
    case 'axiom': {
      expectKeys(fields, kind, [...header, 'isUnsafe']);
      const unsafe = booleanIn(fields, 'isUnsafe', kind);
      return single({ kind, ...headed(tables, fields, kind), unsafe });
    }
    case 'def':
      return definition(tables, fields);
    case 'opaque': {
      expectKeys(fields, kind, [...header, 'value'], ['all', 'isUnsafe']);
      const unsafe = Object.hasOwn(fields, 'isUnsafe') && booleanIn(fields, 'isUnsafe', kind);
      return single({ kind, ...valued(tables, fields, kind), unsafe });
    }
    case 'thm':
      expectKeys(fields, kind, [...header, 'value'], ['all']);
      return single({ kind: 'theorem', ...valued(tables, fields, kind) });
    case 'quot':
      expectKeys(fields, kind, [...header, 'kind']);
      return {
        kind: 'quotient',
        part: wordIn(fields, 'kind', kind, quotientParts),
        header: headed(tables, fields, kind),
      };
    case 'inductive':
      return inductive(tables, fields);
  }
}

function single(declaration: Declaration, all: readonly Name[] = []): Declared {
  return { kind: 'single', declaration, all };
}

function headed(tables: ImportTables, fields: Fields, what: string): Headed {
  return {
    name: tables.name(fields, 'name', what),
    levelParams: tables.nameList(fields, 'levelParams', what),
    type: tables.expr(fields, 'type', what),
  };
}

function valued(tables: ImportTables, fields: Fields, what: string): Headed & { readonly value: Expr } {
  if (Object.hasOwn(fields, 'all')) tables.nameList(fields, 'all', what);
  return { ...headed(tables, fields, what), value: tables.expr(fields, 'value', what) };
}

function definition(tables: ImportTables, fields: Fields): Declared {
  const what = 'def';
  expectKeys(fields, what, [...header, 'value', 'hints', 'safety'], ['all']);
  const all = Object.hasOwn(fields, 'all') ? tables.nameList(fields, 'all', what) : [];
  const safety = wordIn(fields, 'safety', what, safeties);
  const hint = hintOf(fields['hints']);
  return single({ kind: 'definition', ...valued(tables, fields, what), hint, safety }, all);
}

function hintOf(value: unknown): ReducibilityHint {
  if (value === 'opaque') return 'opaque';
  if (value === 'abbrev') return 'abbreviation';
  const fields = fieldsOf(value, 'def, hints');
  expectKeys(fields, 'def, hints', ['regular']);
  const height = numberIn(fields, 'regular', 'def, hints');
  if (height < 2 ** 32) return height;
  throw malformed(`def, hints: got ${height}, expected a height below 2^32`);
}

function inductive(tables: ImportTables, fields: Fields): Declared {
  expectKeys(fields, 'inductive', ['types', 'ctors', 'recs']);
  const items = (key: string): Fields[] =>
    listIn(fields, key, 'inductive').map((item) => fieldsOf(item, `inductive, ${key}`));
  const written: WrittenInductive = {
    types: items('types').map((item) => readType(tables, item)),
    constructors: items('ctors').map((item) => readConstructor(tables, item)),
    recursors: items('recs').map((item) => readRecursor(tables, item)),
  };
  const [first] = written.types;
  if (first === undefined) throw malformed('inductive: no types');
  const byName = new Map<Name, WrittenConstructor>();
  for (const constructor of written.constructors) {
    if (byName.has(constructor.name)) throw malformed(`the constructor ${constructor.name} is there twice`);
    byName.set(constructor.name, constructor);
  }
  const take = (name: Name): Constructor => {
    const constructor = byName.get(name);
    if (constructor === undefined) throw malformed(`the constructor ${name} is not in ctors`);
    byName.delete(name);
    return { name, type: constructor.type };
  };
  const declaration: Inductive = {
    kind: 'inductive',
    levelParams: first.levelParams,
    parameters: first.numParams,
    unsafe: first.isUnsafe,
    types: written.types.map(({ name, type, ctors }) => ({ name, type, constructors: ctors.map(take) })),
  };
  const [orphan] = byName.keys();
  if (orphan !== undefined) throw malformed(`the constructor ${orphan} is of none of the types`);
  return { kind: 'inductive', declaration, written };
}

function readType(tables: ImportTables, fields: Fields): WrittenType {
  const what = 'type';
  const flags = ['isRec', 'isReflexive', 'isUnsafe'];
  expectKeys(fields, what, [...header, 'numParams', 'numIndices', 'all', 'ctors', 'numNested', ...flags]);
  return {
    ...headed(tables, fields, what),
    numParams: numberIn(fields, 'numParams', what),
    numIndices: numberIn(fields, 'numIndices', what),
    numNested: numberIn(fields, 'numNested', what),
    all: tables.nameList(fields, 'all', what),
    ctors: tables.nameList(fields, 'ctors', what),
    isRec: booleanIn(fields, 'isRec', what),
    isReflexive: booleanIn(fields, 'isReflexive', what),
    isUnsafe: booleanIn(fields, 'isUnsafe', what),
  };
}

function readConstructor(tables: ImportTables, fields: Fields): WrittenConstructor {
  const what = 'ctor';
  expectKeys(fields, what, [...header, 'induct', 'cidx', 'numParams', 'numFields', 'isUnsafe']);
  return {
    ...headed(tables, fields, what),
    induct: tables.name(fields, 'induct', what),
    cidx: numberIn(fields, 'cidx', what),
    numParams: numberIn(fields, 'numParams', what),
    numFields: numberIn(fields, 'numFields', what),
    isUnsafe: booleanIn(fields, 'isUnsafe', what),
  };
}

function readRecursor(tables: ImportTables, fields: Fields): WrittenRecursor {
  const what = 'rec';
  const counts = ['numParams', 'numIndices', 'numMotives', 'numMinors'];
  expectKeys(fields, what, [...header, 'all', ...counts, 'rules', 'k', 'isUnsafe']);
  return {
    ...headed(tables, fields, what),
    all: tables.nameList(fields, 'all', what),
    numParams: numberIn(fields, 'numParams', what),
    numIndices: numberIn(fields, 'numIndices', what),
    numMotives: numberIn(fields, 'numMotives', what),
    numMinors: numberIn(fields, 'numMinors', what),
    k: booleanIn(fields, 'k', what),
    isUnsafe: booleanIn(fields, 'isUnsafe', what),
    rules: listIn(fields, 'rules', what).map((item) => {
      const rule = fieldsOf(item, 'rule');
      expectKeys(rule, 'rule', ['ctor', 'nfields', 'rhs']);
      return {
        ctor: tables.name(rule, 'ctor', 'rule'),
        nfields: numberIn(rule, 'nfields', 'rule'),
        rhs: tables.expr(rule, 'rhs', 'rule'),
      };
    }),
  };
}

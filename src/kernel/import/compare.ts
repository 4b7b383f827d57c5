import type { Inductive } from '../../ir/declaration.js';
import { sameExpr, type Expr } from '../../ir/expr.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { param } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { recursorsIn } from '../derived.js';
import type { Constant, Environment } from '../environment.js';
import { shown } from './fields.js';
import type { Headed, WrittenInductive, WrittenRecursor } from './written.js';

/** The first thing that a file says otherwise than what was derived; undefined where all agrees. */
export function firstLie(
  environment: Environment,
  declaration: Inductive,
  written: WrittenInductive,
): string | undefined {
  try {
    compareTypes(environment, declaration, written);
    compareConstructors(environment, declaration, written);
    compareRecursors(environment, declaration, written);
    return undefined;
  } catch (error) {
    if (error instanceof Lie) return error.message;
    throw error;
  }
}

/** The first difference in a constant that has only a header, a part of the quotient; undefined where all agrees. */
export function headerLie(constant: Constant, written: Headed): string | undefined {
  try {
    compareHeader(constant, written);
    return undefined;
  } catch (error) {
    if (error instanceof Lie) return error.message;
    throw error;
  }
}

class Lie extends Error {}

type Plain = boolean | number | Name;

/** Refuses the first value that is not what was derived. */
function expectSame(of: Name, found: Readonly<Record<string, Plain>>, derived: Record<string, Plain>): void {
  for (const [key, value] of Object.entries(derived)) {
    const got = found[key];
    if (got !== value) throw new Lie(`${of}, ${key}: got ${shown(got)}, derived ${shown(value)}`);
  }
}

function expectNames(of: Name, key: string, found: readonly Name[], derived: readonly Name[]): void {
  if (found.length !== derived.length || found.some((name, i) => name !== derived[i]))
    throw new Lie(`${of}, ${key}: got ${found.join(', ')}, derived ${derived.join(', ')}`);
}

function compareTypes(environment: Environment, declaration: Inductive, { types }: WrittenInductive): void {
  const block = declaration.types.map(({ name }) => name);
  for (const type of types) {
    const details = environment.find(type.name)?.details;
    if (details?.kind !== 'inductive') throw new Lie(`${type.name}: no inductive type came of it`);
    expectNames(type.name, 'levelParams', type.levelParams, declaration.levelParams);
    expectNames(type.name, 'all', type.all, block);
    expectSame(
      type.name,
      { ...counts(type), isRec: type.isRec, isReflexive: type.isReflexive, isUnsafe: type.isUnsafe },
      {
        numParams: declaration.parameters,
        numIndices: details.indices,
        numNested: details.nested,
        isRec: details.recursive,
        isReflexive: details.reflexive,
        isUnsafe: declaration.unsafe,
      },
    );
  }
}

function counts({
  numParams,
  numIndices,
  numNested,
}: WrittenInductive['types'][number]): Record<string, number> {
  return { numParams, numIndices, numNested };
}

function compareConstructors(
  environment: Environment,
  declaration: Inductive,
  { constructors }: WrittenInductive,
): void {
  const places = new Map(
    declaration.types.flatMap((type) =>
      type.constructors.map(({ name }, cidx) => [name, { induct: type.name, cidx }] as const),
    ),
  );
  for (const constructor of constructors) {
    const { name, induct, cidx, numParams, numFields, isUnsafe } = constructor;
    const details = environment.find(name)?.details;
    const place = places.get(name);
    if (details?.kind !== 'constructor' || place === undefined)
      throw new Lie(`${name}: no constructor came of it`);
    expectNames(name, 'levelParams', constructor.levelParams, declaration.levelParams);
    expectSame(
      name,
      { induct, cidx, numParams, numFields, isUnsafe },
      {
        ...place,
        numParams: declaration.parameters,
        numFields: details.fields,
        isUnsafe: declaration.unsafe,
      },
    );
  }
}

function compareRecursors(
  environment: Environment,
  declaration: Inductive,
  { recursors }: WrittenInductive,
): void {
  const derived = new Map(recursorsIn(environment, declaration).map((one) => [one.name, one]));
  for (const recursor of recursors) {
    const constant = derived.get(recursor.name);
    if (constant === undefined) throw new Lie(`${recursor.name}: no recursor that is derived, or one twice`);
    derived.delete(recursor.name);
    compareRecursor(declaration, constant, recursor);
  }
  const [lacking] = derived.keys();
  if (lacking !== undefined) throw new Lie(`${lacking}: derived, but not in recs`);
}

function compareRecursor(declaration: Inductive, constant: Constant, written: WrittenRecursor): void {
  const { details } = constant;
  const { name, rules } = written;
  if (details.kind !== 'recursor') throw new Lie(`${name}: no recursor came of it`);
  compareHeader(constant, written);
  expectNames(
    name,
    'all',
    written.all,
    declaration.types.map((type) => type.name),
  );
  const { numParams, numIndices, numMotives, numMinors, k, isUnsafe } = written;
  expectSame(
    name,
    { numParams, numIndices, numMotives, numMinors, k, isUnsafe, rules: rules.length },
    {
      numParams: details.parameters,
      numIndices: details.indices,
      numMotives: details.motives,
      numMinors: details.minors,
      k: details.likeK,
      isUnsafe: declaration.unsafe,
      rules: details.rules.length,
    },
  );
  details.rules.forEach((rule, i) => {
    const found = rules[i];
    if (found === undefined) return;
    const of = `${name}, rule ${i + 1}`;
    const derived = { ctor: rule.constructor, nfields: rule.fields };
    expectSame(of, { ctor: found.ctor, nfields: found.nfields }, derived);
    expectExpr(`${of}, rhs`, constant, written, found.rhs, rule.value);
  });
}

function compareHeader(constant: Constant, written: Headed): void {
  const { name, levelParams } = written;
  if (constant.name !== name) throw new Lie(`got the name ${name}, expected ${constant.name}`);
  expectSame(
    name,
    { 'number of level parameters': levelParams.length },
    { 'number of level parameters': constant.levelParams.length },
  );
  expectExpr(`${name}, type`, constant, written, written.type, constant.type);
}

/** Equal up to the names of binders and of level parameters. */
function expectExpr(
  of: string,
  constant: Constant,
  { levelParams }: Headed,
  found: Expr,
  derived: Expr,
): void {
  const renamed = instantiateLevels(derived, constant.levelParams, levelParams.map(param));
  if (!sameExpr(found, renamed)) throw new Lie(`${of}: not what is derived`);
}

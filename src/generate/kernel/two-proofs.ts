import { instantiate } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, nat, pi, proj, sameExpr, sort, type Expr } from '../../ir/expr.js';
import { one, zero, type Level } from '../../ir/level.js';
import { child, type Name } from '../../ir/name.js';
import type { Constant, ConstructorDetails, InductiveDetails } from '../../typing/environment.js';
import { equal } from '../../typing/base/terms.js';
import { Typing } from '../../typing/typing.js';
import type { Random } from '../../util/random.js';
import type { Context } from './context.js';
import { orUndefined } from './failure.js';
import { TermGenerator } from './term-generator.js';

/** Constants that are looked at, the newest ones. */
const maxConstants = 40;

const Bool = constant('Bool');
const truth = constant('Bool.true');
const falsehood = constant('Bool.false');

/** A function from an inductive type to Bool or Nat, and two values of the type at which it differs. */
interface Reading {
  readonly type: Expr;
  readonly into: Expr;
  /** With the value that is read as loose variable 0. */
  readonly read: Expr;
  readonly values: readonly [Expr, Expr];
  readonly results: readonly [Expr, Expr];
}

/**
 * Proofs of False from this: if the kernel takes a type for a proposition, any two values of it are equal; if it lets
 * data be read out of it all the same, by projection or by recursion, the data are equal too, and they are not.
 */
export function differingProofs(random: Random, context: Context): Expr[] {
  return context.environment.added
    .slice(-maxConstants)
    .flatMap(({ name }) => readingsOf(random, context, name))
    .flatMap((reading) => [reading, sealed(reading)].map(contradiction));
}

/** The same with the type seen behind `id Prop`, so that its sort is written Prop wherever it is asked for. */
function sealed(reading: Reading): Reading {
  return { ...reading, type: app(constant('id', [one]), sort(zero), reading.type) };
}

function readingsOf(random: Random, context: Context, name: Name): Reading[] {
  const found = context.environment.find(name);
  if (found?.details.kind !== 'inductive') return [];
  const { details } = found;
  const levels = found.levelParams.map(() => zero);
  return [
    ...byProjection(random, context, found, details, levels),
    ...byRecursion(context, found, details, levels),
  ];
}

/** `x.i` of the one constructor's fields of type Bool or Nat, at two values built here. */
function byProjection(
  random: Random,
  context: Context,
  { name }: Constant,
  details: InductiveDetails,
  levels: readonly Level[],
): Reading[] {
  const [only] = details.constructors;
  const made =
    only === undefined || details.constructors.length !== 1 ? undefined : context.environment.find(only);
  if (made?.details.kind !== 'constructor') return [];
  const readings: Reading[] = [];
  for (let field = 0; field < made.details.fields; field++) {
    const pair = orUndefined(() => buildPair(random, context, made, levels, details.parameters + field));
    if (pair !== undefined) readings.push({ ...pair, read: proj(name, field, bvar(0)) });
  }
  return readings;
}

/** Two values of a constructor that differ in argument number `at` only, and their type, which must not depend on it. */
function buildPair(
  random: Random,
  context: Context,
  made: Constant,
  levels: readonly Level[],
  at: number,
): Omit<Reading, 'read'> | undefined {
  const t = new Typing(context.environment, null, 4000);
  const g = new TermGenerator(random, t, context.producers, []);
  const args: Expr[] = [];
  let into: Expr | undefined;
  let rest = t.typeOf(made, levels);
  while (rest.kind === 'pi') {
    const { type, body } = rest;
    if (args.length === at) {
      into = [Bool, natural].find((known) => sameExpr(known, type));
      if (body.looseRange > 0) return undefined;
    }
    const arg = args.length === at ? valueOf(into, 0) : g.prove(type, 3);
    if (arg === undefined) return undefined;
    args.push(arg);
    rest = instantiate(body, arg);
  }
  const results = [valueOf(into, 0), valueOf(into, 1)];
  const [left, right] = results;
  if (into === undefined || left === undefined || right === undefined) return undefined;
  const valueWith = (field: Expr): Expr => app(constant(made.name, levels), ...args.with(at, field));
  return { type: rest, into, values: [valueWith(left), valueWith(right)], results: [left, right] };
}

const natural = constant('Nat');

function valueOf(type: Expr | undefined, which: number): Expr | undefined {
  if (type === Bool) return which === 0 ? falsehood : truth;
  return type === natural ? nat(which) : undefined;
}

/** The recursor into Bool that tells the first two constructors apart, where neither has fields. */
function byRecursion(
  { environment }: Context,
  { name }: Constant,
  details: InductiveDetails,
  levels: readonly Level[],
): Reading[] {
  const constructors = details.constructors.map((constructor) => environment.find(constructor));
  if (details.parameters + details.indices > 0) return [];
  const plain = (found: Constant | undefined): boolean =>
    found?.details.kind === 'constructor' && (found.details satisfies ConstructorDetails).fields === 0;
  if (constructors.length < 2 || !constructors.every(plain)) return [];
  const type = constant(name, levels);
  const minors = constructors.map((_, i) => (i === 0 ? falsehood : truth));
  const recursor = constant(child(name, 'rec'), [one, ...levels]);
  const values = constructors.map((made) => constant(made?.name ?? '', levels));
  const [left, right] = values;
  if (left === undefined || right === undefined) return [];
  return [
    {
      type,
      into: Bool,
      read: app(recursor, lambda('_', type, Bool), ...minors, bvar(0)),
      values: [left, right],
      results: [falsehood, truth],
    },
  ];
}

/**
 * `(fun h => <False from h a b>) (fun x y => rfl)`, where h says that any two values are read alike: the kernel
 * believes that by proof irrelevance if it believes that the type is a proposition.
 */
function contradiction({ type, into, read, values, results }: Reading): Expr {
  const readAt = (value: Expr): Expr => instantiate(read, value);
  const level = one;
  const alike = pi('x', type, pi('y', type, equal(level, into, readAt(bvar(1)), readAt(bvar(0)))));
  const reflexive = lambda(
    'x',
    type,
    lambda('y', type, app(constant('Eq.refl', [level]), into, readAt(bvar(1)))),
  );
  const same = app(bvar(0), ...values);
  return app(lambda('h', alike, fromWrongEquation(into, results, same)), reflexive);
}

/** False from a proof that two different values of Bool or Nat are equal. */
function fromWrongEquation(type: Expr, [left, right]: readonly [Expr, Expr], proof: Expr): Expr {
  if (type === natural) {
    // By congruence with `Nat.beq left`, the same for Bool.
    const test = (value: Expr): Expr => equal(one, Bool, app(constant('Nat.beq'), left, value), truth);
    const motive = lambda('z', natural, lambda('_', equal(one, natural, left, bvar(0)), test(bvar(1))));
    const reflexive = app(constant('Eq.refl', [one]), Bool, truth);
    const booleans = app(constant('Eq.rec', [zero, one]), natural, left, motive, reflexive, right, proof);
    return fromWrongEquation(Bool, [falsehood, truth], booleans);
  }
  const propositions = lambda('_', Bool, sort(zero));
  const [atFalse, atTrue] = left === falsehood ? (['True', 'False'] as const) : (['False', 'True'] as const);
  const holds = app(constant('Bool.rec', [one]), propositions, constant(atFalse), constant(atTrue), bvar(1));
  const motive = lambda('z', Bool, lambda('_', equal(one, Bool, left, bvar(0)), holds));
  return app(constant('Eq.rec', [zero, one]), Bool, left, motive, constant('True.intro'), right, proof);
}

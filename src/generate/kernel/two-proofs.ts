import { instantiate } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, pi, proj, sort, type Expr } from '../../ir/expr.js';
import { one, zero, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { Constant, InductiveDetails } from '../../kernel/environment.js';
import { equal } from '../../kernel/base/terms.js';
import { sortOf } from '../../kernel/infer.js';
import type { Random } from '../../util/random.js';
import { caseSplit, type Applied } from '../../kernel/refute/case-split.js';
import type { Context } from './context.js';
import { fromEquation, type Distinction } from '../../kernel/refute/distinction.js';
import { differingIn, distinguish, firstValues } from './distinguish.js';
import { orUndefined } from './failure.js';
import { fillBinders } from '../../kernel/refute/fill-binders.js';
import { KernelTermGenerator } from './term-generator.js';
import { Bool } from '../../ir/core-constants.js';

/** Constants that are looked at, and ways to read data that are tried: the newest ones. */
const maxConstants = 40;
const maxReadings = 16;

/** A function from an inductive type, and two values of the type at which it differs. */
interface Reading {
  readonly type: Expr;
  readonly into: Expr;
  /** The level of the sort that `into` is in. */
  readonly level: Level;
  /** With the value that is read as loose variable 0. */
  readonly read: Expr;
  readonly values: readonly [Expr, Expr];
  /** The data read out of the two values, and their difference. */
  readonly results: Distinction;
}

/**
 * Proofs of False from this: if the kernel takes a type for a proposition, any two values of it are equal; if it lets
 * data be read out of it all the same, by projection or by recursion, the data are equal too, and they are not. Of the
 * newest types, or those of them that are looked at.
 */
export function differingProofs(
  random: Random,
  context: Context,
  isLookedAt: (name: Name) => boolean = () => true,
): Expr[] {
  return context.environment.added
    .slice(-maxConstants)
    .reverse()
    .filter(({ name }) => isLookedAt(name))
    .flatMap((constant) => readingsOf(random, context, constant))
    .slice(0, maxReadings)
    .flatMap((reading) => [reading, sealed(reading)].map(contradiction));
}

/** The same with the type seen behind `id Prop`, so that its sort is written Prop wherever it is asked for. */
function sealed(reading: Reading): Reading {
  return { ...reading, type: app(constant('id', [one]), sort(zero), reading.type) };
}

function readingsOf(random: Random, context: Context, { name, levelParams, details }: Constant): Reading[] {
  if (details.kind !== 'inductive') return [];
  const levels = levelParams.map(() => zero);
  const generator = (): KernelTermGenerator => KernelTermGenerator.behind(random, context);
  const parameters = orUndefined(() => parametersOf(generator(), name, levels, details.parameters));
  if (parameters === undefined) return [];
  const applied = { name, levels, parameters };
  const [only, second] = details.constructors;
  if (only === undefined) return [];
  const made = context.environment.find(only)?.details;
  const ways =
    second === undefined && made?.kind === 'constructor'
      ? Array.from({ length: made.fields }, (_, field) => [
          () => byProjection(generator(), applied, only, field),
          () => byRecursionToField(generator(), applied, only, field),
        ]).flat()
      : [() => byRecursion(generator(), applied, details)];
  return ways.map((way) => orUndefined(way)).filter((reading) => reading !== undefined);
}

/** Values for the parameters of a type. */
function parametersOf(
  g: KernelTermGenerator,
  name: string,
  levels: readonly Level[],
  count: number,
): readonly Expr[] | undefined {
  const type = g.t.typeOf(g.t.constant(name), levels);
  return fillBinders(type, (_, binder) => g.prove(binder.type, 3), count)?.args;
}

/** `x.i` of the one constructor's field. */
function byProjection(
  g: KernelTermGenerator,
  applied: Applied,
  constructor: string,
  field: number,
): Reading | undefined {
  const pair = differingIn(g, applied, constructor, field);
  if (pair === undefined) return undefined;
  const { type, values, fieldType: into, field: results } = pair;
  return { type, values, into, level: sortOf(g.t, into), read: proj(applied.name, field, bvar(0)), results };
}

/** The same field by the recursor. */
function byRecursionToField(
  g: KernelTermGenerator,
  applied: Applied,
  constructor: string,
  field: number,
): Reading | undefined {
  const reading = byProjection(g, applied, constructor, field);
  if (reading === undefined || indicesOf(g, applied.name) > 0) return undefined;
  const { into, level } = reading;
  const split = caseSplit(g.t, applied, into, level, (_, args) => args[field] ?? into);
  return split === undefined ? undefined : { ...reading, read: app(split, bvar(0)) };
}

/** The recursor into Bool that tells the first constructor from the others. */
function byRecursion(
  g: KernelTermGenerator,
  applied: Applied,
  details: InductiveDetails,
): Reading | undefined {
  const results = distinguish(g, Bool);
  const [first, second] = firstValues(g, applied, details.constructors);
  if (results === undefined || first === undefined || second === undefined || details.indices > 0)
    return undefined;
  const [one_, other] = results.values;
  const split = caseSplit(g.t, applied, Bool, one, (constructor) =>
    constructor === first.constructor ? one_ : other,
  );
  if (split === undefined) return undefined;
  const values = [first.value, second.value] as const;
  return { type: first.type, into: Bool, level: one, read: app(split, bvar(0)), values, results };
}

function indicesOf(g: KernelTermGenerator, name: string): number {
  const details = g.t.environment.find(name)?.details;
  return details?.kind === 'inductive' ? details.indices : 0;
}

/**
 * `(fun h => <False from h a b>) (fun x y => rfl)`, where h says that any two values are read alike: the kernel
 * believes that by proof irrelevance if it believes that the type is a proposition.
 */
function contradiction({ type, into, level, read, values, results }: Reading): Expr {
  const readAt = (value: Expr): Expr => instantiate(read, value);
  const alike = pi('x', type, pi('y', type, equal(level, into, readAt(bvar(1)), readAt(bvar(0)))));
  const reflexive = lambda(
    'x',
    type,
    lambda('y', type, app(constant('Eq.refl', [level]), into, readAt(bvar(1)))),
  );
  const same = app(bvar(0), ...values);
  return app(lambda('h', alike, fromEquation(into, level, results, same)), reflexive);
}

/**
 * Declarations written in TypeScript with its own functions for binders, for tables and tests:
 * `forall('x', Nat, (x) => equal(Nat, x, x))`.
 */
import type { Definition, Inductive } from './declaration.js';
import { abstractAll } from './expr-ops.js';
import { app, binder, constant, fvar, type BinderInfo, type Expr } from './expr.js';
import { param, type Level } from './level.js';
import { child, type Name } from './name.js';

/** Numbers variables that a body holds until it is bound: two terms may be in the making at once. */
let counter = 0;

export function forall(name: Name, type: Expr, body: (x: Expr) => Expr, info: BinderInfo = 'default'): Expr {
  return bind('pi', name, type, body, info);
}
export function fun(name: Name, type: Expr, body: (x: Expr) => Expr, info: BinderInfo = 'default'): Expr {
  return bind('lambda', name, type, body, info);
}
/** Non-dependent arrows: `arrows(a, b, c)` is `a → b → c`. */
export function arrows(...types: readonly Expr[]): Expr {
  const [first, ...rest] = types;
  if (first === undefined) throw new RangeError('arrows of nothing');
  return rest.length === 0 ? first : forall('a', first, () => arrows(...rest));
}

function bind(
  kind: 'pi' | 'lambda',
  name: Name,
  type: Expr,
  body: (x: Expr) => Expr,
  info: BinderInfo,
): Expr {
  const variable = `hoas.${counter++}`;
  return binder(kind, name, type, abstractAll(body(fvar(variable)), [variable]), info);
}

/** A parameter: its name, and its type given the parameters before it. */
export type Parameter = readonly [name: Name, type: (before: readonly Expr[]) => Expr];

/** An inductive type; `constructors` gets the parameters and the type applied to them. */
export function inductiveType(
  name: Name,
  levelParams: readonly Name[],
  parameters: readonly Parameter[],
  type: (parameters: readonly Expr[]) => Expr,
  constructors: (self: Expr, parameters: readonly Expr[]) => Record<string, Expr>,
): Inductive {
  const levels: Level[] = levelParams.map(param);
  const under = (
    result: (values: readonly Expr[]) => Expr,
    info: BinderInfo,
    values: readonly Expr[] = [],
  ): Expr => {
    const parameter = parameters[values.length];
    if (parameter === undefined) return result(values);
    return forall(parameter[0], parameter[1](values), (x) => under(result, info, [...values, x]), info);
  };
  const listed = (values: readonly Expr[]): Record<string, Expr> =>
    constructors(app(constant(name, levels), ...values), values);
  const names = Object.keys(listed(parameters.map(([p]) => fvar(p))));
  return {
    kind: 'inductive',
    levelParams,
    parameters: parameters.length,
    unsafe: false,
    types: [
      {
        name,
        type: under(type, 'default'),
        constructors: names.map((constructor) => ({
          name: child(name, constructor),
          type: under((values) => listed(values)[constructor] ?? constant(name), 'implicit'),
        })),
      },
    ],
  };
}

/** A safe definition with a regular height. */
export function define(
  name: Name,
  levelParams: readonly Name[],
  type: Expr,
  value: Expr,
  height = 1,
): Definition {
  return { kind: 'definition', name, levelParams, type, value, hint: height, safety: 'safe' };
}

import { unapply } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, pi, proj, sort, type Expr } from '../../ir/expr.js';
import { one, type Level, zero } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { InductiveDetails } from '../../kernel/environment.js';
import { isProposition } from '../../kernel/infer.js';
import { isZero } from '../../kernel/level-order.js';
import { whnf } from '../../kernel/reduce.js';
import { caseSplit, type Applied } from '../../kernel/refute/case-split.js';
import type { Distinction } from '../../kernel/refute/distinction.js';
import { fillBinders } from '../../kernel/refute/fill-binders.js';
import type { KernelTermGenerator } from './term-generator.js';
import { False, True } from '../../ir/core-constants.js';

/** Types inside types that are looked into. */
const maxDepth = 3;

/** Two values of a closed type that can be told apart, if some are found. */
export function distinguish(g: KernelTermGenerator, type: Expr, depth = maxDepth): Distinction | undefined {
  const reduced = whnf(g.t, type);
  if (reduced.kind === 'sort') return ofSort(reduced.level);
  // Of a proposition, no two values can be told apart.
  if (depth === 0 || isProposition(g.t, reduced)) return undefined;
  if (reduced.kind === 'pi') return ofFunctions(g, reduced.type, reduced.body, depth);
  const { head, args } = unapply(reduced);
  const details = head.kind === 'const' ? g.t.environment.find(head.name)?.details : undefined;
  if (head.kind !== 'const' || details?.kind !== 'inductive' || details.indices > 0) return undefined;
  const applied: Applied = { name: head.name, levels: head.levels, parameters: args };
  return details.constructors.length === 1
    ? ofStructure(g, applied, details, depth)
    : ofConstructors(g, applied, details);
}

/** Propositions, and types: one of them is inhabited. */
function ofSort(level: Level): Distinction | undefined {
  if (isZero(level))
    return { values: [True, False], holds: (p) => p, proof: constant('True.intro'), refute: (p) => p };
  if (level.kind !== 'succ' || level.of.kind !== 'zero') return undefined;
  const [Empty, Unit] = [constant('Empty'), constant('PUnit', [one])];
  const absurd = app(constant('Empty.rec', [zero]), lambda('_', Empty, False), bvar(0));
  return {
    values: [Empty, Unit],
    holds: (type) => pi('_', type, False),
    proof: lambda('x', Empty, absurd),
    refute: (proof) => app(proof, constant('PUnit.unit', [one])),
  };
}

/** Constant functions, told apart by what they make of one argument. */
function ofFunctions(
  g: KernelTermGenerator,
  domain: Expr,
  codomain: Expr,
  depth: number,
): Distinction | undefined {
  const arg = g.prove(domain, 3);
  if (arg === undefined || codomain.looseRange > 0) return undefined;
  const inner = distinguish(g, codomain, depth - 1);
  if (inner === undefined) return undefined;
  const [first, second] = inner.values;
  return {
    ...inner,
    values: [lambda('_', domain, first), lambda('_', domain, second)],
    holds: (fn) => inner.holds(app(fn, arg)),
  };
}

/** Values of a structure that differ in one field. */
function ofStructure(
  g: KernelTermGenerator,
  applied: Applied,
  details: InductiveDetails,
  depth: number,
): Distinction | undefined {
  const constructor = details.constructors[0] ?? '';
  const fields = g.t.environment.find(constructor)?.details;
  if (fields?.kind !== 'constructor') return undefined;
  for (let field = 0; field < fields.fields; field++) {
    const pair = differingIn(g, applied, constructor, field, depth - 1);
    if (pair !== undefined)
      return {
        ...pair.field,
        values: pair.values,
        holds: (value) => pair.field.holds(proj(applied.name, field, value)),
      };
  }
  return undefined;
}

/** Values of a constructor's type that differ in one field, the field's type, and its two values. */
export interface Differing {
  readonly values: readonly [Expr, Expr];
  readonly type: Expr;
  readonly fieldType: Expr;
  readonly field: Distinction;
}

/** Two values of a constructor that differ in one field only; nothing behind that field may depend on it. */
export function differingIn(
  g: KernelTermGenerator,
  { levels, parameters }: Applied,
  constructor: Name,
  field: number,
  depth = maxDepth,
): Differing | undefined {
  const made = g.t.environment.find(constructor);
  if (made === undefined) return undefined;
  let found: { readonly type: Expr; readonly distinction: Distinction } | undefined;
  const filled = fillBinders(g.t.typeOf(made, levels), (at, { type, body }) => {
    if (at - parameters.length !== field) return parameters[at] ?? g.prove(type, 3);
    const distinction = body.looseRange > 0 ? undefined : distinguish(g, type, depth);
    found = distinction === undefined ? undefined : { type, distinction };
    return distinction?.values[0];
  });
  if (filled === undefined || found === undefined) return undefined;
  const { type: fieldType, distinction } = found;
  const valueWith = (value: Expr): Expr =>
    app(constant(constructor, levels), ...filled.args.with(parameters.length + field, value));
  const [first, second] = distinction.values;
  return {
    values: [valueWith(first), valueWith(second)],
    type: filled.rest,
    fieldType,
    field: distinction,
  };
}

/** Values of the first two constructors that some value is found of. */
function ofConstructors(
  g: KernelTermGenerator,
  applied: Applied,
  details: InductiveDetails,
): Distinction | undefined {
  const found = firstValues(g, applied, details.constructors);
  const [first, second] = found;
  if (first === undefined || second === undefined) return undefined;
  const split = caseSplit(g.t, applied, sort(zero), one, (constructor) =>
    constructor === first.constructor ? True : False,
  );
  if (split === undefined) return undefined;
  return {
    values: [first.value, second.value],
    holds: (value) => app(split, value),
    proof: constant('True.intro'),
    refute: (proof) => proof,
  };
}

/** Values of the first two constructors that can be applied to something, and their types. */
export function firstValues(
  g: KernelTermGenerator,
  { levels, parameters }: Applied,
  constructors: readonly Name[],
): { readonly constructor: Name; readonly value: Expr; readonly type: Expr }[] {
  const found: { constructor: Name; value: Expr; type: Expr }[] = [];
  for (const constructor of constructors) {
    const made = g.t.environment.find(constructor);
    if (made === undefined || found.length === 2) continue;
    const filled = fillBinders(
      g.t.typeOf(made, levels),
      (at, { type }) => parameters[at] ?? g.prove(type, 3),
    );
    if (filled === undefined) continue;
    const { args, rest: type } = filled;
    found.push({ constructor, value: app(constant(constructor, levels), ...args), type });
  }
  return found;
}

/** An inductive type at levels and parameters that it takes. */
export function someApplied(g: KernelTermGenerator, name: string): Applied | undefined {
  const type = g.t.constant(name);
  if (type.details.kind !== 'inductive') return undefined;
  const levels = type.levelParams.map(() => zero);
  const { parameters } = type.details;
  const filled = fillBinders(g.t.typeOf(type, levels), (_, binder) => g.prove(binder.type, 3), parameters);
  return filled && { name, levels, parameters: filled.args };
}

import { childrenOf, instantiate, unapply } from '../../ir/expr-ops.js';
import { app, constant, lambda, nat, proj, sort, type Expr, type ExprOf } from '../../ir/expr.js';
import { one, zero } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { Bool, False, Str, True } from '../../ir/core-constants.js';
import { equal } from '../base/terms.js';
import { DontKnow } from '../failure.js';
import { literalOf, naturalToConstructor } from '../literals.js';
import { whnf } from '../reduce.js';
import { structureOf, type StructureShape } from '../structures.js';
import { caseSplit, type Applied } from './case-split.js';
import type { Means } from './means.js';

/** Of a truth value, the proposition that it is true: False or True itself, as it computes. */
const isTrue = app(constant('Bool.rec', [one]), lambda('_', Bool, sort(zero)), False, True);
/** Types inside types that are looked into. */
const maxDepth = 6;

/** A predicate that computes to True on one value and to False on another. */
export type Test = (value: Expr) => Expr;

/** A test that tells two values of a type apart, if their shapes differ somewhere. */
export function separate(m: Means, type: Expr, a: Expr, b: Expr, depth = maxDepth): Test | undefined {
  if (depth === 0) return undefined;
  const reduced = whnf(m.t, type);
  if (reduced.kind === 'pi') return separateFunctions(m, reduced, a, b, depth);
  const { head, args: parameters } = unapply(reduced);
  if (head.kind !== 'const') return undefined;
  if (head.name === 'Nat') return separateNumbers(m, a, b);
  if (head.name === 'Bool') return separateTruths(m, a, b);
  if (head.name === 'String') return separateTexts(m, a, b);
  const applied = { name: head.name, levels: head.levels, parameters };
  const structure = structureOf(m.t, head.name);
  return structure === undefined
    ? separateConstructors(m, applied, a, b, depth)
    : separateFields(m, applied, structure, a, b, depth);
}

function separateFunctions(
  m: Means,
  type: ExprOf<'lambda' | 'pi'>,
  a: Expr,
  b: Expr,
  depth: number,
): Test | undefined {
  const arg = m.inhabit(type.type);
  if (arg === undefined) return undefined;
  const inner = separate(m, instantiate(type.body, arg), app(a, arg), app(b, arg), depth - 1);
  return inner === undefined ? undefined : (value) => inner(app(value, arg));
}

function separateNumbers(m: Means, a: Expr, b: Expr): Test | undefined {
  const [left, right] = [computed(() => literalOf(m.t, a)), computed(() => literalOf(m.t, b))];
  if (left !== undefined && left === right) return undefined;
  if (left === undefined || right === undefined) {
    if (m.trusting !== true || hasLocals(a) || hasLocals(b)) return undefined;
    return (value) => app(isTrue, app(constant('Nat.beq'), value, a));
  }
  return (value) => app(isTrue, app(constant('Nat.beq'), value, nat(left)));
}

/** By a look at both: constructors that differ, or values that are not to be seen here. */
function separateTruths(m: Means, a: Expr, b: Expr): Test | undefined {
  const [left, right] = [computed(() => constructorOf(m, a)), computed(() => constructorOf(m, b))];
  if (left !== undefined && left.name === right?.name) return undefined;
  const isKnown = left !== undefined && right !== undefined;
  if (!isKnown && (m.trusting !== true || hasLocals(a) || hasLocals(b))) return undefined;
  const isFalse = app(constant('Bool.rec', [one]), lambda('_', Bool, sort(zero)), True, False);
  const alike = app(
    constant('Bool.rec', [one]),
    lambda('_', Bool, sort(zero)),
    app(isFalse, a),
    app(isTrue, a),
  );
  return (value) => app(alike, value);
}

/** The result of a computation; undefined where the checker gives up on it. */
function computed<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DontKnow) return undefined;
    throw error;
  }
}

function hasLocals(root: Expr): boolean {
  const seen = new Set<Expr>();
  const stack: Expr[] = [root];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    if (e.kind === 'fvar' || e.kind === 'mvar') return true;
    const children = childrenOf(e);
    if (children.length === 0 || seen.has(e)) continue;
    seen.add(e);
    stack.push(...children);
  }
  return false;
}

/** By Lean's own decision procedure, of which we know nothing more: a literal is no constructor of its type. */
function separateTexts(m: Means, a: Expr, b: Expr): Test | undefined {
  if (m.trusting !== true) return undefined;
  const [left, right] = [whnf(m.t, a), whnf(m.t, b)];
  if (left.kind !== 'string' || right.kind !== 'string' || left.value === right.value) return undefined;
  return (value) => {
    const isSame = equal(one, Str, value, left);
    const decided = app(constant('instDecidableEqString'), value, left);
    return app(isTrue, app(constant('Decidable.decide'), isSame, decided));
  };
}

/** By the first field in which they differ. */
function separateFields(
  m: Means,
  { name, levels, parameters }: Applied,
  structure: StructureShape,
  a: Expr,
  b: Expr,
  depth: number,
): Test | undefined {
  const [left, right] = [constructorOf(m, a), constructorOf(m, b)];
  const projected = (field: number, of: Expr): Expr | undefined =>
    m.trusting === true ? proj(name, field, of) : undefined;
  let rest = m.t.typeOf(m.t.constant(structure.constructor), levels);
  for (let at = 0; rest.kind === 'pi'; at++) {
    const field = at - parameters.length;
    const x = field < 0 ? parameters[at] : (left?.args[at] ?? projected(field, a));
    const y = field < 0 ? parameters[at] : (right?.args[at] ?? projected(field, b));
    if (x === undefined || y === undefined) return undefined;
    const inner = field < 0 ? undefined : separate(m, rest.type, x, y, depth - 1);
    if (inner !== undefined) return (value) => inner(proj(name, field, value));
    rest = instantiate(rest.body, x);
  }
  return undefined;
}

function separateConstructors(m: Means, applied: Applied, a: Expr, b: Expr, depth: number): Test | undefined {
  const details = m.t.environment.find(applied.name)?.details;
  if (details?.kind !== 'inductive' || details.indices > 0) return undefined;
  const [left, right] = [constructorOf(m, a), constructorOf(m, b)];
  if (left === undefined || right === undefined) return undefined;
  const inner = left.name === right.name ? separateArguments(m, applied, left, right, depth) : undefined;
  if (left.name === right.name && inner === undefined) return undefined;
  const split = caseSplit(m.t, applied, sort(zero), one, (constructor, args) =>
    constructor === left.name ? (inner?.(args) ?? True) : False,
  );
  return split === undefined ? undefined : (value) => app(split, value);
}

/** A test of the fields that a constructor was given, by the first in which two values of it differ. */
function separateArguments(
  m: Means,
  { levels, parameters }: Applied,
  left: Made,
  right: Made,
  depth: number,
): ((fields: readonly Expr[]) => Expr) | undefined {
  let rest = m.t.typeOf(m.t.constant(left.name), levels);
  for (let at = 0; rest.kind === 'pi'; at++) {
    const [x, y] = [left.args[at], right.args[at]];
    if (x === undefined || y === undefined) return undefined;
    const field = at - parameters.length;
    const inner = field < 0 ? undefined : separate(m, rest.type, x, y, depth - 1);
    if (inner !== undefined) {
      return (fields) => {
        const value = fields[field];
        return value === undefined ? True : inner(value);
      };
    }
    rest = instantiate(rest.body, x);
  }
  return undefined;
}

/** A value as a constructor and all its arguments, parameters first. */
interface Made {
  readonly name: Name;
  readonly args: readonly Expr[];
}

function constructorOf(m: Means, value: Expr): Made | undefined {
  const { head, args } = unapply(constructed(m, value));
  const details = head.kind === 'const' ? m.t.environment.find(head.name)?.details : undefined;
  return head.kind === 'const' && details?.kind === 'constructor' ? { name: head.name, args } : undefined;
}

/** A value in weak head normal form, a number literal as a constructor. */
function constructed(m: Means, value: Expr): Expr {
  const reduced = whnf(m.t, value);
  return reduced.kind === 'nat' ? naturalToConstructor(reduced.value) : reduced;
}

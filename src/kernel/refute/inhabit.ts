import { Bool, False, Nat, True, yes } from '../../ir/core-constants.js';
import { headKey, instantiate, unapply } from '../../ir/expr-ops.js';
import { app, constant, lambda, nat, string, type Expr, type ExprOf } from '../../ir/expr.js';
import { one, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { InductiveDetails } from '../environment.js';
import { equalTerms } from '../equality.js';
import { sortOf } from '../infer.js';
import { equalLevels, isZero } from '../level-order.js';
import { literalOf } from '../literals.js';
import { whnf } from '../reduce.js';
import { close, open } from '../telescope.js';
import { fillBinders } from './fill-binders.js';
import type { Asked } from './means.js';

/** Values of a type that are tried where it is that of an argument. */
const maxValues = 2;

/**
 * Terms of a type, simple ones first, by rule: constructors on what is inhabited itself, reflexivity, constant
 * functions, functions of what does not exist, and what locals or other constants state.
 */
export function inhabitants(m: Asked, type: Expr, depth: number): readonly Expr[] {
  const reduced = whnf(m.t, type);
  const byRule = ruled(m, reduced, depth).slice(0, maxValues);
  return byRule.length > 0 ? byRule : stated(m, reduced).slice(0, 1);
}

function ruled(m: Asked, type: Expr, depth: number): readonly Expr[] {
  if (type.kind === 'sort') return typesIn(type.level);
  if (type.kind === 'pi') return functionOf(m, type, depth);
  const { head, args } = unapply(type);
  if (head.kind !== 'const') return [];
  switch (head.name) {
    case 'Nat':
      return [nat(0), nat(1)];
    case 'String':
      return [string('')];
    case 'Eq':
    case 'HEq':
      return reflexivity(m, head, args);
    case 'Nat.le':
      return orderOf(m, args);
  }
  const details = m.t.environment.find(head.name)?.details;
  return details?.kind === 'inductive' ? constructed(m, type, head, args, details, depth) : [];
}

/** A type that has values, then one that has none. */
function typesIn(level: Level): readonly Expr[] {
  if (isZero(level)) return [True, False];
  if (equalLevels(level, one)) return [Nat, constant('Empty')];
  return [constant('PUnit', [level]), constant('PEmpty', [level])];
}

function functionOf(m: Asked, type: ExprOf<'lambda' | 'pi'>, depth: number): readonly Expr[] {
  const argument = open(m.t, type.name, type.type, type.info);
  const into = instantiate(type.body, argument.local);
  m.locals.push(argument);
  const value = isFalse(into) ? undefined : m.inhabitants(into, depth - 1)[0];
  const made = value ?? absurd(m, into, argument, depth - 1);
  m.locals.pop();
  return made === undefined ? [] : [close('lambda', [argument], made)];
}

/** Whether a type is False, which has no values: only an argument without values makes a function into it. */
function isFalse(type: Expr): boolean {
  return type.kind === 'const' && type.name === 'False';
}

/** Anything from an argument that does not exist. */
function absurd(
  m: Asked,
  into: Expr,
  { local, type }: Asked['locals'][number],
  depth: number,
): Expr | undefined {
  const refuted = m.refute(type, local, depth);
  if (refuted === undefined) return undefined;
  const motive = lambda('_', False, into);
  return app(constant('False.rec', [sortOf(m.t, into)]), motive, refuted.proof);
}

function reflexivity(m: Asked, head: ExprOf<'const'>, args: readonly Expr[]): readonly Expr[] {
  const [type, left, other, last] = args;
  const right = head.name === 'Eq' ? other : last;
  if (type === undefined || left === undefined || right === undefined) return [];
  if (head.name === 'HEq' && (other === undefined || !equalTerms(m.t, type, other))) return [];
  return equalTerms(m.t, left, right) ? [app(constant(`${head.name}.refl`, head.levels), type, left)] : [];
}

function orderOf(m: Asked, [left, right]: readonly Expr[]): readonly Expr[] {
  const [a, b] = [literalOf(m.t, left), literalOf(m.t, right)];
  if (a === undefined || b === undefined || a > b || left === undefined || right === undefined) return [];
  const computed = app(constant('Eq.refl', [one]), Bool, yes);
  return [app(constant('Nat.le_of_ble_eq_true'), left, right, computed)];
}

/** Constructors that can be applied to something. */
function constructed(
  m: Asked,
  type: Expr,
  { levels }: ExprOf<'const'>,
  args: readonly Expr[],
  details: InductiveDetails,
  depth: number,
): readonly Expr[] {
  const parameters = args.slice(0, details.parameters);
  const values: Expr[] = [];
  for (const name of fewestFieldsFirst(m, details.constructors)) {
    if (values.length === maxValues) break;
    const constructor = m.t.environment.find(name);
    if (constructor === undefined) continue;
    const filled = fillBinders(
      m.t.typeOf(constructor, levels),
      (at, binder) => parameters[at] ?? m.inhabitants(binder.type, depth - 1)[0],
    );
    if (filled === undefined) continue;
    if (details.indices > 0 && !equalTerms(m.t, filled.rest, type)) continue;
    values.push(app(constant(name, levels), ...filled.args));
  }
  return values;
}

function fewestFieldsFirst(m: Asked, constructors: readonly Name[]): Name[] {
  const fields = (name: Name): number => {
    const details = m.t.environment.find(name)?.details;
    return details?.kind === 'constructor' ? details.fields : Infinity;
  };
  return [...constructors].sort((a, b) => fields(a) - fields(b));
}

/** Locals and constants whose type is this one. */
function stated(m: Asked, type: Expr): Expr[] {
  const local = [...m.locals].reverse().find((known) => isThis(m, type, known.type));
  if (local !== undefined) return [local.local];
  const fact = m.facts.find((known) => isThis(m, type, known.type));
  return fact === undefined ? [] : [fact.term];
}

function isThis(m: Asked, type: Expr, other: Expr): boolean {
  const known = whnf(m.t, other);
  return headKey(type) === headKey(known) && isAlike(type, known) && equalTerms(m.t, type, known);
}

/** Whether functions take as many arguments and give the like, as far as that is written out: most do not. */
function isAlike(type: Expr, other: Expr): boolean {
  let [a, b] = [type, other];
  for (; a.kind === 'pi' && b.kind === 'pi'; [a, b] = [a.body, b.body])
    if (headKey(a.type) !== headKey(b.type)) return false;
  return headKey(a) === headKey(b);
}

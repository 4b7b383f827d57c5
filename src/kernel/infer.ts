import { abstract, instantiate, instantiateAll, unapply } from '../ir/expr-ops.js';
import { constant, pi, proj, sort, type Expr, type ExprOf } from '../ir/expr.js';
import { imax, succ, type Level } from '../ir/level.js';
import { isSmallLevel, simplifyLevel } from '../ir/simplify-level.js';
import { equalTerms } from './equality.js';
import { DontKnow, IllTyped, notModelled } from './failure.js';
import { isZero } from './level-order.js';
import { isUnknown, whnf } from './reduce.js';
import type { Typing } from './typing.js';

/** The type of a term that is known to have one: nothing is checked. */
export function inferType(t: Typing, expr: Expr): Expr {
  return infer(t, expr, false);
}

/** The type of a term, everything checked. IllTyped where it has none. */
export function checkType(t: Typing, expr: Expr): Expr {
  return infer(t, expr, true);
}

/** The level of the sort that a type lives in. IllTyped for a term that is no type. */
export function sortOf(t: Typing, type: Expr, check = false): Level {
  const sortType = whnf(t, infer(t, type, check));
  if (sortType.kind === 'sort') return simplifyLevel(requireSmall(sortType.level));
  throw failure(t, sortType, 'a type was expected');
}

/** What is wrong with a type in weak head normal form, unless it might reduce further. */
function failure(t: Typing, type: Expr, problem: string): Error {
  return isUnknown(t, type) ? new DontKnow(notModelled) : new IllTyped(problem);
}

/** Nodes that a level may have. */
const maxLevel = 200;

function requireSmall(level: Level): Level {
  if (!isSmallLevel(level, maxLevel)) throw new DontKnow('a level that has grown too large');
  return level;
}

/** Whether a term is a proof: its type is a proposition. */
export function isProof(t: Typing, expr: Expr): boolean {
  return isProposition(t, inferType(t, expr));
}

export function isProposition(t: Typing, type: Expr): boolean {
  const sortType = whnf(t, inferType(t, type));
  return sortType.kind === 'sort' && isZero(sortType.level);
}

function infer(t: Typing, expr: Expr, check: boolean): Expr {
  // What was only inferred may not stand in for what was checked.
  const cache = check ? t.checked : t.inferred;
  const known = cache.get(expr);
  if (known !== undefined) return known;
  t.step(expr);
  const type = inferNode(t, expr, check);
  cache.set(expr, type);
  return type;
}

function inferNode(t: Typing, e: Expr, check: boolean): Expr {
  switch (e.kind) {
    case 'bvar':
      throw new IllTyped('a loose bound variable');
    case 'mvar':
      throw new IllTyped('a metavariable');
    case 'fvar': {
      const local = t.locals.get(e.name);
      if (local === undefined) throw new IllTyped(`unknown free variable ${e.name}`);
      return local.type;
    }
    case 'sort':
      checkLevel(t, e.level, check);
      return sort(succ(e.level));
    case 'const': {
      const found = t.constant(e.name);
      if (found.levelParams.length !== e.levels.length) {
        throw new IllTyped(`${e.name} takes ${found.levelParams.length} levels, got ${e.levels.length}`);
      }
      for (const level of e.levels) checkLevel(t, level, check);
      return t.typeOf(found, e.levels);
    }
    case 'app':
      return inferApplication(t, e, check);
    case 'lambda': {
      if (check) sortOf(t, e.type, true);
      const local = t.bind(e.type);
      const body = infer(t, instantiate(e.body, local), check);
      return pi(e.name, e.type, abstract(body, (local as ExprOf<'fvar'>).name), e.info);
    }
    case 'pi': {
      const domain = sortOf(t, e.type, check);
      const local = t.bind(e.type);
      return sort(imax(domain, sortOf(t, instantiate(e.body, local), check)));
    }
    case 'let': {
      if (check) {
        sortOf(t, e.type, true);
        requireEqual(t, e.type, infer(t, e.value, true), 'a let value of another type');
      }
      return infer(t, instantiate(e.body, e.value), check);
    }
    case 'nat':
      return constant('Nat');
    case 'string':
      return constant('String');
    case 'proj':
      return inferProjection(t, e, check);
    case 'mdata':
      return infer(t, e.of, check);
  }
}

function inferApplication(t: Typing, e: ExprOf<'app'>, check: boolean): Expr {
  const { head, args } = unapply(e);
  let type = infer(t, head, check);
  let from = 0;
  for (const [i, arg] of args.entries()) {
    if (type.kind !== 'pi') {
      type = whnf(t, instantiateAll(type, args.slice(from, i)));
      from = i;
      if (type.kind !== 'pi') throw failure(t, type, 'a function was expected');
    }
    if (check) {
      const domain = instantiateAll(type.type, args.slice(from, i));
      requireEqual(t, domain, infer(t, arg, true), 'an argument of another type');
    }
    type = type.body;
  }
  return instantiateAll(type, args.slice(from));
}

function inferProjection(t: Typing, e: ExprOf<'proj'>, check: boolean): Expr {
  const type = whnf(t, infer(t, e.of, check));
  const { head, args } = unapply(type);
  if (head.kind !== 'const' || head.name !== e.structure)
    throw failure(t, type, 'a projection of something else');
  const details = t.environment.find(e.structure)?.details;
  if (
    details?.kind !== 'inductive' ||
    details.constructors.length !== 1 ||
    args.length !== details.parameters + details.indices
  ) {
    throw new IllTyped(`a projection of ${e.structure}, which is no structure`);
  }
  const made = t.constant(details.constructors[0] ?? '');
  let rest = t.typeOf(made, head.levels);
  for (const parameter of args.slice(0, details.parameters)) rest = instantiateBinder(t, rest, parameter);
  const fromProof = isProposition(t, type);
  for (let index = 0; index < e.index; index++) {
    const binder = whnf(t, rest);
    if (binder.kind !== 'pi') throw new IllTyped('a projection beyond the last field');
    // Data of a proof may not be read, not even to say the type of a later field.
    if (fromProof && binder.body.looseRange > 0 && !isProposition(t, binder.type))
      throw new IllTyped('data out of a proof');
    rest = instantiate(binder.body, proj(e.structure, index, e.of));
  }
  const field = whnf(t, rest);
  if (field.kind !== 'pi') throw new IllTyped('a projection beyond the last field');
  if (fromProof && !isProposition(t, field.type)) throw new IllTyped('data out of a proof');
  return field.type;
}

function instantiateBinder(t: Typing, type: Expr, value: Expr): Expr {
  const binder = whnf(t, type);
  if (binder.kind !== 'pi') throw new IllTyped('a constructor with too few parameters');
  return instantiate(binder.body, value);
}

function requireEqual(t: Typing, a: Expr, b: Expr, otherwise: string): void {
  if (!equalTerms(t, a, b)) throw new IllTyped(otherwise);
}

function checkLevel(t: Typing, level: Level, check: boolean): void {
  if (!check) return;
  switch (level.kind) {
    case 'zero':
      return;
    case 'succ':
      return checkLevel(t, level.of, check);
    case 'max':
    case 'imax':
      checkLevel(t, level.left, check);
      return checkLevel(t, level.right, check);
    case 'param':
      if (t.levelParams !== null && !t.levelParams.has(level.name))
        throw new IllTyped(`unknown level parameter ${level.name}`);
      return;
    case 'mvar':
      throw new IllTyped('a level metavariable');
  }
}

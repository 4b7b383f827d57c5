import { instantiate, unapply } from '../ir/expr-ops.js';
import { app, bvar, lambda, sameExpr, type Expr, type ExprOf } from '../ir/expr.js';
import type { Constant } from './environment.js';
import { DontKnow, notModelled } from './failure.js';
import { inferType, isProposition } from './infer.js';
import { equalLevels } from './level-order.js';
import { literalOf, reduceNatural, stringToConstructor } from './literals.js';
import {
  expandStructure,
  isUnknown,
  naturalToConstructor,
  structureOf,
  unfold,
  whnf,
  whnfCore,
} from './reduce.js';
import type { Typing } from './typing.js';

/** Whether two terms are equal by definition. Both must have a type, and the same one. */
export function equalTerms(t: Typing, a: Expr, b: Expr): boolean {
  if (sameExpr(a, b)) return true;
  t.step(a);
  t.step(b);
  const quick = equalHeads(t, a, b);
  if (quick !== undefined) return quick;
  const x = whnfCore(t, a);
  const y = whnfCore(t, b);
  if (sameExpr(x, y)) return true;
  if (x !== a || y !== b) {
    const again = equalHeads(t, x, y);
    if (again !== undefined) return again;
  }
  if (equalProofs(t, x, y)) return true;
  return equalByUnfolding(t, x, y);
}

/** Decides where the shapes alone tell; undefined where they do not. */
function equalHeads(t: Typing, a: Expr, b: Expr): boolean | undefined {
  if (a.kind === 'sort' && b.kind === 'sort') return equalLevels(a.level, b.level);
  if ((a.kind === 'lambda' && b.kind === 'lambda') || (a.kind === 'pi' && b.kind === 'pi'))
    return equalBinders(t, a, b);
  if (a.kind === 'nat' && b.kind === 'nat') return a.value === b.value;
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  return undefined;
}

function equalBinders(t: Typing, a: ExprOf<'lambda' | 'pi'>, b: ExprOf<'lambda' | 'pi'>): boolean {
  if (!equalTerms(t, a.type, b.type)) return false;
  if (a.body.looseRange === 0 && b.body.looseRange === 0) return equalTerms(t, a.body, b.body);
  const local = t.bind(a.type);
  return equalTerms(t, instantiate(a.body, local), instantiate(b.body, local));
}

/** Two proofs of the same proposition. */
function equalProofs(t: Typing, a: Expr, b: Expr): boolean {
  if (isSortOrBinder(a) || isSortOrBinder(b)) return false;
  const type = inferType(t, a);
  return isProposition(t, type) && equalTerms(t, type, inferType(t, b));
}

function isSortOrBinder(e: Expr): boolean {
  return e.kind === 'sort' || e.kind === 'pi' || e.kind === 'nat' || e.kind === 'string';
}

/** Unfolds the later definition first, and compares arguments where both have the same head. */
function equalByUnfolding(t: Typing, a: Expr, b: Expr): boolean {
  let [x, y] = [a, b];
  for (;;) {
    t.step(x);
    const computed = reduceEither(t, x, y);
    if (computed !== undefined) return equalTerms(t, computed[0], computed[1]);
    const hx = definitionHeight(t, x);
    const hy = definitionHeight(t, y);
    if (hx < 0 && hy < 0) return equalStuck(t, x, y);
    if (hx === hy && sameHeadArguments(t, x, y)) return true;
    if (hx >= hy) x = whnfCore(t, unfold(t, x) ?? x);
    if (hy >= hx) y = whnfCore(t, unfold(t, y) ?? y);
    if (sameExpr(x, y)) return true;
    const quick = equalHeads(t, x, y);
    if (quick !== undefined) return quick;
  }
}

function reduceEither(t: Typing, x: Expr, y: Expr): [Expr, Expr] | undefined {
  const rx = reduceNatural(t, x);
  if (rx !== undefined) return [rx, y];
  const ry = reduceNatural(t, y);
  return ry === undefined ? undefined : [x, ry];
}

/** How late a definition is to be unfolded; negative for what is none. */
function definitionHeight(t: Typing, e: Expr): number {
  const { head } = unapply(e);
  const found = head.kind === 'const' ? t.environment.find(head.name) : undefined;
  if (found === undefined || head.kind !== 'const' || found.levelParams.length !== head.levels.length)
    return -1;
  return heightOf(found);
}

function heightOf({ details }: Constant): number {
  if (details.kind === 'theorem') return 0;
  if (details.kind !== 'definition') return -1;
  if (details.hint === 'opaque') return 0;
  return details.hint === 'abbreviation' ? Infinity : details.hint + 1;
}

function sameHeadArguments(t: Typing, a: Expr, b: Expr): boolean {
  const [x, y] = [unapply(a), unapply(b)];
  if (x.args.length === 0 || x.args.length !== y.args.length || !equalConstants(x.head, y.head)) return false;
  return x.args.every((arg, i) => equalTerms(t, arg, y.args[i] ?? arg));
}

function equalConstants(a: Expr, b: Expr): boolean {
  if (a.kind !== 'const' || b.kind !== 'const' || a.name !== b.name || a.levels.length !== b.levels.length)
    return false;
  return a.levels.every((level, i) => equalLevels(level, b.levels[i] ?? level));
}

/** Nothing is left to unfold: the same head with equal arguments, or equal by eta. */
function equalStuck(t: Typing, a: Expr, b: Expr): boolean {
  if (equalConstants(a, b)) return true;
  if (a.kind === 'fvar' && b.kind === 'fvar' && a.name === b.name) return true;
  if (a.kind === 'proj' && b.kind === 'proj' && a.index === b.index && equalTerms(t, a.of, b.of)) return true;
  const [x, y] = [unapply(a), unapply(b)];
  if (x.args.length > 0 && x.args.length === y.args.length && equalTerms(t, x.head, y.head)) {
    if (x.args.every((arg, i) => equalTerms(t, arg, y.args[i] ?? arg))) return true;
  }
  if (equalByEta(t, a, b) || equalByEta(t, b, a) || equalLiterals(t, a, b) || equalUnits(t, a, b))
    return true;
  if (isUnknown(t, a) || isUnknown(t, b)) throw new DontKnow(notModelled);
  return false;
}

/** `a` is a function or a structure written out, `b` its value. */
function equalByEta(t: Typing, a: Expr, b: Expr): boolean {
  if (a.kind === 'lambda' && b.kind !== 'lambda') {
    const type = whnf(t, inferType(t, b));
    return type.kind === 'pi' && equalTerms(t, a, lambda(type.name, type.type, app(b, bvar(0)), type.info));
  }
  const { head, args } = unapply(a);
  const details = head.kind === 'const' ? t.environment.find(head.name)?.details : undefined;
  if (details?.kind !== 'constructor' || args.length !== details.parameters + details.fields) return false;
  const structure = structureOf(t, details.inductive);
  if (structure === undefined || details.fields === 0) return false;
  const type = whnf(t, inferType(t, b));
  const made = unapply(type);
  if (made.head.kind !== 'const' || made.head.name !== details.inductive) return false;
  if (!equalTerms(t, inferType(t, a), type)) return false;
  const expanded = unapply(expandStructure(structure, made.head, made.args, details.inductive, b));
  return args.every((arg, i) => i < details.parameters || equalTerms(t, arg, expanded.args[i] ?? arg));
}

/** All values of a structure without fields are equal. */
function equalUnits(t: Typing, a: Expr, b: Expr): boolean {
  const type = whnf(t, inferType(t, a));
  const { head } = unapply(type);
  const structure = head.kind === 'const' ? structureOf(t, head.name) : undefined;
  return structure?.fields === 0 && equalTerms(t, type, inferType(t, b));
}

/** A literal against a constructor application. */
function equalLiterals(t: Typing, a: Expr, b: Expr): boolean {
  for (const [literal, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (literal.kind === 'nat' && other.kind !== 'nat') {
      const value = literalOf(t, other);
      if (value !== undefined) return value === literal.value;
      if (other.kind === 'app') return equalStuckConstructors(t, naturalToConstructor(literal.value), other);
    }
    if (literal.kind === 'string' && other.kind !== 'string')
      return equalTerms(t, stringToConstructor(literal.value), other);
  }
  return false;
}

function equalStuckConstructors(t: Typing, a: Expr, b: Expr): boolean {
  return a.kind === 'app' && b.kind === 'app' && equalConstants(a.fn, b.fn) && equalTerms(t, a.arg, b.arg);
}

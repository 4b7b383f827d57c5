/**
 * Whether two terms are equal by definition. The order of the questions is part of the answer: it is not transitive, so
 * that what is asked first decides some verdicts. It is the order of the official kernel.
 */
import { instantiateAll, unapply } from '../ir/expr-ops.js';
import { app, bvar, hasFvar, lambda, proj, sameExpr, type Expr, type ExprOf } from '../ir/expr.js';
import { DontKnow, notModelled } from './failure.js';
import { inferType, isProp } from './infer.js';
import { equalByUnfolding } from './unfolding.js';
import { stringToConstructor } from './literals.js';
import { isUnknown, whnf, whnfCore } from './reduce.js';
import { structureOf } from './structures.js';
import type { Typing } from './typing.js';

/** Whether two terms are equal by definition. Both must have a type, and the same one. */
export function equalTerms(t: Typing, a: Expr, b: Expr): boolean {
  if (!t.isAtWork) return t.ask(() => equalTerms(t, a, b));
  const quick = equalByShape(t, a, b);
  if (quick !== undefined) return quick;
  t.step(a);
  t.step(b);
  const equal = compare(t, a, b);
  if (equal) t.equal.add(a, b);
  return equal;
}

/** Decides where the shapes alone tell, or what was found before; undefined where they do not. */
export function equalByShape(t: Typing, a: Expr, b: Expr): boolean | undefined {
  if (sameExpr(a, b) || t.equal.has(a, b)) return true;
  if (a.kind !== b.kind) return undefined;
  switch (a.kind) {
    case 'lambda':
    case 'pi':
      return equalBinders(t, a, b);
    case 'sort':
      return t.rules.levels.equal(a.level, (b as ExprOf<'sort'>).level, t);
    case 'nat':
    case 'string':
      return a.value === (b as ExprOf<'nat'>).value;
    default:
      return undefined;
  }
}

/** Binder by binder; a new variable only where a body mentions it. */
function equalBinders(t: Typing, a: ExprOf<'lambda' | 'pi'>, b: Expr): boolean {
  const locals: Expr[] = [];
  let [x, y]: [Expr, Expr] = [a, b];
  while ((x.kind === 'lambda' || x.kind === 'pi') && x.kind === y.kind && x.kind === a.kind) {
    const other = y as ExprOf<'lambda' | 'pi'>;
    let type: Expr | undefined;
    if (!sameExpr(x.type, other.type)) {
      type = instantiateAll(other.type, locals);
      if (!equalTerms(t, instantiateAll(x.type, locals), type)) return false;
    }
    const used = x.body.looseRange > 0 || other.body.looseRange > 0;
    locals.push(used ? t.bind(type ?? instantiateAll(other.type, locals)) : bvar(0));
    [x, y] = [x.body, other.body];
  }
  return equalTerms(t, instantiateAll(x, locals), instantiateAll(y, locals));
}

function compare(t: Typing, a: Expr, b: Expr): boolean {
  if (isTrue(b) && ((a.has & hasFvar) === 0 || t.eager) && isTrue(whnf(t, a))) return true;
  const x = whnfCore(t, a, true);
  const y = whnfCore(t, b, true);
  if (x !== a || y !== b) {
    const quick = equalByShape(t, x, y);
    if (quick !== undefined) return quick;
  }
  const proofs = equalProofs(t, x, y);
  if (proofs !== undefined) return proofs;
  const unfolded = equalByUnfolding(t, x, y);
  return typeof unfolded === 'boolean' ? unfolded : equalStuck(t, ...unfolded);
}

function isTrue(e: Expr): boolean {
  return e.kind === 'const' && e.name === 'Bool.true';
}

/** Two proofs of propositions are equal iff these are; undefined where the first is no proof. */
function equalProofs(t: Typing, a: Expr, b: Expr): boolean | undefined {
  // Types are no proofs, whatever they are: their types are sorts.
  if (a.kind === 'sort' || a.kind === 'pi') return undefined;
  const type = inferType(t, a);
  if (!isProp(t, type)) return undefined;
  return equalTerms(t, type, inferType(t, b));
}

/** Nothing is left to unfold: the same head with equal arguments, or equal by eta. */
function equalStuck(t: Typing, a: Expr, b: Expr): boolean {
  if (a.kind === 'const' && b.kind === 'const' && equalConstants(t, a, b)) return true;
  if (a.kind === 'fvar' && b.kind === 'fvar' && a.name === b.name) return true;
  if (
    a.kind === 'proj' &&
    b.kind === 'proj' &&
    a.index === b.index &&
    a.structure === b.structure &&
    equalTerms(t, a.of, b.of)
  )
    return true;
  const x = whnfCore(t, a);
  const y = whnfCore(t, b);
  if (x !== a || y !== b) return equalTerms(t, x, y);
  if (
    equalApplications(t, a, b) ||
    equalByEta(t, a, b) ||
    equalByEta(t, b, a) ||
    equalByStructureEta(t, a, b) ||
    equalByStructureEta(t, b, a) ||
    equalStrings(t, a, b) ||
    equalUnits(t, a, b)
  )
    return true;
  if (isUnknown(t, a) || isUnknown(t, b)) throw new DontKnow(notModelled);
  return false;
}

/** The same constant at equal levels. */
export function equalConstants(t: Typing, a: Expr, b: Expr): boolean {
  if (a.kind !== 'const' || b.kind !== 'const' || a.name !== b.name || a.levels.length !== b.levels.length)
    return false;
  return a.levels.every((level, i) => t.rules.levels.equal(level, b.levels[i] ?? level, t));
}

function equalApplications(t: Typing, a: Expr, b: Expr): boolean {
  if (a.kind !== 'app' || b.kind !== 'app') return false;
  const [x, y] = [unapply(a), unapply(b)];
  if (x.args.length !== y.args.length || !equalTerms(t, x.head, y.head)) return false;
  return x.args.every((arg, i) => equalTerms(t, arg, y.args[i] ?? arg));
}

/** A function against another one that is no lambda: that one is written as a lambda. */
function equalByEta(t: Typing, a: Expr, b: Expr): boolean {
  if (a.kind !== 'lambda' || b.kind === 'lambda') return false;
  const type = whnf(t, inferType(t, b));
  if (type.kind !== 'pi') return false;
  return equalTerms(t, a, lambda(type.name, type.type, app(b, bvar(0)), type.info));
}

/** A value against a constructor application of a structure: field by field. */
function equalByStructureEta(t: Typing, a: Expr, b: Expr): boolean {
  const { head, args } = unapply(b);
  if (head.kind !== 'const') return false;
  const details = t.environment.find(head.name)?.details;
  if (details?.kind !== 'constructor' || args.length !== details.parameters + details.fields) return false;
  if (structureOf(t, details.inductive) === undefined) return false;
  if (!equalTerms(t, inferType(t, a), inferType(t, b))) return false;
  return args
    .slice(details.parameters)
    .every((field, i) => equalTerms(t, proj(details.inductive, i, a), field));
}

/** A string literal against `String.ofList` of something. */
function equalStrings(t: Typing, a: Expr, b: Expr): boolean {
  if (a.kind === 'string' && isOfList(b)) return equalTerms(t, stringToConstructor(a.value), b);
  return b.kind === 'string' && isOfList(a) && equalTerms(t, a, stringToConstructor(b.value));
}

function isOfList(e: Expr): boolean {
  return e.kind === 'app' && e.fn.kind === 'const' && e.fn.name === 'String.ofList';
}

/** Values of a structure without fields. */
function equalUnits(t: Typing, a: Expr, b: Expr): boolean {
  const type = whnf(t, inferType(t, a));
  const { head } = unapply(type);
  const structure = head.kind === 'const' ? structureOf(t, head.name) : undefined;
  return structure?.fields === 0 && equalTerms(t, type, inferType(t, b));
}

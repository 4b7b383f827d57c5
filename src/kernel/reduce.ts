/** Weak head normal forms. */
import { instantiate, instantiateAll, unapply } from '../ir/expr-ops.js';
import { app, type Expr, type ExprOf } from '../ir/expr.js';
import type { Constant } from './environment.js';
import { DontKnow } from './failure.js';
import { instantiateLevels } from './levels/instantiate.js';
import { reduceNatural, stringToConstructor } from './literals.js';
import { majorOf, reduceQuotient, reduceRecursor } from './eliminate.js';
import type { Typing } from './typing.js';

/**
 * Weak head normal form without unfolding definitions: beta, zeta, projections, recursors, quotients. `cheap` takes
 * projections only out of what needs no unfolding either.
 */
export function whnfCore(t: Typing, expr: Expr, cheap = false): Expr {
  switch (expr.kind) {
    case 'app':
    case 'proj':
    case 'let':
    case 'mdata':
    case 'fvar':
      break;
    default:
      return expr;
  }
  const known = t.reducedCore.get(expr);
  if (known !== undefined) return known;
  if (!t.isAtWork) return t.ask(() => whnfCore(t, expr, cheap));
  const result = reduceCore(t, expr, cheap);
  if (!cheap && expr.kind !== 'fvar') t.reducedCore.set(expr, result);
  return result;
}

function reduceCore(t: Typing, expr: Expr, cheap: boolean): Expr {
  let e = expr;
  for (;;) {
    switch (e.kind) {
      case 'mdata':
        e = e.of;
        continue;
      case 'fvar': {
        const value = t.locals.get(e.name)?.value;
        if (value === undefined) return e;
        e = value;
        continue;
      }
      case 'let':
        t.step(e);
        e = instantiate(e.body, e.value);
        continue;
      case 'proj': {
        const reduced = reduceProjection(t, e, cheap);
        if (reduced === undefined) return e;
        e = reduced;
        continue;
      }
      case 'app': {
        t.step(e);
        const reduced = reduceApplication(t, e, cheap);
        if (reduced === undefined) return e;
        e = reduced;
        continue;
      }
      default:
        return e;
    }
  }
}

/** Weak head normal form. */
export function whnf(t: Typing, expr: Expr): Expr {
  switch (expr.kind) {
    case 'bvar':
    case 'sort':
    case 'pi':
    case 'lambda':
    case 'nat':
    case 'string':
    case 'mvar':
      return expr;
    default:
  }
  const known = t.reduced.get(expr);
  if (known !== undefined) return known;
  if (!t.isAtWork) return t.ask(() => whnf(t, expr));
  let e: Expr = expr;
  for (;;) {
    e = whnfCore(t, e);
    refuseCompiledCode(t, e);
    const next = reduceNatural(t, e) ?? unfold(t, e);
    if (next === undefined) break;
    t.step(next);
    e = next;
  }
  if (expr.kind !== 'fvar') t.reduced.set(expr, e);
  return e;
}

/** Releases before 4.35.0 ran compiled code for two functions, of which nothing is known here. */
export function refuseCompiledCode(t: Typing, e: Expr): void {
  if (!t.rules.runsCompiledCode || e.kind !== 'app' || e.fn.kind !== 'const') return;
  if (e.fn.name === 'Lean.reduceBool' || e.fn.name === 'Lean.reduceNat')
    throw new DontKnow('compiled code to run');
}

/** The definition or theorem at the head of a term, which can be unfolded at its levels. */
export function definitionOf(t: Typing, e: Expr): Constant | undefined {
  let head = e;
  while (head.kind === 'app') head = head.fn;
  if (head.kind !== 'const') return undefined;
  const found = t.environment.find(head.name);
  if (found === undefined || (found.details.kind !== 'definition' && found.details.kind !== 'theorem'))
    return undefined;
  return found.levelParams.length === head.levels.length ? found : undefined;
}

/** The application or constant with its head definition unfolded; undefined where it can't be. */
export function unfold(t: Typing, e: Expr): Expr | undefined {
  const found = definitionOf(t, e);
  if (found === undefined) return undefined;
  const { head, args } = unapply(e);
  const { details } = found;
  if (head.kind !== 'const' || !('value' in details)) return undefined;
  return betaApply(
    instantiateLevels(details.value, found.levelParams, head.levels, t.rules.sharesLevels, t),
    args,
  );
}

/** A function applied to arguments, with the redexes at its head reduced. */
export function betaApply(fn: Expr, args: readonly Expr[]): Expr {
  let body = fn;
  let from = 0;
  let used = 0;
  while (used < args.length) {
    if (body.kind !== 'lambda') {
      if (from === used) break;
      body = instantiateAll(body, args, from, used);
      from = used;
      continue;
    }
    body = body.body;
    used++;
  }
  const result = from === used ? body : instantiateAll(body, args, from, used);
  return used === args.length ? result : app(result, ...args.slice(used));
}

function reduceApplication(t: Typing, e: ExprOf<'app'>, cheap: boolean): Expr | undefined {
  const { head, args } = unapply(e);
  switch (head.kind) {
    case 'lambda':
      return betaApply(head, args);
    case 'const':
      return reduceConstant(t, head, args);
    case 'let':
    case 'mdata':
    case 'proj':
    case 'fvar': {
      const reduced = whnfCore(t, head, cheap);
      return reduced === head ? undefined : app(reduced, ...args);
    }
    default:
      return undefined;
  }
}

function reduceConstant(t: Typing, head: ExprOf<'const'>, args: readonly Expr[]): Expr | undefined {
  const found = t.environment.find(head.name);
  switch (found?.details.kind) {
    case 'recursor':
      return reduceRecursor(t, head, found, found.details, args);
    case 'quotient':
      return reduceQuotient(t, found.details.part, args);
    default:
      return undefined;
  }
}

function reduceProjection(t: Typing, e: ExprOf<'proj'>, cheap: boolean): Expr | undefined {
  t.step(e);
  let value = cheap ? whnfCore(t, e.of, true) : whnf(t, e.of);
  if (value.kind === 'string') value = whnf(t, stringToConstructor(value.value));
  return fieldOf(t, e, value);
}

/** The field that a projection takes out of a constructor application. */
function fieldOf(t: Typing, e: ExprOf<'proj'>, value: Expr): Expr | undefined {
  const { head, args } = unapply(value);
  if (head.kind !== 'const') return undefined;
  const details = t.environment.find(head.name)?.details;
  if (details?.kind !== 'constructor' || details.inductive !== e.structure) return undefined;
  return args[details.parameters + e.index];
}

/** Whether a term in weak head normal form might reduce further, if we knew what one of Lean's constants means. */
export function isUnknown(t: Typing, e: Expr): boolean {
  t.step(e);
  if (e.kind === 'proj') return isUnknown(t, whnf(t, e.of));
  const { head, args } = unapply(e);
  if (head.kind === 'proj') return isUnknown(t, head);
  if (head.kind !== 'const') return false;
  const details = t.environment.find(head.name)?.details;
  if (details?.kind === 'unmodelled') return true;
  const major = details === undefined ? undefined : args[majorOf(details)];
  return major !== undefined && isUnknown(t, whnf(t, major));
}

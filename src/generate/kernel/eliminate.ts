import { True } from '../../ir/core-constants.js';
import { abstractAll, instantiate, unapply } from '../../ir/expr-ops.js';
import { app, constant, nat, sort, type Expr, type ExprOf } from '../../ir/expr.js';
import { one, zero, type Level } from '../../ir/level.js';
import { child } from '../../ir/name.js';
import type { RecursorDetails } from '../../kernel/environment.js';
import { isProposition, sortOf } from '../../kernel/infer.js';
import { isZero } from '../../kernel/level-order.js';
import { whnf, whnfCore } from '../../kernel/reduce.js';
import { close, localsOf, openPis } from '../../kernel/telescope.js';
import type { TermSearch } from './term-search.js';
import { domainsOf } from '../../ir/telescope.js';

/**
 * Reaches a goal by taking something apart: the recursor of an inductive type on a local of it, or on a term that
 * is built for the purpose. The motive is the goal with the major premise and its indices abstracted, where those
 * are variables, and constant otherwise.
 */
export function eliminate(g: TermSearch, goal: Expr, size: number): Expr | undefined {
  const major = chooseMajor(g, size);
  return major === undefined ? undefined : takeApart(g, goal, size, major);
}

/**
 * The same on a proof among the locals, of a proposition that data may be read out of: nothing that it stands for can
 * be seen, so the recursor does not reduce.
 */
export function eliminateProof(g: TermSearch, goal: Expr, size: number): Expr | undefined {
  const proofs = g.scope.filter(({ type, head }) => {
    const recursor = g.t.environment.find(child(head, 'rec'))?.details;
    return recursor?.kind === 'recursor' && recursor.largeElimination && isProposition(g.t, type);
  });
  if (proofs.length === 0) return undefined;
  const { term, type } = g.random.pick(proofs);
  return takeApart(g, goal, size, { term, type: whnf(g.t, type) });
}

function takeApart(g: TermSearch, goal: Expr, size: number, major: Major): Expr | undefined {
  const { head, args } = unapply(major.type);
  if (head.kind !== 'const') return undefined;
  const recursor = g.t.environment.find(child(head.name, 'rec'));
  if (recursor?.details.kind !== 'recursor') return undefined;
  const { details } = recursor;
  const goalLevel = sortOf(g.t, goal);
  if (!details.largeElimination && !isZero(goalLevel)) return undefined;

  const levels = details.largeElimination ? [goalLevel, ...head.levels] : [...head.levels];
  const parameters = args.slice(0, details.parameters);
  const indices = args.slice(details.parameters);
  let type = apply(g, g.t.typeOf(recursor, levels), parameters);
  const motives: Expr[] = [];
  for (let i = 0; i < details.motives; i++) {
    type = whnf(g.t, type);
    if (type.kind !== 'pi') return undefined;
    const main = isMotiveOf(type.type, head.name);
    motives.push(
      main ? motiveFor(g, goal, type.type, major.term, indices) : trivialMotive(g, type.type, goalLevel),
    );
    type = instantiate(type.body, motives.at(-1) ?? sort(zero));
  }
  const minors = buildMinors(g, details, type, size);
  if (minors === undefined) return undefined;
  return app(constant(recursor.name, levels), ...parameters, ...motives, ...minors, ...indices, major.term);
}

/** A term to be taken apart, and its type in weak head normal form. */
interface Major {
  readonly term: Expr;
  readonly type: Expr;
}

function chooseMajor(g: TermSearch, size: number): Major | undefined {
  const locals = g.scope.filter(
    (local) => g.t.environment.find(local.head)?.details.kind === 'inductive' && local.type.kind !== 'pi',
  );
  if (locals.length > 0 && g.random.chance(0.8)) {
    const { term, type } = g.random.pick(locals);
    return { term, type: whnf(g.t, type) };
  }
  if (size < 4) return undefined;
  const type = g.typeAt(g.random.chance(0.7) ? one : zero, 2);
  const term = type === undefined ? undefined : g.prove(type, size >> 1);
  if (type === undefined || term === undefined) return undefined;
  const reduced = whnf(g.t, type);
  return {
    term: reduced.kind === 'const' && reduced.name === 'Nat' ? smallNumber(term) : term,
    type: reduced,
  };
}

/** Recursion over a large number is a hang in unary, not a test. */
function smallNumber(term: Expr): Expr {
  if (term.kind === 'nat') return nat(term.value % unaryLimit);
  return term.kind === 'app' ? app(constant('Nat.mod'), term, nat(unaryLimit)) : term;
}

const unaryLimit = 20n;

/** Whether a motive's type ends in the inductive type as its last domain. */
function isMotiveOf(type: Expr, inductive: string): boolean {
  const last = domainsOf(type).at(-1);
  if (last === undefined) return false;
  const { head } = unapply(last);
  return head.kind === 'const' && head.name === inductive;
}

function motiveFor(g: TermSearch, goal: Expr, type: Expr, major: Expr, indices: readonly Expr[]): Expr {
  const { locals } = openPis(g.t, type);
  const variables = [...indices, major];
  const names = variables.map((v) => (v.kind === 'fvar' ? v.name : ''));
  const distinct = names.every((name) => name !== '') && new Set(names).size === names.length;
  if (!distinct || locals.length !== names.length || !g.random.chance(0.7))
    return close('lambda', locals, goal);
  const abstracted = abstractAll(goal, names);
  let body: Expr = abstracted;
  for (const local of localsOf(locals).reverse()) body = instantiateLast(body, local);
  return close('lambda', locals, body);
}

/** Replaces the innermost abstracted variable; called once for each, from the last to the first. */
function instantiateLast(body: Expr, value: Expr): Expr {
  return instantiate(body, value);
}

/** For the other types of a block: a motive that anything satisfies. */
function trivialMotive(g: TermSearch, type: Expr, level: Level): Expr {
  const { locals } = openPis(g.t, type);
  return close('lambda', locals, isZero(level) ? True : constant('PUnit', [level]));
}

function buildMinors(g: TermSearch, details: RecursorDetails, type: Expr, size: number): Expr[] | undefined {
  const minors: Expr[] = [];
  let rest = type;
  for (let i = 0; i < details.minors; i++) {
    rest = whnf(g.t, rest);
    if (rest.kind !== 'pi') return undefined;
    const minor = g.prove(normalizeMinor(g, rest), Math.floor((size - 1) / details.minors));
    if (minor === undefined) return undefined;
    minors.push(minor);
    rest = instantiate(rest.body, minor);
  }
  return minors;
}

/** The minor premise's type with its motive applications reduced, so that heads can be seen. */
function normalizeMinor(g: TermSearch, binder: ExprOf<'lambda' | 'pi'>): Expr {
  const { locals, rest } = openPis(g.t, binder.type);
  const reduced = locals.map((local) => ({
    ...local,
    type: local.type.kind === 'app' ? whnfCore(g.t, local.type) : local.type,
  }));
  return close('pi', reduced, whnfCore(g.t, rest));
}

function apply(g: TermSearch, type: Expr, args: readonly Expr[]): Expr {
  let rest = type;
  for (const arg of args) {
    rest = whnf(g.t, rest);
    if (rest.kind !== 'pi') return rest;
    rest = instantiate(rest.body, arg);
  }
  return rest;
}

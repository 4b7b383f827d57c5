/** Checks derived recursors again: their types have types, and each rule keeps the type. */
import { app, constant, type Expr } from '../../ir/expr.js';
import { param } from '../../ir/level.js';
import { equalTerms } from '../equality.js';
import { IllTyped } from '../failure.js';
import { checkType, inferType, levelOfType } from '../infer.js';
import { close, localsOf } from '../telescope.js';
import type { Typing } from '../typing.js';
import { callsOf, sharedBinders, type OpenedRule, type RecursorFamily } from './family.js';

/**
 * Binders that all recursors share are checked once, in the context of their locals: the recursors, which the
 * environment has, and their rules are checked behind that. Official kernels compare the type of a rule only where it
 * stands for no nested type (`comparesRules`).
 */
export function checkRecursors(t: Typing, family: RecursorFamily, comparesRules: boolean): void {
  t.use(family.levelParams);
  for (const { type } of sharedBinders(family)) levelOfType(t, type, true);
  for (const { indices, major, result } of family.recursors)
    levelOfType(t, close('pi', [...indices, major], result), true);
  if (family.recursors.every(({ rules }) => rules.length === 0)) return;
  const calls = typedCalls(t, family);
  family.recursors.forEach((recursor, i) => {
    for (const rule of recursor.rules) {
      const type = ruleType(t, rule, calls);
      if (!comparesRules) continue;
      const expected = typeOfReplaced(t, family, rule, calls[i] as Expr);
      if (!equalTerms(t, type, expected)) throw new IllTyped('a rule of another type', recursor.name);
    }
  });
}

/** A local in the place of each recursor on what all share, whose types are checked with the first. */
function typedCalls(t: Typing, family: RecursorFamily): Expr[] {
  return callsOf(family).map((call, i) => t.bind(i === 0 ? checkType(t, call) : inferType(t, call)));
}

function ruleType(t: Typing, { fields, value }: OpenedRule, calls: readonly Expr[]): Expr {
  for (const { type } of fields) levelOfType(t, type, true);
  return checkType(t, value(calls));
}

/** The type of what a rule replaces: the recursor on the constructor. */
function typeOfReplaced(
  t: Typing,
  { levelParams, largeElimination, parameters }: RecursorFamily,
  { constructor, fields }: OpenedRule,
  call: Expr,
): Expr {
  const own = largeElimination ? levelParams.slice(1) : levelParams;
  const made = app(constant(constructor, own.map(param)), ...localsOf(parameters), ...localsOf(fields));
  return checkType(t, app(call, ...indicesOf(t, made, parameters.length), made));
}

function indicesOf(t: Typing, value: Expr, parameters: number): Expr[] {
  const args: Expr[] = [];
  for (let e = checkType(t, value); e.kind === 'app'; e = e.fn) args.push(e.arg);
  return args.reverse().slice(parameters);
}

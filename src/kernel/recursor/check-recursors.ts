/** Checks derived recursors again: their types have types, and each rule keeps the type. */
import { app, constant, type Expr } from '../../ir/expr.js';
import { param } from '../../ir/level.js';
import type { Constant } from '../environment.js';
import { equalTerms } from '../equality.js';
import { IllTyped } from '../failure.js';
import { checkType, levelOfType } from '../infer.js';
import { openPis } from '../telescope.js';
import type { Typing } from '../typing.js';

export function checkRecursors(t: Typing, recursors: readonly Constant[]): void {
  for (const recursor of recursors) {
    t.use(recursor.levelParams);
    takeSteps(t, recursor);
    levelOfType(t, recursor.type, true);
  }
  recursors.forEach((recursor) => checkRules(t, recursor));
}

/** Steps of a binder of a recursor or of a rule beside those of its inference, and binders that cost none. */
const stepsOfBinder = 20;
const free = 64;

function takeSteps(t: Typing, { details }: Constant): void {
  if (details.kind !== 'recursor') return;
  const binders = details.parameters + details.motives + details.minors;
  if (binders > free) t.take((1 + details.rules.length) * (binders - free) * stepsOfBinder);
}

/** A rule's value must have the type of what it replaces: the recursor on the constructor. */
function checkRules(t: Typing, recursor: Constant): void {
  const { details } = recursor;
  if (details.kind !== 'recursor') return;
  t.use(recursor.levelParams);
  const self = constant(recursor.name, recursor.levelParams.map(param));
  for (const rule of details.rules) {
    const type = checkType(t, rule.value);
    const before = details.parameters + details.motives + details.minors;
    const { locals, rest } = openPis(t, type, before + rule.fields);
    const values = locals.map(({ local }) => local as Expr);
    const made = t.constant(rule.constructor);
    const ownLevels = recursor.levelParams.slice(recursor.levelParams.length - made.levelParams.length);
    const constructor = app(
      constant(rule.constructor, ownLevels.map(param)),
      ...values.slice(0, details.parameters),
      ...values.slice(before),
    );
    const indices = indicesOf(t, constructor, details.parameters);
    const expected = checkType(t, app(self, ...values.slice(0, before), ...indices, constructor));
    if (!equalTerms(t, rest, expected)) throw new IllTyped('a rule of another type', recursor.name);
  }
}

function indicesOf(t: Typing, value: Expr, parameters: number): Expr[] {
  const args: Expr[] = [];
  for (let e = checkType(t, value); e.kind === 'app'; e = e.fn) args.push(e.arg);
  return args.reverse().slice(parameters);
}

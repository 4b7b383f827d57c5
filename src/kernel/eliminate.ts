/** Reduction of recursors and of the functions out of quotients. */
import { unapply } from '../ir/expr-ops.js';
import { app, constant, type Expr, type ExprOf } from '../ir/expr.js';
import type { Constant, Details, RecursorDetails } from './environment.js';
import { equalTerms } from './equality.js';
import { inferType, isProp } from './infer.js';
import { instantiateLevels } from './levels/instantiate.js';
import { naturalToConstructor, stringToConstructor } from './literals.js';
import { betaApply, whnf } from './reduce.js';
import { expandStructure, structureOf } from './structures.js';
import type { Typing } from './typing.js';

/** The place of the argument that a constant takes apart; negative for one that takes none apart. */
export function majorOf(details: Details): number {
  if (details.kind === 'recursor')
    return details.parameters + details.motives + details.minors + details.indices;
  if (details.kind !== 'quotient') return -1;
  return details.part === 'lift' ? 5 : details.part === 'ind' ? 4 : -1;
}

/** `Quot.lift {α} {r} {β} f h q ~> f a` and `Quot.ind {α} {r} {β} f q ~> f a`, where q is `Quot.mk r a`. */
export function reduceQuotient(
  t: Typing,
  part: 'type' | 'mk' | 'lift' | 'ind',
  args: readonly Expr[],
): Expr | undefined {
  const position = majorOf({ kind: 'quotient', part });
  const major = args[position];
  const fn = args[3];
  if (major === undefined || fn === undefined) return undefined;
  const made = unapply(whnf(t, major));
  const value = made.args[2];
  if (made.head.kind !== 'const' || made.head.name !== 'Quot.mk') return undefined;
  if (value === undefined || made.args.length !== 3) return undefined;
  return app(fn, value, ...args.slice(position + 1));
}

export function reduceRecursor(
  t: Typing,
  head: ExprOf<'const'>,
  constant: Constant,
  recursor: RecursorDetails,
  args: readonly Expr[],
): Expr | undefined {
  const majorAt = majorOf(recursor);
  const firstIndex = majorAt - recursor.indices;
  const given = args[majorAt];
  if (given === undefined) return undefined;
  let major = recursor.likeK ? (constructorLikeK(t, given, recursor) ?? given) : given;
  major = toConstructor(t, whnf(t, major), recursor);
  const made = unapply(major);
  if (made.head.kind !== 'const') return undefined;
  const constructor = made.head.name;
  const rule = recursor.rules.find((candidate) => candidate.constructor === constructor);
  if (rule === undefined || made.args.length < rule.fields) return undefined;
  if (constant.levelParams.length !== head.levels.length) return undefined;
  const value = instantiateLevels(rule.value, constant.levelParams, head.levels, t.rules.sharesLevels, t);
  const fields = made.args.slice(made.args.length - rule.fields);
  return betaApply(value, [...args.slice(0, firstIndex), ...fields, ...args.slice(majorAt + 1)]);
}

/** For a recursor like K's: the one constructor, where the major premise's type says that it must be that. */
function constructorLikeK(t: Typing, major: Expr, recursor: RecursorDetails): Expr | undefined {
  const type = whnf(t, inferType(t, major));
  const { head, args } = unapply(type);
  if (head.kind !== 'const' || head.name !== recursor.inductive) return undefined;
  const rule = recursor.rules[0];
  if (rule === undefined) return undefined;
  const made = app(constant(rule.constructor, head.levels), ...args.slice(0, recursor.parameters));
  return equalTerms(t, type, inferType(t, made)) ? made : undefined;
}

/** Literals as constructor applications, and values of structures by eta. */
function toConstructor(t: Typing, major: Expr, recursor: RecursorDetails): Expr {
  if (major.kind === 'nat') return naturalToConstructor(major.value);
  if (major.kind === 'string') return whnf(t, stringToConstructor(major.value));
  const { head } = unapply(major);
  if (head.kind === 'const' && t.environment.find(head.name)?.details.kind === 'constructor') return major;
  return etaExpand(t, major, recursor) ?? major;
}

function etaExpand(t: Typing, value: Expr, recursor: RecursorDetails): Expr | undefined {
  const structure = structureOf(t, recursor.inductive);
  if (structure === undefined) return undefined;
  const type = whnf(t, inferType(t, value));
  const { head, args } = unapply(type);
  if (head.kind !== 'const' || head.name !== recursor.inductive || isProp(t, type)) return undefined;
  return expandStructure(structure, head, args, recursor.inductive, value);
}

import { instantiate, instantiateAll, unapply } from '../ir/expr-ops.js';
import { app, constant, nat as natLiteral, proj, type Expr, type ExprOf } from '../ir/expr.js';
import { instantiateLevels } from '../ir/instantiate-levels.js';
import type { Details, RecursorDetails } from './environment.js';
import { equalTerms } from './equality.js';
import { inferType, isProof } from './infer.js';
import { reduceNatural, stringToConstructor } from './literals.js';
import type { Typing } from './typing.js';

/** Weak head normal form without unfolding definitions: beta, zeta, projections, recursors, quotients. */
export function whnfCore(t: Typing, expr: Expr): Expr {
  let e = expr;
  for (;;) {
    t.step(e);
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
        e = instantiate(e.body, e.value);
        continue;
      case 'proj': {
        const reduced = reduceProjection(t, e);
        if (reduced === undefined) return e;
        e = reduced;
        continue;
      }
      case 'app': {
        const reduced = reduceApplication(t, e);
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
  const known = t.reduced.get(expr);
  if (known !== undefined) return known;
  let e = expr;
  for (;;) {
    e = whnfCore(t, e);
    const next = reduceNatural(t, e) ?? unfold(t, e);
    if (next === undefined) break;
    e = next;
  }
  t.reduced.set(expr, e);
  return e;
}

/** The application or constant with its head definition unfolded; undefined where it can't be. */
export function unfold(t: Typing, e: Expr): Expr | undefined {
  const { head, args } = unapply(e);
  if (head.kind !== 'const') return undefined;
  const found = t.environment.find(head.name);
  if (found === undefined || (found.details.kind !== 'definition' && found.details.kind !== 'theorem'))
    return undefined;
  if (found.levelParams.length !== head.levels.length) return undefined;
  return betaApply(instantiateLevels(found.details.value, found.levelParams, head.levels), args);
}

/** A function applied to arguments, with the redexes at its head reduced. */
export function betaApply(fn: Expr, args: readonly Expr[]): Expr {
  let body = fn;
  let used = 0;
  while (body.kind === 'lambda' && used < args.length) {
    body = body.body;
    used++;
  }
  return app(instantiateAll(body, args.slice(0, used)), ...args.slice(used));
}

function reduceApplication(t: Typing, e: ExprOf<'app'>): Expr | undefined {
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
      const reduced = whnfCore(t, head);
      return reduced === head ? undefined : app(reduced, ...args);
    }
    default:
      return undefined;
  }
}

function reduceConstant(t: Typing, head: ExprOf<'const'>, args: readonly Expr[]): Expr | undefined {
  const details = t.environment.find(head.name)?.details;
  if (details?.kind === 'recursor') return reduceRecursor(t, head, details, args);
  if (details?.kind !== 'quotient') return undefined;
  // Quot.lift {α} {r} {β} f h q ~> f a, Quot.ind {α} {r} {β} f q ~> f a, where q is Quot.mk r a
  const position = majorOf(details);
  const major = args[position];
  const fn = args[3];
  if (major === undefined || fn === undefined) return undefined;
  const made = unapply(whnf(t, major));
  const value = made.args[2];
  if (made.head.kind !== 'const' || made.head.name !== 'Quot.mk' || value === undefined) return undefined;
  return app(fn, value, ...args.slice(position + 1));
}

function reduceRecursor(
  t: Typing,
  head: ExprOf<'const'>,
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
  const found = t.constant(head.name);
  if (found.levelParams.length !== head.levels.length) return undefined;
  const value = instantiateLevels(rule.value, found.levelParams, head.levels);
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
  if (head.kind === 'const' && recursor.rules.some((rule) => rule.constructor === head.name)) return major;
  return etaExpandStructure(t, major, recursor) ?? major;
}

function etaExpandStructure(t: Typing, value: Expr, recursor: RecursorDetails): Expr | undefined {
  const structure = structureOf(t, recursor.inductive);
  if (structure === undefined) return undefined;
  const type = whnf(t, inferType(t, value));
  const { head, args } = unapply(type);
  if (head.kind !== 'const' || head.name !== recursor.inductive || isProof(t, value)) return undefined;
  return expandStructure(structure, head, args, recursor.inductive, value);
}

/** The constructor applied to the projections of a value. */
export function expandStructure(
  structure: StructureShape,
  head: ExprOf<'const'>,
  typeArgs: readonly Expr[],
  name: string,
  value: Expr,
): Expr {
  const fields = Array.from({ length: structure.fields }, (_, index) => proj(name, index, value));
  return app(
    constant(structure.constructor, head.levels),
    ...typeArgs.slice(0, structure.parameters),
    ...fields,
  );
}

export interface StructureShape {
  readonly constructor: string;
  readonly parameters: number;
  readonly fields: number;
}

/** An inductive type with one constructor, no indices and no recursion; undefined for others. */
export function structureOf(t: Typing, name: string): StructureShape | undefined {
  const details = t.environment.find(name)?.details;
  if (details?.kind !== 'inductive' || details.indices !== 0 || details.recursive) return undefined;
  const [constructor, second] = details.constructors;
  if (constructor === undefined || second !== undefined) return undefined;
  const made = t.environment.find(constructor)?.details;
  if (made?.kind !== 'constructor') return undefined;
  return { constructor, parameters: made.parameters, fields: made.fields };
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

/** The place of the argument that a constant takes apart; negative for one that takes none apart. */
function majorOf(details: Details): number {
  if (details.kind === 'recursor')
    return details.parameters + details.motives + details.minors + details.indices;
  if (details.kind !== 'quotient') return -1;
  return details.part === 'lift' ? 5 : details.part === 'ind' ? 4 : -1;
}

function reduceProjection(t: Typing, e: ExprOf<'proj'>): Expr | undefined {
  let value = whnf(t, e.of);
  if (value.kind === 'string') value = whnf(t, stringToConstructor(value.value));
  const { head, args } = unapply(value);
  if (head.kind !== 'const') return undefined;
  const details = t.environment.find(head.name)?.details;
  return details?.kind === 'constructor' ? args[details.parameters + e.index] : undefined;
}

/** A literal as `Nat.zero` or `Nat.succ` of the next smaller literal. */
export function naturalToConstructor(value: bigint): Expr {
  return value === 0n ? constant('Nat.zero') : app(constant('Nat.succ'), natLiteral(value - 1n));
}

import { instantiate, unapply } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, pi, sort, type Expr, type ExprOf } from '../../ir/expr.js';
import { one, zero } from '../../ir/level.js';
import { equal } from '../base/terms.js';
import type { InductiveDetails } from '../environment.js';
import { equalTerms } from '../equality.js';
import { inferType, isProposition } from '../infer.js';
import { equalLevels, isZero } from '../level-order.js';
import { literalOf, naturalToConstructor } from '../literals.js';
import { whnf } from '../reduce.js';
import { close, open, openPis } from '../telescope.js';
import { caseSplit, type Applied } from './case-split.js';
import { fromEquation, type Distinction } from './distinction.js';
import type { Asked, Core, Form, Refutation } from './means.js';
import { separate } from './separate.js';
import { Bool, False, True, yes } from '../../ir/core-constants.js';
import { arityOf, domainsOf, resultOf } from '../../ir/telescope.js';

/** A proof of False from a term of a type, by the type's shape. */
export function refute(m: Asked, type: Expr, term: Expr, depth: number): Refutation | undefined {
  const reduced = whnf(m.t, type);
  if (reduced.kind === 'pi') return refuteFunction(m, reduced, term, depth);
  const { head, args } = unapply(reduced);
  if (head.kind !== 'const') return undefined;
  switch (head.name) {
    case 'False':
      return { proof: term, form: 'False' };
    case 'Eq':
      return refuteEquation(m, head, args, term, depth);
    case 'HEq':
      return refuteHeterogeneous(m, head, args, term, depth);
    case 'Nat.le': {
      const refuted = refuteOrder(m, args, term);
      if (refuted !== undefined) return refuted;
    }
  }
  const details = m.t.environment.find(head.name)?.details;
  if (details?.kind !== 'inductive') return undefined;
  const applied = { name: head.name, levels: head.levels, parameters: args.slice(0, details.parameters) };
  const indices = args.slice(details.parameters);
  return refuteCases(m, details, applied, indices, term, depth);
}

/** A function, by arguments at which its value can't exist. */
function refuteFunction(
  m: Asked,
  type: ExprOf<'lambda' | 'pi'>,
  term: Expr,
  depth: number,
): Refutation | undefined {
  const falsehood = isResult(type.body) ? emptyAt(m, type.type) : undefined;
  if (falsehood !== undefined && needsResult(type.body)) return undefined;
  const values = falsehood === undefined ? m.inhabitants(type.type, depth - 1) : [falsehood.value];
  // A body that does not depend on the argument is the same for all values of it: one value is enough.
  const differing = type.body.looseRange === 0 ? values.slice(0, 1) : values;
  for (const value of differing) {
    const inner = m.refute(instantiate(type.body, value), app(term, value), depth);
    if (inner !== undefined)
      return { ...inner, form: falsehood?.form ?? formOfFunction(m, type.type, inner.form) };
  }
  return undefined;
}

function formOfFunction(m: Asked, domain: Expr, form: Form): Form {
  switch (form) {
    case 'False':
      return isProposition(m.t, domain) ? 'false negation' : 'function into False';
    case 'empty type':
    case 'type without values':
    case 'false equation':
    case 'false order':
      return `function into ${form}`;
    default:
      return form;
  }
}

/** Whether what a function gives in the end is its first argument, or that one applied to something. */
function isResult(body: Expr): boolean {
  const { head } = unapply(resultOf(body));
  return head.kind === 'bvar' && head.index === arityOf(body);
}

/** Whether an argument behind it is itself what the function gives in the end: `motive zero` of a recursor. */
function needsResult(body: Expr): boolean {
  return domainsOf(body).some((domain, depth) => {
    const { head } = unapply(domain);
    return head.kind === 'bvar' && head.index === depth;
  });
}

/** For a variable that stands for a proposition or a type, or a family of such: the one without values. */
function emptyAt(m: Asked, type: Expr): { readonly value: Expr; readonly form: Form } | undefined {
  const { locals, rest } = openPis(m.t, type);
  const result = whnf(m.t, rest);
  if (result.kind !== 'sort') return undefined;
  const isProp = isZero(result.level);
  const isType = equalLevels(result.level, one);
  const value = isProp ? False : isType ? constant('Empty') : constant('PEmpty', [result.level]);
  return { value: close('lambda', locals, value), form: isProp ? 'every proposition' : 'every type' };
}

function refuteEquation(
  m: Asked,
  { levels }: ExprOf<'const'>,
  [type, a, b]: readonly Expr[],
  term: Expr,
  depth: number,
): Refutation | undefined {
  const [level] = levels;
  if (type === undefined || a === undefined || b === undefined || level === undefined) return undefined;
  const from = (distinction: Omit<Distinction, 'values'>): Refutation => ({
    proof: fromEquation(type, level, { ...distinction, values: [a, b] }, term),
    form: 'false equation',
  });
  if (whnf(m.t, type).kind === 'sort') {
    const distinction = ofTypes(m, a, b, depth);
    return distinction === undefined ? undefined : from(distinction);
  }
  if (isProposition(m.t, type)) return undefined;
  const holds = separate(m, type, a, b);
  return holds === undefined
    ? undefined
    : from({ holds, proof: constant('True.intro'), refute: (proof) => proof });
}

/** A predicate that separates two types or propositions of which one has a value and the other none. */
function ofTypes(m: Asked, a: Expr, b: Expr, depth: number): Omit<Distinction, 'values'> | undefined {
  const isEmpty = (type: Expr): Expr => pi('x', type, False);
  const emptyLeft = emptiness(m, a, depth);
  const empty = emptyLeft ?? emptiness(m, b, depth);
  const value =
    empty === undefined ? undefined : m.inhabitants(emptyLeft === undefined ? a : b, depth - 1)[0];
  if (empty === undefined || value === undefined) return undefined;
  if (emptyLeft !== undefined) return { holds: isEmpty, proof: empty, refute: (proof) => app(proof, value) };
  return {
    holds: (type) => pi('h', isEmpty(type), False),
    proof: lambda('h', isEmpty(a), app(bvar(0), value)),
    refute: (proof) => app(proof, empty),
  };
}

/** A function from a type into False. */
function emptiness(m: Asked, type: Expr, depth: number): Expr | undefined {
  const value = open(m.t, 'x', type);
  const refuted = m.refute(type, value.local, depth - 1);
  return refuted === undefined ? undefined : close('lambda', [value], refuted.proof);
}

function refuteHeterogeneous(
  m: Asked,
  { levels }: ExprOf<'const'>,
  [type, a, other, b]: readonly Expr[],
  term: Expr,
  depth: number,
): Refutation | undefined {
  const [level] = levels;
  if (type === undefined || a === undefined || other === undefined || b === undefined || level === undefined)
    return undefined;
  if (!equalTerms(m.t, type, other)) return undefined;
  const proof = app(constant('eq_of_heq', levels), type, a, b, term);
  return m.refute(equal(level, type, a, b), proof, depth);
}

/** `a ≤ b` of two numbers of which the first is larger. */
function refuteOrder(m: Asked, [a, b]: readonly Expr[], term: Expr): Refutation | undefined {
  const [left, right] = [literalOf(m.t, a), literalOf(m.t, b)];
  if (a === undefined || b === undefined || left === undefined || right === undefined || left <= right)
    return undefined;
  const compared = app(constant('Nat.ble'), a, b);
  const computed = app(constant('Nat.ble_eq_true_of_le'), a, b, term);
  const isTrue = (value: Expr): Expr =>
    app(constant('Bool.rec', [one]), lambda('_', Bool, sort(zero)), True, False, value);
  // The predicate computes to True on the left side, which computes to false, and to False on the right side, true.
  const distinction = {
    values: [compared, yes] as const,
    holds: isTrue,
    proof: constant('True.intro'),
    refute: (proof: Expr) => proof,
  };
  return { proof: fromEquation(Bool, one, distinction, computed), form: 'false order' };
}

/** An inductive type none of whose constructors can have made a value. */
function refuteCases(
  m: Asked,
  details: InductiveDetails,
  applied: Applied,
  indices: readonly Expr[],
  term: Expr,
  depth: number,
): Refutation | undefined {
  if (hasPlainValue(m, details)) return undefined;
  const core: Core = details.constructors.length === 0 ? 'empty type' : 'type without values';
  const everywhere = splitInto(m, applied, () => False, depth);
  if (everywhere !== undefined) return { proof: app(everywhere, ...indices, term), form: core };
  for (const [at, index] of indices.entries()) {
    const differs = telling(m, index);
    if (differs === undefined) continue;
    const split = splitInto(m, applied, (args) => differs(args[at] ?? index), depth);
    if (split !== undefined) return { proof: app(split, ...indices, term), form: core };
  }
  return undefined;
}

/** Whether a constructor without any fields makes a value whatever the parameters are. */
function hasPlainValue(m: Asked, { indices, constructors }: InductiveDetails): boolean {
  return (
    indices === 0 &&
    constructors.some((name) => {
      const made = m.t.environment.find(name)?.details;
      return made?.kind === 'constructor' && made.fields === 0;
    })
  );
}

/** A function that gives False on one index, and True on all that are made by another constructor. */
function telling(m: Asked, index: Expr): ((other: Expr) => Expr) | undefined {
  const made = constructorOf(m, index);
  const { head, args: parameters } = unapply(whnf(m.t, inferType(m.t, index)));
  if (made === undefined || head.kind !== 'const') return undefined;
  const applied = { name: head.name, levels: head.levels, parameters };
  const details = m.t.environment.find(head.name)?.details;
  if (details?.kind !== 'inductive' || details.indices > 0) return undefined;
  const split = caseSplit(m.t, applied, sort(zero), one, (name) => (name === made ? False : True));
  return split === undefined ? undefined : (other) => app(split, other);
}

function constructorOf(m: Asked, value: Expr): string | undefined {
  const reduced = whnf(m.t, value);
  const { head } = unapply(reduced.kind === 'nat' ? naturalToConstructor(reduced.value) : reduced);
  const details = head.kind === 'const' ? m.t.environment.find(head.name)?.details : undefined;
  return head.kind === 'const' && details?.kind === 'constructor' ? head.name : undefined;
}

/**
 * The recursor into a proposition, each case proved: it computes to True, or a field or what recursion gives is
 * refuted.
 */
function splitInto(
  m: Asked,
  applied: Applied,
  into: (args: readonly Expr[]) => Expr,
  depth: number,
): Expr | undefined {
  const unproved: Expr[] = [];
  const split = caseSplit(m.t, applied, into, zero, (_, args, goal) => {
    const wanted = whnf(m.t, goal);
    if (wanted.kind === 'const' && wanted.name === 'True') return constant('True.intro');
    const isFalse = wanted.kind === 'const' && wanted.name === 'False';
    const proof = isFalse ? refuteOne(m, args, depth - 1) : undefined;
    if (proof === undefined) unproved.push(wanted);
    return proof ?? False;
  });
  return unproved.length === 0 ? split : undefined;
}

function refuteOne(m: Asked, locals: readonly Expr[], depth: number): Expr | undefined {
  for (const local of locals) {
    const refuted = m.refute(inferType(m.t, local), local, depth);
    if (refuted !== undefined) return refuted.proof;
  }
  return undefined;
}

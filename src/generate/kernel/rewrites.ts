import { Nat } from '../../ir/core-constants.js';
import { lift, unapply } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, letIn, mdata, nat, proj, type Expr } from '../../ir/expr.js';
import { fun } from '../../ir/hoas.js';
import { one, type Level } from '../../ir/level.js';
import { equal, reflexivity } from '../../kernel/base/terms.js';
import { inferType, isProposition, sortOf } from '../../kernel/infer.js';
import { stringToConstructor } from '../../kernel/literals.js';
import { unfold, whnf } from '../../kernel/reduce.js';
import { fillBinders } from '../../kernel/refute/fill-binders.js';
import { structureOf } from '../../kernel/structures.js';
import { decidedBy, resultIn } from './arithmetic.js';
import { withNamedPart } from './name-a-part.js';
import type { KernelTermGenerator } from './term-generator.js';

/** Terms of more nodes are not made larger. */
const largeTerm = 200;

/** A term of a type, said otherwise. */
type Way = (g: KernelTermGenerator, term: Expr, type: Expr, level: Level) => Expr;

const ways: readonly Way[] = [
  (_, term, type) => app(lambda('x', type, bvar(0)), term),
  (_, term, type, level) => app(constant('id', [level]), type, term),
  (_, term, type) => letIn('x', type, term, bvar(0)),
  (g, term) => whnf(g.t, term),
  (_, term) => mdata(term),
  (g, term, type, level) => {
    const pair = app(constant('PProd.mk', [level, level]), type, type, term, term);
    return proj('PProd', g.random.below(2), pair);
  },
  (g, term, type) => etaExpand(g, term, type),
  byHeart,
  byHeart,
  (g, term) => unfold(g.t, term) ?? insideArgument(g, term),
  (g, term) => withNamedPart(g.random, g.t, term) ?? term,
  anotherOfOne,
  (g, term) => anotherProof(g, term),
  (g, term) => insideArgument(g, term),
  throughQuotient,
  throughEquation,
  throughNumber,
];

/** A number or a truth value as the result of what kernels compute by heart. */
function byHeart(g: KernelTermGenerator, term: Expr): Expr {
  if (term.kind === 'nat') return resultIn(g.random, term.value);
  if (term.kind === 'string') return stringToConstructor(term.value);
  if (term.kind !== 'const' || !isTruthValue(term.name)) return insideArgument(g, term);
  return decidedBy(g.random, term.name === 'Bool.true');
}

function isTruthValue(name: string): boolean {
  return name === 'Bool.true' || name === 'Bool.false';
}

/** The same by definition, written differently. */
export function rewrite(g: KernelTermGenerator, term: Expr, type: Expr, level: Level): Expr {
  if (term.size > largeTerm) return term;
  return g.random.pick(ways)(g, term, type, level);
}

/** An argument said otherwise: what is behind it has to be compared part by part. */
function insideArgument(g: KernelTermGenerator, term: Expr): Expr {
  const { head, args } = unapply(term);
  if (args.length === 0) return term;
  const at = g.random.below(args.length);
  const arg = args[at];
  if (arg === undefined || arg.looseRange > 0) return term;
  const type = inferType(g.t, arg);
  return app(head, ...args.with(at, rewrite(g, arg, type, sortOf(g.t, type))));
}

/**
 * Another proof in the place of one among the arguments: where the term takes that proof apart, it may reduce with the
 * one and not with the other.
 */
export function anotherProof(g: KernelTermGenerator, term: Expr): Expr {
  const { head, args } = unapply(term);
  const proofs = args.flatMap((arg, at) => {
    if (arg.looseRange > 0) return [];
    const type = inferType(g.t, arg);
    return isProposition(g.t, type) ? [{ at, arg, type }] : [];
  });
  if (proofs.length === 0) return term;
  const { at, arg, type } = g.random.pick(proofs);
  const other = g.random.chance(0.7) ? madeOfParts(g, arg, type) : undefined;
  return app(head, ...args.with(at, other ?? g.prove(type, 3) ?? arg));
}

/** A proof of a proposition with one constructor, made of proofs that are read out of it. */
export function madeOfParts(g: KernelTermGenerator, proof: Expr, type: Expr): Expr | undefined {
  const { head, args } = unapply(whnf(g.t, type));
  const structure = head.kind === 'const' ? structureOf(g.t, head.name) : undefined;
  if (head.kind !== 'const' || structure === undefined) return undefined;
  const made = g.t.constant(structure.constructor);
  const parameters = args.slice(0, structure.parameters);
  const filled = fillBinders(g.t.typeOf(made, head.levels), (at, binder) => {
    if (at < parameters.length) return parameters[at];
    // Data may not be read out of a proof.
    return isProposition(g.t, binder.type) ? proj(head.name, at - parameters.length, proof) : undefined;
  });
  return filled && app(constant(structure.constructor, head.levels), ...filled.args);
}

/** Lifted over a quotient by equality, and taken out again. */
function throughQuotient(_: KernelTermGenerator, term: Expr, type: Expr, level: Level): Expr {
  const relation = app(constant('Eq', [level]), type);
  const respects = fun('a', type, (a) => fun('b', type, (b) => fun('h', equal(level, type, a, b), (h) => h)));
  const quotient = app(constant('Quot.mk', [level]), type, relation, term);
  const identity = lambda('x', type, bvar(0));
  return app(constant('Quot.lift', [level, level]), type, relation, type, identity, respects, quotient);
}

/** Carried along a reflexive equation, which is eliminated whatever its proof looks like. */
function throughEquation(g: KernelTermGenerator, term: Expr, type: Expr, level: Level): Expr {
  const at = nat(g.random.below(3));
  const motive = fun('n', Nat, (n) => fun('_', equal(one, Nat, at, n), () => type));
  const proof = reflexivity(one, Nat, at);
  const equation = g.random.chance(0.5) ? proof : app(lambda('h', equal(one, Nat, at, at), bvar(0)), proof);
  return app(constant('Eq.rec', [level, one]), Nat, at, motive, term, at, equation);
}

/** By recursion on a small number, of which all cases are the term. */
function throughNumber(g: KernelTermGenerator, term: Expr, type: Expr, level: Level): Expr {
  const motive = fun('_', Nat, () => type);
  const step = fun('_', Nat, () => fun('before', type, (before) => (g.random.chance(0.5) ? before : term)));
  return app(constant('Nat.rec', [level]), motive, term, step, nat(g.random.below(4)));
}

/** `fun x => f x` for a function, `mk s.1 s.2` for a value of a structure. */
function etaExpand(g: KernelTermGenerator, term: Expr, type: Expr): Expr {
  const reduced = whnf(g.t, type);
  if (reduced.kind === 'pi') return lambda(reduced.name, reduced.type, app(lift(term, 1), bvar(0)));
  const { head, args } = unapply(reduced);
  const structure = head.kind === 'const' ? structureOf(g.t, head.name) : undefined;
  // Proofs are not taken apart: their data may not be read.
  if (head.kind !== 'const' || structure === undefined || isProposition(g.t, type)) return term;
  const fields = Array.from({ length: structure.fields }, (_, i) => proj(head.name, i, term));
  return app(constant(structure.constructor, head.levels), ...args.slice(0, structure.parameters), ...fields);
}

/** Another proof of a proposition, another value of a structure without fields: all of them are equal. */
function anotherOfOne(g: KernelTermGenerator, term: Expr, type: Expr): Expr {
  const { head } = unapply(whnf(g.t, type));
  const isUnit = head.kind === 'const' && structureOf(g.t, head.name)?.fields === 0;
  return isUnit || isProposition(g.t, type) ? (g.prove(type, 3) ?? term) : term;
}

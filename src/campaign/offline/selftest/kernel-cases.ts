import type { Candidate } from '../../../api/candidate.js';
import type { Claim } from '../../../api/execution.js';
import {
  type Declaration,
  type Inductive,
  type InductiveType,
  type Opaque,
  type Theorem,
} from '../../../ir/declaration.js';
import { KernelUnit } from '../../../ir/unit/kernel-unit.js';
import { encode } from '../../../ir/encode.js';
import { app, bvar, constant, fvar, lambda, letIn, pi, proj, sort, type Expr } from '../../../ir/expr.js';
import { arrows, define, forall, fun } from '../../../ir/hoas.js';
import { imax, one, zero, type Level } from '../../../ir/level.js';
import type { Name } from '../../../ir/name.js';
import { claimedConstant } from '../../../judge/suffixes.js';
import { Bool, False, True, no, yes } from '../../../ir/core-constants.js';

/** The input of a case at kernel level: declarations, and a last one that claims False behind them. */
export interface KernelInput {
  readonly candidate: Candidate;
  readonly claim: Claim;
}

const prop = sort(zero);

/**
 * leanprover/lean4#14484. The kernel names the variables that it opens binders with `_kernel_fresh.0`, `.1`, ... in
 * the order in which it meets them, and remembers the types of what it inferred. In the value below it opens the `let`
 * (0), the arrow (1) and the lambda (2), whose body is the variable itself: from then on it knows `_kernel_fresh.2` as
 * a proof of False, and believes in the loose variable of that name at the end. Only opaque declarations get that far:
 * their values are not searched for free variables.
 */
export const freeVariable = {
  inOpaque: proofByFreeVariable((value) => opaque('q', False, value), fromFalse()),
  inTheorem: proofByFreeVariable((value) => theorem('q', False, value), fromFalse()),
  inDefinition: proofByFreeVariable((value) => define('q', [], False, value), fromFalse()),
  withoutBinder: proofByFreeVariable((value) => opaque('q', False, value), [True, constant('True.intro')]),
};

/**
 * leanprover/lean4#14613. `Sort (imax 1 0)` is Prop, but is not written so. Whether the fields fit into the universe
 * is decided by the first type of a mutual block, so that `Box` may hold a Bool, and whether a field may be read by
 * comparing its sort with Prop as written. Behind the name `Sealed`, whose type is written Prop, all boxes are equal.
 */
export const readableProof = {
  inMutualBlock: proofByReadableProof([token(), box(imax(one, zero))]),
  alone: proofByReadableProof([box(imax(one, zero))]),
  plainProp: proofByReadableProof([token(), box(zero)]),
};

/** A true theorem under the claimed name: accepted, and yet no proof of False. */
export const honestTheorem: KernelInput = {
  candidate: candidateOf([theorem('easy', True, constant('True.intro'))]),
  claim: claimOf(theorem(claimedConstant, True, constant('easy'))),
};

/** A function of False, and its type. */
function fromFalse(): [type: Expr, value: Expr] {
  return [pi('h', False, False), lambda('h', False, bvar(0))];
}

function proofByFreeVariable(
  declare: (value: Expr) => Declaration,
  [type, bound]: readonly [type: Expr, value: Expr],
): KernelInput {
  const value = letIn('earlier', type, bound, fvar('_kernel_fresh.2'));
  return proofOfFalse([declare(value)], constant('q'));
}

function proofByReadableProof(types: readonly InductiveType[]): KernelInput {
  const Box = constant('Box');
  const Sealed = constant('Sealed');
  const make = (content: Expr): Expr => app(constant('Box.mk'), content);
  const read = (from: Expr): Expr => app(constant('read'), from);
  const same = app(constant('same'), make(yes), make(no));
  const block: Inductive = { kind: 'inductive', levelParams: [], parameters: 0, types, unsafe: false };
  const declarations: Declaration[] = [
    block,
    define('read', [], arrows(Box, Bool), lambda('x', Box, proj('Box', 0, bvar(0)))),
    define('Sealed', [], prop, Box),
    theorem(
      'same',
      forall('x', Sealed, (x) => forall('y', Sealed, (y) => equalBools(read(x), read(y)))),
      fun('x', Sealed, (x) => fun('y', Sealed, () => app(constant('Eq.refl', [one]), Bool, read(x)))),
    ),
    theorem('confused', equalBools(yes, no), same),
    define('IsTrue', [], arrows(Bool, prop), fun('b', Bool, isTrue)),
    theorem('discriminated', app(constant('IsTrue'), yes), constant('True.intro')),
  ];
  return proofOfFalse(declarations, transported());
}

/** `IsTrue true`, carried along `true = false`, is `IsTrue false`. */
function transported(): Expr {
  const motive = fun('b', Bool, (b) => fun('h', equalBools(yes, b), () => app(constant('IsTrue'), b)));
  const recursor = constant('Eq.rec', [zero, one]);
  return app(recursor, Bool, yes, motive, constant('discriminated'), no, constant('confused'));
}

function isTrue(b: Expr): Expr {
  return app(constant('Bool.rec', [one]), lambda('_', Bool, prop), False, True, b);
}

/** A proposition without anything in it, for the first place of the block. */
function token(): InductiveType {
  return {
    name: 'Token',
    type: prop,
    constructors: [{ name: 'Token.mk', type: constant('Token') }],
  };
}

function box(level: Level): InductiveType {
  return {
    name: 'Box',
    type: sort(level),
    constructors: [{ name: 'Box.mk', type: arrows(Bool, constant('Box')) }],
  };
}

function equalBools(a: Expr, b: Expr): Expr {
  return app(constant('Eq', [one]), Bool, a, b);
}

function theorem(name: Name, type: Expr, value: Expr): Theorem {
  return { kind: 'theorem', name, levelParams: [], type, value };
}

function opaque(name: Name, type: Expr, value: Expr): Opaque {
  return { kind: 'opaque', name, levelParams: [], type, value, unsafe: false };
}

function proofOfFalse(declarations: readonly Declaration[], proof: Expr): KernelInput {
  return {
    candidate: candidateOf(declarations),
    claim: claimOf(theorem(claimedConstant, False, proof)),
  };
}

function candidateOf(declarations: readonly Declaration[]): Candidate {
  const lineage = { seed: 0, run: 0, parents: [], mutators: [], categories: [] };
  return { lineage, level: 'kernel', units: declarations.map((declaration) => KernelUnit.of(declaration)) };
}

function claimOf(declaration: Theorem): Claim {
  return {
    name: 'selftest',
    constant: claimedConstant,
    step: { kind: 'declaration', words: encode([declaration]) },
  };
}

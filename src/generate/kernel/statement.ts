import { app, bvar, constant, lambda, letIn, nat, proj, type Expr } from '../../ir/expr.js';
import { lift, unapply } from '../../ir/expr-ops.js';
import type { Declaration } from '../../ir/declaration.js';
import { one, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { isProposition, sortOf } from '../../kernel/infer.js';
import { whnf } from '../../kernel/reduce.js';
import { structureOf } from '../../kernel/structures.js';
import { equal } from '../../kernel/base/terms.js';
import type { KernelTermGenerator } from './term-generator.js';

/** A proposition together with its proof. */
export interface Proved {
  readonly statement: Expr;
  readonly proof: Expr;
}

/**
 * `a = a'` by reflexivity, where a' is a written in another way that means the same by definition: the kernel has to
 * find out. This is how conversion gets exercised: beta, delta, zeta, iota, eta, projections, literals.
 */
export function equation(g: KernelTermGenerator, size: number): Proved | undefined {
  const type = g.typeAt(g.random.chance(0.8) ? one : g.level(), 3);
  const term = type === undefined ? undefined : g.prove(type, size);
  if (type === undefined || term === undefined) return undefined;
  const level = sortOf(g.t, type);
  let other = term;
  for (let i = g.random.between(1, 3); i > 0; i--) other = rewrite(g, other, type, level);
  const [a, b] = g.random.chance(0.5) ? [term, other] : [other, term];
  return { statement: equal(level, type, a, b), proof: app(constant('Eq.refl', [level]), type, a) };
}

/** Terms of more nodes are not made larger. */
const largeTerm = 200;

/** The same by definition, written differently. */
function rewrite(g: KernelTermGenerator, term: Expr, type: Expr, level: Level): Expr {
  if (term.size > largeTerm) return term;
  switch (g.random.below(7)) {
    case 0:
      return app(lambda('x', type, bvar(0)), term);
    case 1:
      return app(constant('id', [level]), type, term);
    case 2:
      return letIn('x', type, term, bvar(0));
    case 3:
      return whnf(g.t, term);
    case 4: {
      const pair = app(constant('PProd.mk', [level, level]), type, type, term, term);
      return proj('PProd', g.random.below(2), pair);
    }
    case 5:
      return etaExpand(g, term, type);
    default:
      return term.kind === 'nat' && term.value > 0n ? app(constant('Nat.succ'), nat(term.value - 1n)) : term;
  }
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

/** A proposition that a proof was found for; its type is what the proof has. */
export function provedProposition(g: KernelTermGenerator, statement: Expr, size: number): Proved | undefined {
  const proof = g.prove(statement, size);
  return proof === undefined ? undefined : { statement, proof };
}

/** A theorem `a = b` by reflexivity as `b = a`; undefined for any other declaration. */
export function mirror(declaration: Declaration, name: Name): Declaration | undefined {
  const sides = sidesOf(declaration);
  return sides?.restate(name, sides.right, sides.left);
}

/** For a theorem `a = b` by reflexivity: `b = c` and `a = c`, with c another way to write b. */
export function chain(
  g: KernelTermGenerator,
  declaration: Declaration,
  names: readonly [Name, Name],
): [Declaration, Declaration] | undefined {
  const sides = sidesOf(declaration);
  if (sides === undefined) return undefined;
  const { type, left, right, restate } = sides;
  const level = sortOf(g.t, type);
  const other = rewrite(g, rewrite(g, right, type, level), type, level);
  return [restate(names[0], right, other), restate(names[1], left, other)];
}

interface Sides {
  readonly type: Expr;
  readonly left: Expr;
  readonly right: Expr;
  /** The declaration with other sides. */
  readonly restate: (name: Name, left: Expr, right: Expr) => Declaration;
}

/** The sides of an equation that a theorem proves by reflexivity. */
function sidesOf(declaration: Declaration): Sides | undefined {
  if (declaration.kind !== 'theorem') return undefined;
  const { head, args } = unapply(declaration.type);
  const proof = unapply(declaration.value).head;
  const [type, left, right] = args;
  if (type === undefined || left === undefined || right === undefined || args.length !== 3) return undefined;
  if (head.kind !== 'const' || head.name !== 'Eq' || proof.kind !== 'const' || proof.name !== 'Eq.refl')
    return undefined;
  const restate = (name: Name, a: Expr, b: Expr): Declaration => ({
    ...declaration,
    name,
    type: app(head, type, a, b),
    value: app(proof, type, a),
  });
  return { type, left, right, restate };
}

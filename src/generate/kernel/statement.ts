import { app, constant, type Expr } from '../../ir/expr.js';
import { unapply } from '../../ir/expr-ops.js';
import type { Declaration } from '../../ir/declaration.js';
import { one } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { sortOf } from '../../kernel/infer.js';
import { equal } from '../../kernel/base/terms.js';
import { rewrite } from './rewrites.js';
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

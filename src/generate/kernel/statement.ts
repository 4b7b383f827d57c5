import { app, binder, bvar, constant, lambda, type Expr, type ExprOf } from '../../ir/expr.js';
import { abstract, abstractAll, instantiate, instantiateAll, unapply } from '../../ir/expr-ops.js';
import type { Declaration } from '../../ir/declaration.js';
import { define } from '../../ir/hoas.js';
import { one, param, zero } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { sortOf } from '../../kernel/infer.js';
import { equal, reflexivity } from '../../kernel/base/terms.js';
import { whnf } from '../../kernel/reduce.js';
import { close, localsOf, open, type Opened } from '../../kernel/telescope.js';
import { eliminateProof } from './eliminate.js';
import { anotherProof, madeOfParts, rewrite } from './rewrites.js';
import type { KernelTermGenerator } from './term-generator.js';
import { lengthOf } from './wide.js';

/** A proposition together with its proof. */
export interface Proved {
  readonly statement: Expr;
  readonly proof: Expr;
}

/**
 * How often an equation is about variables, how often one of its sides is such a variable or read out of it, how often
 * it is made by taking a proof apart that is one, and how often a variable is a proof.
 */
const share = { underBinders: 0.5, ofVariable: 0.4, ofProof: 0.15, proof: 0.15 };
/** How often the last of linked values is what the second reduces to, where it does. */
const reducedShare = 0.3;

/**
 * `a = a'` by reflexivity, where a' is a written in another way that means the same by definition: the kernel has to
 * find out. This is how conversion gets exercised: beta, delta, zeta, iota, eta, projections, literals. Half of them
 * are about variables, on which nothing computes, so that eta and the rules of proofs and units have to decide.
 */
export function equation(g: KernelTermGenerator, size: number): Proved | undefined {
  const variables = g.random.chance(share.underBinders) ? someVariables(g) : [];
  const proved = g.underAll(variables, () => plainEquation(g, size));
  if (proved === undefined) return undefined;
  return {
    statement: close('pi', variables, proved.statement),
    proof: close('lambda', variables, proved.proof),
  };
}

function plainEquation(g: KernelTermGenerator, size: number): Proved | undefined {
  const found = subject(g, size);
  if (found === undefined) return undefined;
  const { term, type } = found;
  const level = sortOf(g.t, type);
  let other = found.isOfProof ? anotherProof(g, term) : term;
  for (let i = g.random.between(1, 3); i > 0; i--) other = rewrite(g, other, type, level);
  const [a, b] = g.random.chance(0.5) ? [term, other] : [other, term];
  return { statement: equal(level, type, a, b), proof: app(constant('Eq.refl', [level]), type, a) };
}

interface Subject {
  readonly term: Expr;
  readonly type: Expr;
  /** It takes a proof apart of which nothing is known. */
  readonly isOfProof?: true;
}

/** A term for an equation to be about, with its type; undefined where none is found. */
function subject(g: KernelTermGenerator, size: number): Subject | undefined {
  if (g.scope.length > 0 && g.random.chance(share.ofProof)) {
    const type = g.typeAt(g.random.chance(0.8) ? one : g.level(), 3);
    const term = type === undefined ? undefined : eliminateProof(g, type, size);
    if (type !== undefined && term !== undefined) return { term, type, isOfProof: true };
  }
  if (g.scope.length > 0 && g.random.chance(share.ofVariable)) return g.random.pick(g.scope);
  const type = g.typeAt(g.random.chance(0.8) ? one : g.level(), 3);
  const term = type === undefined ? undefined : g.prove(type, size);
  return type === undefined || term === undefined ? undefined : { term, type };
}

function someVariables(g: KernelTermGenerator): Opened[] {
  const variables: Opened[] = [];
  for (let i = lengthOf(g.random, 1 + g.random.weighted([3, 2])); i > 0; i--) {
    const isProof = g.random.chance(share.proof);
    const level = isProof ? zero : g.random.chance(0.8) ? one : g.level();
    const type = g.underAll(variables, () => g.typeAt(level, isProof ? 4 : 2));
    if (type !== undefined) variables.push(open(g.t, 'x', type));
  }
  return variables;
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
  const { binders, left, right, restate } = sides;
  const opened: Opened[] = [];
  const inside = (e: Expr): Expr => instantiateAll(e, localsOf(opened));
  for (const { name, type, info } of binders) opened.push(open(g.t, name, inside(type), info));
  const type = inside(sides.type);
  const other = g.underAll(opened, () => {
    const level = sortOf(g.t, type);
    const before = inside(right);
    const reduced = g.random.chance(reducedShare) ? whnf(g.t, before) : before;
    return reduced === before ? rewrite(g, rewrite(g, before, type, level), type, level) : reduced;
  });
  const outside = abstractAll(
    other,
    opened.map(({ local }) => local.name),
  );
  return [restate(names[0], right, outside), restate(names[1], left, outside)];
}

/**
 * For a theorem `a = b` by reflexivity: one theorem of `a = b`, `b = c` and `a = c`, with c another way to write b. The
 * kernel compares them in this order, and the last must not follow from the others alone. There a is said by way of a
 * function, so that the kernel comes to the two sides by a step of its own.
 */
export function link(g: KernelTermGenerator, declaration: Declaration, name: Name): Declaration | undefined {
  const links = chain(g, declaration, [name, name]);
  const [first, second, direct] = [declaration, ...(links ?? [])].map(sidesOf);
  if (first === undefined || second === undefined || direct === undefined) return undefined;
  const { type, left, right } = direct;
  const third = direct.proved(app(lambda('x', type, bvar(0)), left), right);
  return first.prove(name, allOf([first, second, third]));
}

/**
 * A function that takes a proof apart, and one theorem of what it makes of two proofs: `f h = f h'`, `f h' = c`, `f h =
 * c`, with c what the second reduces to. Proofs are equal, so the first holds; the last follows from both, and by steps
 * of its own a kernel does not come to it.
 */
export function linkProofs(
  g: KernelTermGenerator,
  names: readonly [Name, Name],
  size: number,
): [Declaration, Declaration] | undefined {
  const proposition = g.typeAt(zero, 4);
  const type = g.typeAt(one, 3);
  if (proposition === undefined || type === undefined) return undefined;
  const proof = open(g.t, 'h', proposition);
  return g.under(proof, () => {
    const value = eliminateProof(g, type, size);
    const other = value && (madeOfParts(g, proof.local, proposition) ?? g.prove(proposition, 4));
    if (value === undefined || other === undefined) return undefined;
    const [name, theorem] = names;
    const made = define(name, g.levelParams, close('pi', [proof], type), close('lambda', [proof], value));
    const fn = constant(name, g.levelParams.map(param));
    const [one_, two] = [app(fn, proof.local), app(fn, other)];
    const reduced = whnf(g.t, instantiate(abstract(value, proof.local.name), other));
    const level = sortOf(g.t, type);
    const proved = allOf(
      [
        [one_, two],
        [two, reduced],
        [app(lambda('x', type, bvar(0)), one_), reduced],
      ].map(([a = one_, b = two]) => ({
        statement: equal(level, type, a, b),
        proof: reflexivity(level, type, a),
      })),
    );
    return [
      made,
      {
        ...{ kind: 'theorem', name: theorem, levelParams: g.levelParams },
        type: close('pi', [proof], proved.statement),
        value: close('lambda', [proof], proved.proof),
      },
    ];
  });
}

/** All of some, of which there is one at least. */
function allOf([first, ...rest]: readonly Proved[]): Proved {
  if (first === undefined) throw new RangeError('nothing to prove');
  if (rest.length === 0) return first;
  const others = allOf(rest);
  const statements = [first.statement, others.statement];
  return {
    statement: app(constant('And'), ...statements),
    proof: app(constant('And.intro'), ...statements, first.proof, others.proof),
  };
}

interface Sides extends Proved {
  /** Variables that it is about, outermost first; the type and both sides mention them as bound ones. */
  readonly binders: readonly ExprOf<'lambda' | 'pi'>[];
  readonly type: Expr;
  readonly left: Expr;
  readonly right: Expr;
  /** The equation of other sides. */
  readonly proved: (left: Expr, right: Expr) => Proved;
  /** The declaration with other sides. */
  readonly restate: (name: Name, left: Expr, right: Expr) => Declaration;
  /** The declaration with another statement about its variables. */
  readonly prove: (name: Name, proved: Proved) => Declaration;
}

/** The sides of an equation that a theorem proves by reflexivity, whatever its variables are. */
function sidesOf(declaration: Declaration): Sides | undefined {
  if (declaration.kind !== 'theorem') return undefined;
  const binders: ExprOf<'lambda' | 'pi'>[] = [];
  let [statement, value] = [declaration.type, declaration.value];
  for (
    ;
    statement.kind === 'pi' && value.kind === 'lambda';
    [statement, value] = [statement.body, value.body]
  )
    binders.push(statement);
  const { head, args } = unapply(statement);
  const proof = unapply(value).head;
  const [type, left, right] = args;
  if (type === undefined || left === undefined || right === undefined || args.length !== 3) return undefined;
  if (head.kind !== 'const' || head.name !== 'Eq' || proof.kind !== 'const' || proof.name !== 'Eq.refl')
    return undefined;
  const bound = (kind: 'lambda' | 'pi', body: Expr): Expr =>
    binders.reduceRight((inner, { name, type: of, info }) => binder(kind, name, of, inner, info), body);
  const prove = (name: Name, other: Proved): Declaration => ({
    ...declaration,
    name,
    type: bound('pi', other.statement),
    value: bound('lambda', other.proof),
  });
  const proved = (a: Expr, b: Expr): Proved => ({
    statement: app(head, type, a, b),
    proof: app(proof, type, a),
  });
  const restate = (name: Name, a: Expr, b: Expr): Declaration => prove(name, proved(a, b));
  return { binders, type, left, right, statement, proof: value, proved, restate, prove };
}

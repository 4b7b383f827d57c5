import { instantiate, unapply } from '../../ir/expr-ops.js';
import { app, constant, lambda, nat, proj, sort, type Expr, type ExprOf } from '../../ir/expr.js';
import type { Declaration } from '../../ir/declaration.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { one, zero } from '../../ir/level.js';
import { literalOf } from '../../kernel/literals.js';
import { structureOf, whnf, type StructureShape } from '../../kernel/reduce.js';
import { caseSplit, type Applied } from './case-split.js';
import { fromEquation } from './distinguish.js';
import type { TermGenerator } from './term-generator.js';

const Bool = constant('Bool');
const True = constant('True');
const False = constant('False');
/** Types inside types that are looked into. */
const maxDepth = 4;

/** What comes to True of one value and to False of another. */
type Test = (value: Expr) => Expr;

/** False from a declaration that says `a = b` of two closed values which come to different ones, as we compute them. */
export function refuteEquation(g: TermGenerator, declaration: Declaration): Expr | undefined {
  if (!('type' in declaration)) return undefined;
  const levels = declaration.levelParams.map(() => zero);
  const statement = instantiateLevels(declaration.type, declaration.levelParams, levels);
  const { head, args } = unapply(statement);
  const [type, a, b] = args;
  const [level] = head.kind === 'const' && head.name === 'Eq' ? head.levels : [];
  if (type === undefined || a === undefined || b === undefined || level === undefined) return undefined;
  const holds = separate(g, type, a, b, maxDepth);
  if (holds === undefined) return undefined;
  const proof = constant('True.intro');
  const distinction = { values: [a, b] as const, holds, proof, refute: (refuted: Expr) => refuted };
  return fromEquation(type, level, distinction, constant(declaration.name, levels));
}

/** A test that tells two values of a type apart, if their shapes differ somewhere. */
function separate(g: TermGenerator, type: Expr, a: Expr, b: Expr, depth: number): Test | undefined {
  if (depth === 0) return undefined;
  const reduced = whnf(g.t, type);
  if (reduced.kind === 'pi') return separateFunctions(g, reduced, a, b, depth);
  const { head, args: parameters } = unapply(reduced);
  if (head.kind !== 'const') return undefined;
  if (head.name === 'Nat') return separateNumbers(g, a, b);
  const applied = { name: head.name, levels: head.levels, parameters };
  const structure = structureOf(g.t, head.name);
  return structure === undefined
    ? separateConstructors(g, applied, a, b)
    : separateFields(g, applied, structure, a, b, depth);
}

function separateFunctions(
  g: TermGenerator,
  type: ExprOf<'lambda' | 'pi'>,
  a: Expr,
  b: Expr,
  depth: number,
): Test | undefined {
  const arg = g.prove(type.type, 3);
  if (arg === undefined) return undefined;
  const inner = separate(g, instantiate(type.body, arg), app(a, arg), app(b, arg), depth - 1);
  return inner === undefined ? undefined : (value) => inner(app(value, arg));
}

function separateNumbers(g: TermGenerator, a: Expr, b: Expr): Test | undefined {
  const [left, right] = [literalOf(g.t, a), literalOf(g.t, b)];
  if (left === undefined || right === undefined || left === right) return undefined;
  const propositions = lambda('_', Bool, sort(zero));
  const isTrue = app(constant('Bool.rec', [one]), propositions, False, True);
  return (value) => app(isTrue, app(constant('Nat.beq'), value, nat(left)));
}

/** By the first field in which they differ. */
function separateFields(
  g: TermGenerator,
  { name, levels, parameters }: Applied,
  structure: StructureShape,
  a: Expr,
  b: Expr,
  depth: number,
): Test | undefined {
  const [left, right] = [unapply(whnf(g.t, a)), unapply(whnf(g.t, b))];
  let rest = g.t.typeOf(g.t.constant(structure.constructor), levels);
  for (let at = 0; rest.kind === 'pi'; at++) {
    const [x, y] = [left.args[at], right.args[at]];
    if (x === undefined || y === undefined) return undefined;
    const field = at - parameters.length;
    const inner = field < 0 ? undefined : separate(g, rest.type, x, y, depth - 1);
    if (inner !== undefined) return (value) => inner(proj(name, field, value));
    rest = instantiate(rest.body, x);
  }
  return undefined;
}

function separateConstructors(g: TermGenerator, applied: Applied, a: Expr, b: Expr): Test | undefined {
  const details = g.t.environment.find(applied.name)?.details;
  const [left, right] = [constructorOf(g, a), constructorOf(g, b)];
  if (left === undefined || right === undefined || left === right) return undefined;
  if (details?.kind !== 'inductive' || details.indices > 0) return undefined;
  const arm = (constructor: string): Expr => (constructor === left ? True : False);
  const split = caseSplit(g.t, applied, sort(zero), one, arm);
  return split === undefined ? undefined : (value) => app(split, value);
}

function constructorOf(g: TermGenerator, value: Expr): string | undefined {
  const { head } = unapply(whnf(g.t, value));
  const details = head.kind === 'const' ? g.t.environment.find(head.name)?.details : undefined;
  return head.kind === 'const' && details?.kind === 'constructor' ? head.name : undefined;
}

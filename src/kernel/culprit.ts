import type { Declaration } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { childrenOf } from '../ir/expr-ops.js';
import { expressionsOf } from '../ir/mentioned.js';
import type { Name } from '../ir/name.js';
import type { BrokenRule } from '../ir/typing-rules.js';
import { assume } from './assume.js';
import { checkDeclaration } from './check.js';
import type { Constant, Environment } from './environment.js';
import { DontKnow, IllTyped } from './failure.js';
import { checkType } from './infer.js';
import { subtermAt } from './subterm.js';
import { Typing } from './typing.js';

/** The first of some declarations that the theory refuses. */
export interface Culprit {
  /** The declaration, by its index. */
  readonly index: number;
  readonly rule: BrokenRule;
  /** The rule, and behind what name it is broken where there is one. */
  readonly reason: string;
  /** The smallest part that the rule is broken by, where one can be pointed at. */
  readonly part: Part | undefined;
}

/** A node of a declaration: the expression that it is in, and which child to take at each step from its root. */
export interface Part {
  readonly root: Expr;
  readonly path: readonly number[];
}

/** Steps from a root that are looked at. */
const maxPath = 200;

/** The first of some declarations, one after the other, that the theory refuses; undefined where it refuses none. */
export function culpritIn(
  environment: Environment,
  declarations: readonly Declaration[],
): Culprit | undefined {
  let known = environment;
  for (const [index, declaration] of declarations.entries()) {
    const opinion = checkDeclaration(known, declaration);
    if (opinion.kind === 'reject') {
      const { rule, where, reason } = opinion;
      return { index, rule, reason, part: partOf(known, declaration, rule, where) };
    }
    known = opinion.kind === 'accept' ? opinion.environment : assume(known, declaration);
  }
  return undefined;
}

/** The part that has no type by itself, else the expression that the rule is about. */
function partOf(
  environment: Environment,
  declaration: Declaration,
  rule: BrokenRule,
  where: string | undefined,
): Part | undefined {
  const heads = headsOf(declaration);
  const extended = environment.extend(heads.filter(({ name }) => environment.find(name) === undefined));
  for (const root of expressionsOf(declaration)) {
    const path = untypedPath(extended, levelsOf(declaration), root);
    if (path !== undefined) return { root, path };
  }
  const named = heads.find(({ name }) => name === where);
  if (declaration.kind === 'inductive' && named !== undefined) return { root: named.type, path: [] };
  if (rule === 'a theorem whose type is no proposition' && declaration.kind === 'theorem')
    return { root: declaration.type, path: [] };
  if (rule === 'a value of another type' && 'value' in declaration)
    return { root: declaration.value, path: [] };
  return undefined;
}

/** The way to the innermost node without a type; undefined where the root has one, or that is not known. */
function untypedPath(environment: Environment, levels: readonly Name[], root: Expr): number[] | undefined {
  const t = new Typing(environment, new Set(levels));
  if (!isUntyped(t, root, [])) return undefined;
  const path: number[] = [];
  for (let node = root; path.length < maxPath;) {
    const children = childrenOf(node);
    const which = children.findIndex((_, at) => isUntyped(t, root, [...path, at]));
    const child = children[which];
    if (child === undefined) break;
    path.push(which);
    node = child;
  }
  return path;
}

function isUntyped(t: Typing, root: Expr, path: readonly number[]): boolean {
  try {
    const part = subtermAt(t, root, path);
    if (part !== undefined) checkType(t, part.term);
    return false;
  } catch (error) {
    if (error instanceof IllTyped) return true;
    // Of what is too deep, too large or not modelled nobody says that it has no type.
    if (error instanceof DontKnow || error instanceof RangeError) return false;
    throw error;
  }
}

function levelsOf(declaration: Declaration): readonly Name[] {
  if (declaration.kind === 'mutual') return declaration.definitions.flatMap(({ levelParams }) => levelParams);
  return 'levelParams' in declaration ? declaration.levelParams : [];
}

/** Constants of a declaration that its own parts may mention, taken for granted as axioms. */
function headsOf(declaration: Declaration): Constant[] {
  const details = { kind: 'axiom' } as const;
  if (declaration.kind === 'mutual') return declaration.definitions.map((one) => ({ ...head(one), details }));
  if (declaration.kind !== 'inductive') return [];
  const { levelParams, types } = declaration;
  return types.flatMap((type) =>
    [type, ...type.constructors].map(({ name, type: of }) => ({ name, levelParams, type: of, details })),
  );
}

function head({ name, levelParams, type }: Omit<Constant, 'details'>): Omit<Constant, 'details'> {
  return { name, levelParams, type };
}

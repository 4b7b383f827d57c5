import type { EntryOf } from '../../../ir/source/entry.js';
import { join, positionsOf, ref, replaceAt, say, term, textOf, type Tree } from '../../../ir/source/tree.js';
import { match, printType, sameType, substitute } from '../../../ir/source/types.js';
import { withDependencies } from '../dependencies.js';
import type { SourceMutator } from '../mutator.js';
import { isClosed, pickPosition, withTerm } from './positions.js';

/** Size budget of a term that takes another one's place. */
const size = 8;
/** How often a recursion is unrolled at most. */
const maxRepeats = 4;
/** The longest term that repeating may lead to. */
const maxText = 2000;

/** Another term of the same type in a term's place. */
export const random: SourceMutator = {
  name: 'random',
  weight: 3,
  mutate: (parent, context) => {
    const position = pickPosition(context.random, parent);
    if (position === undefined) return undefined;
    const terms = context.termsBehind(parent.slice(0, position.index));
    const other = terms.term(position.tree.goal, position.locals, context.random.between(1, size));
    return other === undefined ? undefined : withTerm(parent, position, other);
  },
};

/** Another function of the same type applied to the same arguments. */
export const rules: SourceMutator = {
  name: 'rules',
  weight: 2,
  mutate: (parent, context) => {
    const position = pickPosition(context.random, parent, ({ tree }) => argumentsOf(tree).length > 0);
    if (position === undefined) return undefined;
    const { goal } = position.tree;
    const args = argumentsOf(position.tree);
    const { scope } = context.termsBehind(parent.slice(0, position.index));
    const fitting = scope.all('value').filter((entry) => takes(entry, position.tree, args));
    if (fitting.length === 0) return undefined;
    const { name } = context.random.pick(fitting);
    return withTerm(parent, position, term(goal, say`(${join([ref(name), ...args], ' ')})`));
  },
};

type Goaled = Tree & { readonly goal: NonNullable<Tree['goal']> };

/** The terms right below a term, as the term generator builds applications. */
function argumentsOf(tree: Tree): Goaled[] {
  const inner = tree.parts.find((part) => typeof part !== 'string');
  if (tree.parts.length !== 3 || tree.parts[0] !== '(' || inner === undefined) return [];
  return positionsOf(inner)
    .filter(({ path }) => path.length <= 2)
    .map((position) => position.tree);
}

function takes(entry: EntryOf<'value'>, { goal }: Tree, args: readonly Goaled[]): boolean {
  if (goal === undefined || entry.args.length !== args.length) return false;
  const bound = match(entry.result, goal);
  if (bound === undefined) return false;
  return entry.args.every((arg, i) => {
    const given = args[i];
    return given !== undefined && sameType(substitute(arg, bound), given.goal);
  });
}

/** Repeats the part between a term and a smaller term of the same type inside it. */
export const recursive: SourceMutator = {
  name: 'recursive',
  weight: 1,
  mutate: (parent, context) => {
    const position = pickPosition(context.random, parent, ({ tree }) => insideOf(tree).length > 0);
    if (position === undefined) return undefined;
    const { path } = context.random.pick(insideOf(position.tree));
    let repeated: Tree = position.tree;
    for (let i = context.random.between(1, maxRepeats); i > 0 && textOf(repeated).length < maxText; i--)
      repeated = replaceAt(position.tree, path, repeated);
    return withTerm(parent, position, repeated);
  },
};

/** Terms of the same type inside a term, without binders in between: those would be bound twice. */
function insideOf(tree: Goaled): ReturnType<typeof positionsOf> {
  return positionsOf(tree).filter(
    (position) =>
      position.path.length > 0 && position.locals.length === 0 && sameType(position.tree.goal, tree.goal),
  );
}

/** A term of the corpus, of whatever worker, with all that it builds on. */
export const spliceTerm: SourceMutator = {
  name: 'splice-term',
  weight: 3,
  mutate: (parent, context) => {
    const position = pickPosition(context.random, parent, ({ tree }) =>
      context.chunks.has(printType(tree.goal)),
    );
    const chunk = position && context.chunks.pick(context.random, printType(position.tree.goal));
    if (position === undefined || chunk === undefined) return undefined;
    const spliced = withTerm(parent, position, chunk.tree);
    if (spliced === undefined) return undefined;
    const known = new Set(parent.flatMap(({ declares }) => declares));
    const needed = withDependencies(chunk.units, chunk.index).filter(
      (unit) => unit !== chunk.units[chunk.index] && unit.declares.length > 0,
    );
    const missing = needed.filter(({ declares }) => !declares.some((name) => known.has(name)));
    if (spliced.length + missing.length > context.maxUnits) return undefined;
    // Right before the unit that needs them: the prefix stays as it is.
    return [...spliced.slice(0, position.index), ...missing, ...spliced.slice(position.index)];
  },
};

/** A term reduced to one of its parts: what the minimiser tries, and a mutation as well. */
export const shrink: SourceMutator = {
  name: 'shrink',
  weight: 1,
  mutate: (parent, context) => {
    const smaller = (tree: Goaled): Goaled[] =>
      positionsOf(tree)
        .filter(({ path, tree: inner }) => path.length > 0 && sameType(inner.goal, tree.goal))
        .filter(({ tree: inner, locals }) => isClosed(inner, locals))
        .map((inner) => inner.tree);
    const position = pickPosition(context.random, parent, ({ tree }) => smaller(tree).length > 0);
    if (position === undefined) return undefined;
    return withTerm(parent, position, context.random.pick(smaller(position.tree)));
  },
};

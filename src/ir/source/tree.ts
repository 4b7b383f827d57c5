import { headsOf, printType, type Type } from './types.js';

/** A local variable in scope of a term. */
export interface Local {
  readonly name: string;
  readonly type: Type;
}

/**
 * Lean text with the structure that mutators need. A tree with a goal is a term: it may be replaced by any other
 * term of that type that needs no more locals.
 */
export interface Tree {
  readonly parts: readonly (string | Tree)[];
  /** The type of the term; absent where the tree is no term. */
  readonly goal?: Type;
  /** Locals that the parts may mention beyond those of the trees around. */
  readonly binds?: readonly Local[];
  /** Global names that the text of this tree, without that of its parts, mentions. */
  readonly uses?: readonly string[];
}

/** A value that may stand in a `say` text. A type is printed as an atom, and the names in it are noted as uses. */
export type Sayable = string | number | Tree | Type;

/** Lean text as a tree: say`def ${name} : ${type} := ${term}`. */
export function say(texts: TemplateStringsArray, ...values: readonly Sayable[]): Tree {
  const parts: (string | Tree)[] = [];
  const uses: string[] = [];
  texts.forEach((text, i) => {
    if (text !== '') parts.push(text);
    const value = values[i];
    if (value === undefined) return;
    if (typeof value !== 'object') parts.push(String(value));
    else if ('parts' in value) parts.push(value);
    else {
      parts.push(printType(value, true));
      uses.push(...headsOf(value));
    }
  });
  return uses.length === 0 ? { parts } : { parts, uses };
}

/** The tree as a term of a type. */
export function term(goal: Type, tree: Tree): Tree {
  return { ...tree, goal };
}

/** The tree with locals that its parts may mention. */
export function binding(binds: readonly Local[], tree: Tree): Tree {
  return { ...tree, binds };
}

/** The mention of something that a unit declares. */
export function ref(name: string): Tree {
  return { parts: [name], uses: [name] };
}

/** Trees behind each other, with text between them. */
export function join(items: readonly Sayable[], between: string): Tree {
  const trees = items.map((item) => say`${item}`);
  return { parts: trees.flatMap((tree, i) => (i === 0 ? [tree] : [between, tree])) };
}

/** `(x : A) (y : B)`, with a space in front of each. */
export function binders(locals: readonly Local[]): Tree {
  return { parts: locals.map(({ name, type }) => say` (${name} : ${type})`) };
}

export function textOf(tree: Tree): string {
  return tree.parts.map((part) => (typeof part === 'string' ? part : textOf(part))).join('');
}

/** Every global name that the tree mentions. */
export function usesOf(tree: Tree, found = new Set<string>()): Set<string> {
  tree.uses?.forEach((name) => found.add(name));
  for (const part of tree.parts) if (typeof part !== 'string') usesOf(part, found);
  return found;
}

/** A term somewhere in a tree: the way to it, and the locals it may mention. */
export interface Position {
  readonly path: readonly number[];
  readonly tree: Tree & { readonly goal: Type };
  readonly locals: readonly Local[];
}

/** Every term of a tree, outer ones first. */
export function positionsOf(
  tree: Tree,
  path: readonly number[] = [],
  outer: readonly Local[] = [],
): Position[] {
  const { goal } = tree;
  const own: Position[] = goal === undefined ? [] : [{ path, tree: { ...tree, goal }, locals: outer }];
  const locals = tree.binds === undefined ? outer : [...outer, ...tree.binds];
  return own.concat(
    tree.parts.flatMap((part, i) =>
      typeof part === 'string' ? [] : positionsOf(part, [...path, i], locals),
    ),
  );
}

/** The tree with another one at a position. */
export function replaceAt(tree: Tree, path: readonly number[], by: Tree): Tree {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  return {
    ...tree,
    parts: tree.parts.map((part, i) =>
      i === first && typeof part !== 'string' ? replaceAt(part, rest, by) : part,
    ),
  };
}

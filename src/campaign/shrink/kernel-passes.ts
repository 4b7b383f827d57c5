import { Nat, True } from '../../ir/core-constants.js';
import {
  declaredNames,
  type Declaration,
  type Definition,
  type Inductive,
  type Opaque,
  type Theorem,
} from '../../ir/declaration.js';
import { instantiate } from '../../ir/expr-ops.js';
import { constant, nat, sameExpr, sort, type Expr } from '../../ir/expr.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { one, zero } from '../../ir/level.js';
import { expressionsOf, mentionedLevelParams } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { positionsOf, replaceAt, withExpression } from '../../ir/positions.js';
import { rebuild } from '../../ir/rebuild.js';
import { renameBound } from '../../ir/rename-bound.js';
import { mapExpressions, renameDeclaration } from '../../ir/rename.js';
import { mentionsBelow, smallerForms } from '../../ir/smaller.js';
import type { Pass } from './shrink.js';
import { editableDeclarations, dropUnits, withDeclarations, type Subject, passOf } from './subject.js';

/** Nodes of one expression that are looked at; beyond it, time is better spent after the others got smaller. */
const maxPositions = 2000;

/** A pass that changes one declaration at a time: `change` lists smaller ones, `number` is its place. */
function each(
  name: string,
  change: (declaration: Declaration) => Iterable<() => Declaration>,
): Pass<Subject> {
  return passOf(name, function* (subject) {
    const declarations = editableDeclarations(subject);
    // The last ones first: little depends on them.
    for (let index = declarations.length - 1; index >= 0; index--) {
      const declaration = declarations[index];
      if (declaration === undefined) continue;
      for (const smaller of change(declaration)) {
        yield () => withDeclarations(subject, declarations.with(index, smaller()));
      }
    }
  });
}

/** Puts the values of definitions, theorems and opaque constants in the places where they are mentioned. */
const inline = passOf('inline', function* (subject) {
  const declarations = editableDeclarations(subject);
  for (const [index, declaration] of declarations.slice(0, subject.candidate.units.length).entries()) {
    if (!('value' in declaration)) continue;
    yield () => {
      const changed = declarations.map((other) =>
        mapExpressions(other, (expr) => replaceConstant(expr, declaration)),
      );
      return withDeclarations(
        subject,
        changed.map((other, at) => (at === index ? null : other)),
      );
    };
  }
});

function replaceConstant(expr: Expr, { name, levelParams, value }: Definition | Theorem | Opaque): Expr {
  return rebuild(
    expr,
    (node) => node,
    (node) =>
      node.kind === 'const' && node.name === name
        ? instantiateLevels(value, levelParams, node.levels)
        : undefined,
  );
}

/** Takes types, constructors and fields out of inductive types. */
const shrinkInductives = each('shrink inductive types', function* (declaration) {
  if (declaration.kind !== 'inductive') return;
  const { types } = declaration;
  if (types.length > 1) {
    for (const at of types.keys()) yield () => ({ ...declaration, types: types.toSpliced(at, 1) });
  }
  for (const [at, type] of types.entries()) {
    const withConstructors = (constructors: typeof type.constructors): Inductive => ({
      ...declaration,
      types: types.with(at, { ...type, constructors }),
    });
    for (const [c, constructor] of type.constructors.entries()) {
      yield () => withConstructors(type.constructors.toSpliced(c, 1));
      for (const fewer of withoutBinders(constructor.type, declaration.parameters)) {
        yield () => withConstructors(type.constructors.with(c, { ...constructor, type: fewer() }));
      }
    }
  }
});

/** A telescope without one of its binders from `from` on, where nothing mentions it. */
function* withoutBinders(type: Expr, from: number): Generator<() => Expr> {
  let at = 0;
  for (let rest = type; rest.kind === 'pi'; rest = rest.body, at++) {
    const { body } = rest;
    if (at < from || mentionsBelow(body, 1)) continue;
    const path = Array.from({ length: at }, () => 1);
    // Nothing mentions the variable: whatever takes its place vanishes.
    yield () => replaceAt(type, path, instantiate(body, sort(zero)));
  }
}

/** Takes out level parameters that the declaration does not use. */
const dropLevelParams = each('drop level parameters', function* (declaration) {
  if (!('levelParams' in declaration)) return;
  const mentioned = mentionedLevelParams(declaration);
  const levelParams = declaration.levelParams.filter((name) => mentioned.has(name));
  if (levelParams.length < declaration.levelParams.length) yield () => ({ ...declaration, levelParams });
});

/** Replaces one node by something smaller. */
const shrinkTerms = each('shrink terms', function* (declaration) {
  for (const [which, expr] of expressionsOf(declaration).entries()) {
    for (const { path, expr: node } of positionsOf(expr, maxPositions)) {
      for (const smaller of smallerForms(node))
        yield () => withExpression(declaration, which, replaceAt(expr, path, smaller));
    }
  }
});

/**
 * Puts into a node's place what is half of it or less, on the way down through its larger parts. For forms of which
 * those that will do are dear: a long sum or chain goes in a few of them.
 */
export const halveTerms = each('halve terms', function* (declaration) {
  for (const [which, expr] of expressionsOf(declaration).entries()) {
    for (const { path, expr: node } of positionsOf(expr, maxPositions)) {
      const half = halfOf(node);
      if (half !== undefined) yield () => withExpression(declaration, which, replaceAt(expr, path, half));
    }
  }
});

/** Undefined where a node is small, or the way leads under a binder, where variables mean something else. */
function halfOf(node: Expr): Expr | undefined {
  if (node.size < 8) return undefined;
  let part = node;
  while (part.size > node.size / 2) {
    if (part.kind !== 'app') return undefined;
    part = part.fn.size > part.arg.size ? part.fn : part.arg;
  }
  return part;
}

/** Computes what can be computed by putting arguments in their places, all over a declaration at once. */
const reduce = each('reduce', function* (declaration) {
  yield () => mapExpressions(declaration, reduced);
});

function reduced(expr: Expr): Expr {
  return rebuild(expr, (node) => {
    if (node.kind === 'let') return instantiate(node.body, node.value);
    if (node.kind === 'app' && node.fn.kind === 'lambda') return instantiate(node.fn.body, node.arg);
    return node;
  });
}

/** Replacements for a repeated term, made everywhere at once: one place alone would not fit the others. */
const common: readonly Expr[] = [True, Nat, sort(zero), sort(one), constant('True.intro'), nat(0)];

const replaceEverywhere = passOf('replace everywhere', function* (subject) {
  const declarations = editableDeclarations(subject);
  for (const term of repeatedTerms(declarations)) {
    for (const smaller of common) {
      yield () =>
        withDeclarations(
          subject,
          declarations.map((of) => mapExpressions(of, (expr) => replaceTerm(expr, term, smaller))),
        );
    }
  }
});

/** Closed terms that occur more than once, large ones first. */
function repeatedTerms(declarations: readonly Declaration[]): Expr[] {
  const seen = new Map<number, { term: Expr; times: number }>();
  for (const expr of declarations.flatMap(expressionsOf)) {
    for (const { expr: term } of positionsOf(expr, maxPositions)) {
      if (term.looseRange > 0 || (term.size === 1 && term.kind !== 'const')) continue;
      const known = seen.get(term.hash);
      if (known === undefined) seen.set(term.hash, { term, times: 1 });
      else known.times++;
    }
  }
  const repeated = [...seen.values()].filter(({ times }) => times > 1).map(({ term }) => term);
  return repeated.sort((a, b) => b.size - a.size);
}

function replaceTerm(expr: Expr, term: Expr, replacement: Expr): Expr {
  return rebuild(
    expr,
    (node) => node,
    (node) => (sameExpr(node, term) ? replacement : undefined),
  );
}

/** Calls declarations A, B, ..., their constructors A.a, A.b, ..., variables x and level parameters u, v, ... */
const simplifyNames = passOf('simplify names', function* (subject) {
  yield () => renamed(subject, editableDeclarations(subject));
  for (const [index, declaration] of editableDeclarations(subject).entries()) {
    yield () => renamed(subject, [declaration], index);
  }
  yield () => withDeclarations(subject, editableDeclarations(subject).map(plainVariables));
});

/** `first` is the place of the first chosen declaration: it decides its letter. */
function renamed(subject: Subject, chosen: readonly Declaration[], first = 0): Subject {
  const names = new Map<Name, Name>();
  let next = first;
  const add = (name: Name, simple: Name): void =>
    void names.set(name, simple).set(`${name}.rec`, `${simple}.rec`);
  for (const declaration of chosen) {
    if (declaration.kind === 'inductive') {
      for (const type of declaration.types) {
        const simple = letter(next++, 65);
        add(type.name, simple);
        type.constructors.forEach(({ name }, at) => names.set(name, `${simple}.${letter(at, 97)}`));
      }
    } else {
      const [name = ''] = declaredNames(declaration);
      if (name !== subject.claim?.constant) add(name, letter(next++, 65));
    }
  }
  return withDeclarations(
    subject,
    editableDeclarations(subject).map((declaration) => renameDeclaration(declaration, names)),
  );
}

function plainVariables(declaration: Declaration): Declaration {
  const levels = 'levelParams' in declaration ? declaration.levelParams : [];
  return renameBound(declaration, (name) => {
    const at = levels.indexOf(name);
    return at < 0 ? 'x' : letter(at + 20, 97);
  });
}

/** a, b, ..., z, a1, b1, ... from a code of the first letter. */
function letter(index: number, first: number): string {
  const round = Math.floor(index / 26);
  return `${String.fromCharCode(first + (index % 26))}${round === 0 ? '' : round}`;
}

/** Edits of kernel-level subjects, in the order in which they pay. */
export const kernelPasses: readonly Pass<Subject>[] = [
  dropUnits,
  inline,
  reduce,
  shrinkInductives,
  shrinkTerms,
  replaceEverywhere,
  dropLevelParams,
  simplifyNames,
];

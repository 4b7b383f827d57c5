/**
 * Declarations for people to read (`listing`), and as Lean text where Lean text can say them (`asLean`).
 */
import { childrenOf } from './expr-ops.js';
import { mentionedLevelParams } from './mentioned.js';
import type { Expr } from './expr.js';
import type { Declaration, Definition, Inductive, InductiveType } from './declaration.js';
import type { Name } from './name.js';
import { nameParts } from './name.js';
import {
  ExprPrinter,
  leanName,
  marks,
  maxNodes,
  Unsayable,
  type Mark,
  type PointedAt,
  type Variable,
} from './print-expr.js';

/** A declaration to point at, why, and the part of it. */
export interface Pointer {
  readonly index: number;
  readonly reason: string;
  readonly part?: PointedAt | undefined;
}

/**
 * A listing of declarations, one block each, and a line that explains the marks of ours that occur. Says so where it
 * had to cut one short.
 */
export function listing(declarations: readonly Declaration[], pointer?: Pointer): string {
  const used = new Set<Mark>();
  const blocks = declarations.map((declaration, index) => {
    const pointed = pointer?.index === index ? pointer : undefined;
    const printer = new ExprPrinter(false, new Set(), new Set(), pointed?.part);
    const lines = linesOf(printer, declaration);
    if (pointed !== undefined) lines.unshift(`-- breaks a rule of the theory: ${pointed.reason}`);
    if (printer.cut) lines.push(`  -- cut short (…): more than ${maxNodes} nodes, or nested too deep`);
    printer.marks.forEach((mark) => used.add(mark));
    return lines.join('\n');
  });
  return [...blocks, ...legend(used)].map((block) => `${block}\n`).join('\n');
}

function legend(used: ReadonlySet<Mark>): string[] {
  if (used.size === 0) return [];
  const said = Object.entries(marks).filter(([mark]) => used.has(mark as Mark));
  return [`-- marks: ${said.map(([mark, about]) => `${mark} is ${about}`).join('; ')}`];
}

function linesOf(printer: ExprPrinter, declaration: Declaration): string[] {
  switch (declaration.kind) {
    case 'axiom':
      return [`${declaration.unsafe ? 'unsafe ' : ''}axiom ${headLine(printer, declaration)}`];
    case 'definition':
      return definitionLines(printer, declaration);
    case 'theorem':
      return [`theorem ${headLine(printer, declaration)} :=`, `  ${printer.print(declaration.value)}`];
    case 'opaque': {
      const safety = declaration.unsafe ? 'unsafe ' : '';
      return [
        `${safety}opaque ${headLine(printer, declaration)} :=`,
        `  ${printer.print(declaration.value)}`,
      ];
    }
    case 'quotient':
      return ['quotient'];
    case 'bare quotient':
      return ['quotient of an environment with nothing but', ...linesOf(printer, declaration.equality)];
    case 'mutual':
      return [
        'mutual',
        ...declaration.definitions.flatMap((d) => definitionLines(printer, d).map((line) => `  ${line}`)),
        'end',
      ];
    case 'inductive': {
      const safety = declaration.unsafe ? 'unsafe ' : '';
      const levels = levelList(declaration.levelParams);
      return declaration.types.flatMap((type, i) => [
        `${i === 0 ? `${safety}inductive` : 'with'} ${type.name}${levels} : ${printer.print(type.type)}` +
          ` -- parameters: ${declaration.parameters}`,
        ...type.constructors.map((c) => `  | ${c.name} : ${printer.print(c.type)}`),
      ]);
    }
  }
}

function definitionLines(printer: ExprPrinter, definition: Definition): string[] {
  const { hint, safety } = definition;
  return [
    `${safety === 'safe' ? '' : `${safety} `}def ${headLine(printer, definition)} :=` +
      ` -- hint: ${typeof hint === 'number' ? `height ${hint}` : hint}`,
    `  ${printer.print(definition.value)}`,
  ];
}

interface Headed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

function headLine(printer: ExprPrinter, { name, levelParams, type }: Headed): string {
  return `${name === '' ? '[anonymous]' : name}${levelList(levelParams)} : ${printer.print(type)}`;
}

function levelList(names: readonly Name[]): string {
  return names.length === 0 ? '' : `.{${names.join(', ')}}`;
}

/**
 * A declaration as Lean text, or undefined where Lean text can't say it: loose, free and metavariables, names with
 * number parts, partial and quotient declarations, and what is too large. Lean's elaborator works out the heights
 * of definitions itself, and says projections by functions; the meaning stays.
 */
export function asLean(declaration: Declaration): string | undefined {
  try {
    requireUsedLevels(declaration);
    return sayOne(declaration);
  } catch (error) {
    if (error instanceof Unsayable) return undefined;
    throw error;
  }
}

/** Lean text may not name a level parameter that it does not use; the kernel does not mind. */
function requireUsedLevels(declaration: Declaration): void {
  if (!('levelParams' in declaration)) return;
  const mentioned = mentionedLevelParams(declaration);
  if (!declaration.levelParams.every((name) => mentioned.has(name))) throw new Unsayable('an unused level');
}

function sayOne(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'axiom':
      return `${declaration.unsafe ? 'unsafe ' : ''}axiom ${sayHead(declaration)}`;
    case 'definition':
      return sayDefinition(declaration);
    case 'theorem':
      return `theorem ${sayValued(declaration)}`;
    case 'opaque':
      return `noncomputable ${declaration.unsafe ? 'unsafe ' : ''}opaque ${sayValued(declaration)}`;
    case 'quotient':
    case 'bare quotient':
      throw new Unsayable('the quotient declaration');
    case 'mutual':
      if (declaration.definitions.some((d) => d.safety !== 'unsafe')) throw new Unsayable('not unsafe');
      return ['mutual', ...declaration.definitions.map(sayDefinition), 'end'].join('\n');
    case 'inductive':
      return sayInductive(declaration);
  }
}

function sayDefinition(definition: Definition): string {
  if (definition.safety === 'partial') throw new Unsayable('a partial definition of the kernel');
  // Code is never wanted, and recursors have none.
  const unsafe = definition.safety === 'unsafe' ? 'unsafe ' : '';
  const keyword = definition.hint === 'abbreviation' ? 'abbrev' : 'def';
  return `noncomputable ${unsafe}${keyword} ${sayValued(definition)}`;
}

function sayHead(headed: Headed): string {
  const printer = new ExprPrinter(true, firstParts([headed.type]));
  return `${leanName(headed.name)}${levelList(headed.levelParams.map(leanName))} : ${printer.print(headed.type)}`;
}

function sayValued(declaration: Headed & { readonly value: Expr }): string {
  const printer = new ExprPrinter(true, firstParts([declaration.value]));
  return `${sayHead(declaration)} :=\n  ${printer.print(declaration.value)}`;
}

function sayInductive(declaration: Inductive): string {
  const blocks = declaration.types.map((type) => sayType(declaration, type));
  const [first] = blocks;
  const text = blocks.length === 1 && first !== undefined ? first : ['mutual', ...blocks, 'end'].join('\n');
  // Otherwise an index that never changes becomes a parameter, and the declaration another one.
  return `set_option inductive.autoPromoteIndices false in\n${text}`;
}

function sayType(declaration: Inductive, type: InductiveType): string {
  const own = new Set(declaration.types.map((t) => t.name));
  const types = declaration.types.flatMap((t) => [t.type, ...t.constructors.map((c) => c.type)]);
  const taken = firstParts(types);
  own.forEach((name) => taken.add(String(nameParts(name)[0] ?? '')));
  const printer = new ExprPrinter(true, taken, own);

  const parameters: Variable[] = [];
  const binders: string[] = [];
  let rest = type.type;
  for (let i = 0; i < declaration.parameters; i++) {
    if (rest.kind !== 'pi') throw new Unsayable('fewer binders than parameters');
    const variable = printer.variable(rest.name, parameters);
    binders.push(printer.binder(variable, rest.info, printer.print(rest.type, parameters)));
    parameters.push(variable);
    rest = rest.body;
  }
  const constructors = type.constructors.map((constructor) => {
    if (!constructor.name.startsWith(`${type.name}.`)) throw new Unsayable('a constructor named elsewhere');
    let inner = constructor.type;
    for (let i = 0; i < declaration.parameters; i++) {
      if (inner.kind !== 'pi') throw new Unsayable('fewer binders than parameters');
      inner = inner.body;
    }
    return `  | ${leanName(constructor.name.slice(type.name.length + 1))} : ${printer.print(inner, parameters)}`;
  });
  const levels = levelList(declaration.levelParams.map(leanName));
  const head = [`${leanName(type.name)}${levels}`, ...binders, ':', printer.print(rest, parameters), 'where'];
  return [`${declaration.unsafe ? 'unsafe ' : ''}inductive ${head.join(' ')}`, ...constructors].join('\n');
}

/** The first parts of all constants' names, which a variable would hide. */
function firstParts(exprs: readonly Expr[]): Set<string> {
  const found = new Set<string>();
  const seen = new Set<Expr>();
  const open = [...exprs];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.kind === 'const') found.add(expr.name.split('.')[0] ?? '');
    else open.push(...childrenOf(expr));
  }
  return found;
}

import type { Unit } from '../../api/candidate.js';
import type { InputLevel } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { MalformedWords } from '../../ir/decode.js';
import { expressionsOf, mentionedLevelParams, mentionedNames } from '../../ir/mentioned.js';
import { childrenOf } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import { nameParts } from '../../ir/name.js';
import { decode } from '../../ir/tree-builder.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { unitOfText, withUses } from '../text/units-of-text.js';
import type { Given } from './protocol.js';

/** Bounds of what a mutator may give: a candidate has to fit into a batch. */
const limits = { units: 200, text: 100_000, words: 50_000, nodes: 200_000 } as const;

/** Thrown for units that no candidate may have; says which and why. */
export class RefusedUnits extends Error {
  override readonly name = 'RefusedUnits';
}

/**
 * The units that a mutator gave, checked by the same decoder that stands before the kernel. Those that were handed to
 * the mutator stay what they were; what is new is described from its text or tree. Throws RefusedUnits.
 */
export function readUnits(level: InputLevel, given: readonly Given[], known: readonly Unit[]): Unit[] {
  if (given.length === 0 || given.length > limits.units)
    throw new RefusedUnits(`${given.length} units, expected 1 to ${limits.units}`);
  const units = given.map((content, index) => {
    if (typeof content === 'number') {
      const old = known[content];
      if (old === undefined) throw new RefusedUnits(`unit ${index}: number ${content} of ${known.length}`);
      return old;
    }
    if (typeof content === 'string' ? level === 'kernel' : level === 'source' || !isWords(content))
      throw new RefusedUnits(`unit ${index}: ${kindOf(content)}, at ${level} level`);
    return typeof content === 'string' ? readText(content, index) : readWords(content, index);
  });
  return level === 'source' ? withUses(units) : withKernelUses(units);
}

function readText(text: string, index: number): Unit {
  if (text.trim() === '' || text.length > limits.text)
    throw new RefusedUnits(
      `unit ${index}: a text of ${text.length} characters, expected 1 to ${limits.text}`,
    );
  return unitOfText(text);
}

function readWords(words: Uint32Array, index: number): Unit {
  if (words.length > limits.words)
    throw new RefusedUnits(`unit ${index}: ${words.length} words, at most ${limits.words}`);
  const declaration = decodeOne(words, index);
  if (declaration.kind === 'axiom') throw new RefusedUnits(`unit ${index}: an axiom, which proves nothing`);
  const declares = declaredNames(declaration);
  const odd = allNames(declaration).find((name) => !isName(name));
  if (odd !== undefined) throw new RefusedUnits(`unit ${index}: "${odd}" is no name`);
  const nodes = expressionsOf(declaration).reduce((sum, expr) => sum + expr.size, 0);
  if (nodes > limits.nodes)
    throw new RefusedUnits(`unit ${index}: ${nodes} nodes when written out, at most ${limits.nodes}`);
  const facts = { kind: declaration.kind, declares, uses: [], expected: 'any' } as const;
  return KernelUnit.ofWords(Uint32Array.from(words), facts);
}

function decodeOne(words: Uint32Array, index: number): Declaration {
  try {
    const declarations = decode(words);
    const [declaration] = declarations;
    if (declaration !== undefined && declarations.length === 1) return declaration;
    throw new RefusedUnits(`unit ${index}: ${declarations.length} declarations, expected 1`);
  } catch (error) {
    if (error instanceof MalformedWords) throw new RefusedUnits(`unit ${index}: ${error.message}`);
    throw error;
  }
}

/** Each unit with the names of earlier units that it mentions. */
function withKernelUses(units: readonly Unit[]): Unit[] {
  const before = new Set<string>();
  return units.map((unit) => {
    // A recursor comes with its type.
    const mentioned = unit.form === 'kernel' ? [...mentionedNames(unit.declaration)] : [];
    const names = new Set(mentioned.map((name) => name.replace(/\.rec$/, '')));
    const uses = [...names].filter((name) => before.has(name));
    unit.declares.forEach((name) => before.add(name));
    return unit.with({ uses });
  });
}

/** Every name in a declaration, those of variables and universe parameters included. */
function allNames(declaration: Declaration): string[] {
  const definitions = declaration.kind === 'mutual' ? declaration.definitions : [declaration];
  const names = definitions.flatMap((one) => ('levelParams' in one ? one.levelParams : []));
  const seen = new Set<Expr>();
  const open = expressionsOf(declaration);
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if ('name' in expr) names.push(expr.name);
    open.push(...childrenOf(expr));
  }
  const mentioned = [...mentionedNames(declaration), ...mentionedLevelParams(declaration)];
  return [...declaredNames(declaration), ...mentioned, ...names];
}

function isWords(content: unknown): boolean {
  return content instanceof Uint32Array;
}

function kindOf(content: unknown): string {
  return typeof content === 'string' ? 'a text' : isWords(content) ? 'a declaration' : typeof content;
}

function isName(name: string): boolean {
  try {
    nameParts(name);
    return true;
  } catch {
    return false;
  }
}

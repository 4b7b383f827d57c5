import { bitLength } from '../util/bit-length.js';
import { effort } from './effort.js';
import { hashText, mix } from './hash.js';
import { hasLevelParam, hasMvar, hashLevel, levelHas, type Level } from './level.js';
import { sameLevel } from './same-level.js';
import type { Name } from './name.js';

/** How the elaborator treats a binder; the kernel ignores it. */
export type BinderInfo = 'default' | 'implicit' | 'strictImplicit' | 'instImplicit';
export const binderInfos: readonly BinderInfo[] = ['default', 'implicit', 'strictImplicit', 'instImplicit'];

/**
 * Kernel expressions: locally nameless trees that may share subtrees (DAGs). Build them with the functions
 * below, which keep `looseRange` (one more than the largest loose bound variable; 0 when closed), `hash` (equal for
 * equal trees), `size` (nodes, shared ones counted at each use: what a walk that does not know of sharing costs) and
 * `has` (what occurs somewhere in it). Recently built expressions are shared, not built again, so that identity
 * finds most equal trees; only sameExpr finds all.
 */
export type Expr = {
  readonly looseRange: number;
  readonly hash: number;
  readonly size: number;
  readonly has: number;
} & (
  | { readonly kind: 'bvar'; readonly index: number }
  | { readonly kind: 'fvar' | 'mvar'; readonly name: Name }
  | { readonly kind: 'sort'; readonly level: Level }
  | { readonly kind: 'const'; readonly name: Name; readonly levels: readonly Level[] }
  | { readonly kind: 'app'; readonly fn: Expr; readonly arg: Expr }
  | {
      readonly kind: 'lambda' | 'pi';
      readonly name: Name;
      readonly info: BinderInfo;
      readonly type: Expr;
      readonly body: Expr;
    }
  | {
      readonly kind: 'let';
      readonly name: Name;
      readonly type: Expr;
      readonly value: Expr;
      readonly body: Expr;
    }
  | { readonly kind: 'nat'; readonly value: bigint }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'proj'; readonly structure: Name; readonly index: number; readonly of: Expr }
  | { readonly kind: 'mdata'; readonly of: Expr }
);
export type ExprKind = Expr['kind'];
export type ExprOf<K extends ExprKind> = Expr & { readonly kind: K };

/** Bits of `has`, with those of levels. */
export const hasFvar = 1;
export { hasLevelParam, hasMvar };

/**
 * Recently built expressions, by hash. Each slot holds one expression and is overwritten by the next, so that the table
 * never grows and keeps little alive.
 */
const recent = new Array<Expr | undefined>(1 << 16).fill(undefined);
const recentMask = recent.length - 1;

/**
 * Begins with an empty table: what shares parts with what, and with it the work that walks take, then hangs on nothing
 * that was built before.
 */
export function forgetRecent(): void {
  recent.fill(undefined);
}

function remembered<E extends Expr>(expr: E): E {
  recent[expr.hash & recentMask] = expr;
  return expr;
}

/**
 * At run time expressions have four shapes, each made in one place: leaves, applications, binders, and what wraps one other.
 * Nearly all code asks any expression for its kind, hash or size, and the engine compiles that to a plain load as long
 * as there are no more than four.
 */
function leaf(
  kind: 'bvar' | 'fvar' | 'mvar' | 'sort' | 'const' | 'nat' | 'string',
  hash: number,
  has: number,
  { name = '', index = -1, level, levels, value, size = 1 }: LeafParts,
): Expr {
  const made = { kind, hash, has, looseRange: index + 1, size, name, index, level, levels, value };
  return made as unknown as Expr;
}

interface LeafParts {
  readonly name?: Name;
  readonly index?: number;
  readonly level?: Level;
  readonly levels?: readonly Level[];
  readonly value?: bigint | string;
  readonly size?: number;
}

/** Shared from the start: which terms share them must not hang on what was made before. */
const bvars = Array.from({ length: 256 }, (_, index) => newBvar(index));

export function bvar(index: number): ExprOf<'bvar'> {
  return bvars[index] ?? newBvar(index);
}

function newBvar(index: number): ExprOf<'bvar'> {
  return leaf('bvar', mix(1, index), 0, { index }) as ExprOf<'bvar'>;
}

export function fvar(name: Name): Expr {
  return leaf('fvar', mix(2, hashText(name)), hasFvar, { name });
}
export function mvar(name: Name): Expr {
  return leaf('mvar', mix(3, hashText(name)), hasMvar, { name });
}
export function sort(level: Level): ExprOf<'sort'> {
  const hash = mix(4, hashLevel(level));
  const known = recent[hash & recentMask];
  if (known?.kind === 'sort' && known.hash === hash && sameLevel(known.level, level)) return known;
  return remembered(leaf('sort', hash, levelHas(level), { level }) as ExprOf<'sort'>);
}
export function constant(name: Name, levels: readonly Level[] = []): ExprOf<'const'> {
  let hash = mix(5, hashText(name));
  for (const level of levels) hash = mix(hash, hashLevel(level));
  const known = recent[hash & recentMask];
  if (
    known?.kind === 'const' &&
    known.hash === hash &&
    known.name === name &&
    sameLevels(known.levels, levels)
  )
    return known;
  let has = 0;
  for (const level of levels) has |= levelHas(level);
  return remembered(leaf('const', hash, has, { name, levels }) as ExprOf<'const'>);
}
export function app(fn: Expr, ...args: readonly Expr[]): Expr {
  let result = fn;
  for (const arg of args) result = apply(result, arg);
  return result;
}
/** app of one argument. */
export function apply(fn: Expr, arg: Expr): ExprOf<'app'> {
  const hash = mix(mix(6, fn.hash), arg.hash);
  const known = recent[hash & recentMask];
  if (known?.kind === 'app' && known.fn === fn && known.arg === arg) return known;
  const looseRange = fn.looseRange > arg.looseRange ? fn.looseRange : arg.looseRange;
  const size = fn.size + arg.size + 1;
  const made: ExprOf<'app'> = { kind: 'app', hash, has: fn.has | arg.has, looseRange, size, fn, arg };
  return remembered(made);
}
export function lambda(
  name: Name,
  type: Expr,
  body: Expr,
  info: BinderInfo = 'default',
): ExprOf<'lambda' | 'pi'> {
  return binder('lambda', name, type, body, info);
}
export function pi(
  name: Name,
  type: Expr,
  body: Expr,
  info: BinderInfo = 'default',
): ExprOf<'lambda' | 'pi'> {
  return binder('pi', name, type, body, info);
}
export function binder(
  kind: 'lambda' | 'pi',
  name: Name,
  type: Expr,
  body: Expr,
  info: BinderInfo = 'default',
): ExprOf<'lambda' | 'pi'> {
  // Names and infos are not part of the hash, nor of sameExpr: the kernel's equality does not look at them.
  const hash = mix(mix(kind === 'pi' ? 7 : 8, type.hash), body.hash);
  const known = recent[hash & recentMask];
  if (
    known?.kind === kind &&
    known.type === type &&
    known.body === body &&
    known.name === name &&
    known.info === info
  )
    return known;
  return remembered(binding(kind, hash, name, type, body, info, undefined) as ExprOf<'lambda' | 'pi'>);
}
/** The one shape that `lambda`, `pi` and `let` have; see `leaf`. */
function binding(
  kind: 'lambda' | 'pi' | 'let',
  hash: number,
  name: Name,
  type: Expr,
  body: Expr,
  info: BinderInfo | undefined,
  value: Expr | undefined,
): Expr {
  let looseRange = Math.max(type.looseRange, body.looseRange - 1);
  let size = type.size + body.size + 1;
  let has = type.has | body.has;
  if (value !== undefined) {
    looseRange = Math.max(looseRange, value.looseRange);
    size += value.size;
    has |= value.has;
  }
  const made = { kind, hash, has, looseRange, size, name, type, body, info, value };
  return made as unknown as Expr;
}
export function letIn(name: Name, type: Expr, value: Expr, body: Expr): Expr {
  const hash = mix(mix(mix(9, type.hash), value.hash), body.hash);
  return binding('let', hash, name, type, body, undefined, value);
}
export function nat(value: bigint | number): ExprOf<'nat'> {
  const big = BigInt(value);
  const hash = mix(10, Number(BigInt.asIntN(32, big ^ (big >> 32n))));
  const known = recent[hash & recentMask];
  if (known?.kind === 'nat' && known.value === big) return known;
  const size = big < 0x100000000n ? 1 : 1 + (Math.ceil(bitLength(big) / 4) >> 3);
  return remembered(leaf('nat', hash, 0, { value: big, size }) as ExprOf<'nat'>);
}
export function string(value: string): ExprOf<'string'> {
  return leaf('string', mix(11, hashText(value)), 0, { value }) as ExprOf<'string'>;
}
export function proj(structure: Name, index: number, of: Expr): ExprOf<'proj'> {
  const hash = mix(mix(mix(12, hashText(structure)), index), of.hash);
  const known = recent[hash & recentMask];
  if (known?.kind === 'proj' && known.of === of && known.index === index && known.structure === structure)
    return known;
  return remembered(wrapping('proj', hash, structure, index, of) as ExprOf<'proj'>);
}
export function mdata(of: Expr): Expr {
  return wrapping('mdata', mix(13, of.hash), '', 0, of);
}
/** The one shape that `proj` and `mdata` have; see `leaf`. */
function wrapping(kind: 'proj' | 'mdata', hash: number, structure: Name, index: number, of: Expr): Expr {
  const { has, looseRange } = of;
  const made = { kind, hash, has, looseRange, size: of.size + 1, structure, index, of };
  return made;
}

/** Trees above this size are compared with a memory of what was found equal: they may share so much that it tells. */
const rememberedSize = 256;

/** Structural equality up to binder names and infos. */
export function sameExpr(a: Expr, b: Expr): boolean {
  return a === b || (a.hash === b.hash && same(a, b, a.size > rememberedSize ? new Map() : undefined, 0));
}

/** Nesting that the stack is asked to hold. */
const maxNesting = 512;

function same(first: Expr, second: Expr, known: Map<Expr, Expr> | undefined, nesting: number): boolean {
  if (nesting > maxNesting && known !== undefined) return sameDeep(first, second, known);
  let a = first;
  let b = second;
  for (;;) {
    if (a === b) return true;
    effort.nodes++;
    if (a.hash !== b.hash || a.kind !== b.kind) return false;
    if (known !== undefined && a.size > rememberedSize) {
      if (known.get(a) === b) return true;
      // Said before it is known: where it turns out otherwise, the whole is unequal anyway.
      known.set(a, b);
    }
    switch (a.kind) {
      case 'bvar':
        return a.index === (b as ExprOf<'bvar'>).index;
      case 'fvar':
      case 'mvar':
        return a.name === (b as ExprOf<'fvar'>).name;
      case 'sort':
        return sameLevel(a.level, (b as ExprOf<'sort'>).level);
      case 'const': {
        const other = b as ExprOf<'const'>;
        return a.name === other.name && sameLevels(a.levels, other.levels);
      }
      case 'app': {
        const other = b as ExprOf<'app'>;
        if (!same(a.arg, other.arg, known, nesting + 1)) return false;
        [a, b] = [a.fn, other.fn];
        continue;
      }
      case 'lambda':
      case 'pi': {
        const other = b as ExprOf<'pi'>;
        if (!same(a.type, other.type, known, nesting + 1)) return false;
        [a, b] = [a.body, other.body];
        continue;
      }
      case 'let': {
        const other = b as ExprOf<'let'>;
        if (!same(a.type, other.type, known, nesting + 1) || !same(a.value, other.value, known, nesting + 1))
          return false;
        [a, b] = [a.body, other.body];
        continue;
      }
      case 'nat':
      case 'string':
        return a.value === (b as ExprOf<'nat'>).value;
      case 'proj': {
        const other = b as ExprOf<'proj'>;
        if (a.structure !== other.structure || a.index !== other.index) return false;
        [a, b] = [a.of, other.of];
        continue;
      }
      case 'mdata':
        [a, b] = [a.of, (b as ExprOf<'mdata'>).of];
        continue;
    }
  }
}

/** The same without recursion. */
function sameDeep(first: Expr, second: Expr, known: Map<Expr, Expr>): boolean {
  const open: (readonly [Expr, Expr])[] = [[first, second]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair;
    if (a === b || known.get(a) === b) continue;
    effort.nodes++;
    if (a.hash !== b.hash || a.kind !== b.kind) return false;
    known.set(a, b);
    switch (a.kind) {
      case 'app': {
        const other = b as ExprOf<'app'>;
        open.push([a.fn, other.fn], [a.arg, other.arg]);
        break;
      }
      case 'lambda':
      case 'pi': {
        const other = b as ExprOf<'pi'>;
        open.push([a.body, other.body], [a.type, other.type]);
        break;
      }
      case 'let': {
        const other = b as ExprOf<'let'>;
        open.push([a.body, other.body], [a.value, other.value], [a.type, other.type]);
        break;
      }
      case 'proj': {
        const other = b as ExprOf<'proj'>;
        if (a.structure !== other.structure || a.index !== other.index) return false;
        open.push([a.of, other.of]);
        break;
      }
      case 'mdata':
        open.push([a.of, (b as ExprOf<'mdata'>).of]);
        break;
      default:
        if (!same(a, b, undefined, 0)) return false;
    }
  }
  return true;
}

/** Whether two lists of levels are written alike. */
export function sameLevels(a: readonly Level[], b: readonly Level[]): boolean {
  return a.length === b.length && a.every((level, i) => sameLevel(level, b[i] ?? level));
}

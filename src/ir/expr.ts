import { sameLevel, type Level } from './level.js';
import type { Name } from './name.js';

/** How the elaborator treats a binder; the kernel ignores it. */
export type BinderInfo = 'default' | 'implicit' | 'strictImplicit' | 'instImplicit';
export const binderInfos: readonly BinderInfo[] = ['default', 'implicit', 'strictImplicit', 'instImplicit'];

/**
 * Kernel expressions: locally nameless trees that may share subtrees (DAGs). Build them with the functions
 * below, which keep `looseRange` (one more than the largest loose bound variable; 0 when closed), `hash` (equal for
 * equal trees) and `size` (nodes, shared ones counted at each use: what a walk that does not know of sharing costs).
 */
export type Expr = { readonly looseRange: number; readonly hash: number; readonly size: number } & (
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

export function bvar(index: number): ExprOf<'bvar'> {
  return { kind: 'bvar', index, looseRange: index + 1, hash: mix(1, index), size: 1 };
}
export function fvar(name: Name): Expr {
  return { kind: 'fvar', name, looseRange: 0, hash: mix(2, hashText(name)), size: 1 };
}
export function mvar(name: Name): Expr {
  return { kind: 'mvar', name, looseRange: 0, hash: mix(3, hashText(name)), size: 1 };
}
export function sort(level: Level): ExprOf<'sort'> {
  return { kind: 'sort', level, looseRange: 0, hash: mix(4, hashLevel(level)), size: 1 };
}
export function constant(name: Name, levels: readonly Level[] = []): ExprOf<'const'> {
  let hash = mix(5, hashText(name));
  for (const level of levels) hash = mix(hash, hashLevel(level));
  return { kind: 'const', name, levels, looseRange: 0, hash, size: 1 };
}
export function app(fn: Expr, ...args: readonly Expr[]): Expr {
  let result = fn;
  for (const arg of args) {
    const looseRange = Math.max(result.looseRange, arg.looseRange);
    const size = result.size + arg.size + 1;
    result = { kind: 'app', fn: result, arg, looseRange, hash: mix(mix(6, result.hash), arg.hash), size };
  }
  return result;
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
  const looseRange = Math.max(type.looseRange, body.looseRange - 1);
  // Names and infos are not part of the hash, nor of sameExpr: the kernel's equality does not look at them.
  return {
    kind,
    name,
    info,
    type,
    body,
    looseRange,
    hash: mix(mix(kind === 'pi' ? 7 : 8, type.hash), body.hash),
    size: type.size + body.size + 1,
  };
}
export function letIn(name: Name, type: Expr, value: Expr, body: Expr): Expr {
  const looseRange = Math.max(type.looseRange, value.looseRange, body.looseRange - 1);
  return {
    kind: 'let',
    name,
    type,
    value,
    body,
    looseRange,
    hash: mix(mix(mix(9, type.hash), value.hash), body.hash),
    size: type.size + value.size + body.size + 1,
  };
}
export function nat(value: bigint | number): ExprOf<'nat'> {
  const big = BigInt(value);
  return {
    kind: 'nat',
    value: big,
    looseRange: 0,
    hash: mix(10, Number(BigInt.asIntN(32, big ^ (big >> 32n)))),
    size: big < 0x100000000n ? 1 : 1 + (big.toString(16).length >> 3),
  };
}
export function string(value: string): ExprOf<'string'> {
  return { kind: 'string', value, looseRange: 0, hash: mix(11, hashText(value)), size: 1 };
}
export function proj(structure: Name, index: number, of: Expr): ExprOf<'proj'> {
  const hash = mix(mix(mix(12, hashText(structure)), index), of.hash);
  return { kind: 'proj', structure, index, of, looseRange: of.looseRange, hash, size: of.size + 1 };
}
export function mdata(of: Expr): Expr {
  return { kind: 'mdata', of, looseRange: of.looseRange, hash: mix(13, of.hash), size: of.size + 1 };
}

/** Structural equality up to binder names and infos. */
export function sameExpr(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.hash !== b.hash || a.kind !== b.kind) return false;
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
      return (
        a.name === other.name &&
        a.levels.length === other.levels.length &&
        a.levels.every((level, i) => sameLevel(level, other.levels[i] ?? level))
      );
    }
    case 'app':
      return sameExpr(a.fn, (b as ExprOf<'app'>).fn) && sameExpr(a.arg, (b as ExprOf<'app'>).arg);
    case 'lambda':
    case 'pi':
      return sameExpr(a.type, (b as ExprOf<'pi'>).type) && sameExpr(a.body, (b as ExprOf<'pi'>).body);
    case 'let': {
      const other = b as ExprOf<'let'>;
      return sameExpr(a.type, other.type) && sameExpr(a.value, other.value) && sameExpr(a.body, other.body);
    }
    case 'nat':
    case 'string':
      return a.value === (b as ExprOf<'nat'>).value;
    case 'proj': {
      const other = b as ExprOf<'proj'>;
      return a.structure === other.structure && a.index === other.index && sameExpr(a.of, other.of);
    }
    case 'mdata':
      return sameExpr(a.of, (b as ExprOf<'mdata'>).of);
  }
}

export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  h ^= h >>> 15;
  return Math.imul(h, 0x27d4eb2f) | 0;
}

/** FNV-1a over UTF-16 units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

function hashLevel(level: Level): number {
  switch (level.kind) {
    case 'zero':
      return 17;
    case 'succ':
      return mix(18, hashLevel(level.of));
    case 'max':
    case 'imax':
      return mix(mix(level.kind === 'max' ? 19 : 20, hashLevel(level.left)), hashLevel(level.right));
    case 'param':
    case 'mvar':
      return mix(level.kind === 'param' ? 21 : 22, hashText(level.name));
  }
}

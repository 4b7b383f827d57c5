import type { Name } from './name.js';

/** Universe levels, as the kernel has them. */
export type Level =
  | { readonly kind: 'zero' }
  | { readonly kind: 'succ'; readonly of: Level }
  | { readonly kind: 'max' | 'imax'; readonly left: Level; readonly right: Level }
  | { readonly kind: 'param' | 'mvar'; readonly name: Name };

export const zero: Level = { kind: 'zero' };
export const one: Level = { kind: 'succ', of: zero };

export function succ(of: Level, times = 1): Level {
  let level = of;
  for (let i = 0; i < times; i++) level = { kind: 'succ', of: level };
  return level;
}
export function max(left: Level, right: Level): Level {
  return { kind: 'max', left, right };
}
export function imax(left: Level, right: Level): Level {
  return { kind: 'imax', left, right };
}
export function param(name: Name): Level {
  return { kind: 'param', name };
}

/** The level of a number: 0, 1, 2, ... */
export function levelOf(n: number): Level {
  return succ(zero, n);
}

export function sameLevel(a: Level, b: Level): boolean {
  for (;;) {
    if (a === b) return true;
    switch (a.kind) {
      case 'zero':
        return b.kind === 'zero';
      case 'succ':
        if (b.kind !== 'succ') return false;
        [a, b] = [a.of, b.of];
        continue;
      case 'max':
      case 'imax':
        return b.kind === a.kind && sameLevel(a.left, b.left) && sameLevel(a.right, b.right);
      case 'param':
      case 'mvar':
        return b.kind === a.kind && a.name === b.name;
    }
  }
}

/** The level with parameters replaced; those that `replace` does not know stay. */
export function substituteLevel(level: Level, replace: ReadonlyMap<Name, Level>): Level {
  switch (level.kind) {
    case 'zero':
    case 'mvar':
      return level;
    case 'succ': {
      const of = substituteLevel(level.of, replace);
      return of === level.of ? level : { kind: 'succ', of };
    }
    case 'max':
    case 'imax': {
      const left = substituteLevel(level.left, replace);
      const right = substituteLevel(level.right, replace);
      return left === level.left && right === level.right ? level : { kind: level.kind, left, right };
    }
    case 'param':
      return replace.get(level.name) ?? level;
  }
}

/** A level as Lean writes it. */
export function printLevel(level: Level): string {
  return printAt(level, false);
}

function printAt(level: Level, parenthesized: boolean): string {
  let offset = 0;
  let base = level;
  while (base.kind === 'succ') {
    offset++;
    base = base.of;
  }
  if (base.kind === 'zero') return String(offset);
  const text = printBase(base);
  if (offset > 0) {
    const inner = base.kind === 'param' || base.kind === 'mvar' ? text : `(${text})`;
    return parenthesized ? `(${inner} + ${offset})` : `${inner} + ${offset}`;
  }
  return parenthesized && (base.kind === 'max' || base.kind === 'imax') ? `(${text})` : text;
}

function printBase(level: Exclude<Level, { kind: 'zero' | 'succ' }>): string {
  switch (level.kind) {
    case 'param':
      return level.name;
    case 'mvar':
      return `?${level.name}`;
    case 'max':
    case 'imax':
      return `${level.kind} ${printAt(level.left, true)} ${printAt(level.right, true)}`;
  }
}

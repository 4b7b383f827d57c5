/**
 * The types that the source generator knows: enough to bind names before use and to apply functions to what they
 * take. Lean's own elaborator has the last word on everything.
 */
export type Type =
  | { readonly kind: 'named'; readonly head: string; readonly args: readonly Type[] }
  | { readonly kind: 'arrow'; readonly from: Type; readonly to: Type }
  /** A type variable that the declaration binds. */
  | { readonly kind: 'variable'; readonly name: string };

export function named(head: string, ...args: readonly Type[]): Type {
  return { kind: 'named', head, args };
}
export function arrow(from: Type, to: Type): Type {
  return { kind: 'arrow', from, to };
}
export function variable(name: string): Type {
  return { kind: 'variable', name };
}

/** A small natural number as an argument of a type. */
export function natural(value: number): Type {
  return value === 0 ? named('Nat.zero') : named('Nat.succ', natural(value - 1));
}
/** Whether a variable stands for a natural number: Latin ones do, Greek ones stand for types. */
export function isNatural(variable: string): boolean {
  return /^[a-z]/.test(variable);
}

export const Nat = named('Nat');
export const Bool = named('Bool');

export function sameType(a: Type, b: Type): boolean {
  if (a.kind === 'named' && b.kind === 'named') {
    return (
      a.head === b.head &&
      a.args.length === b.args.length &&
      a.args.every((arg, i) => sameType(arg, b.args[i] ?? arg))
    );
  }
  if (a.kind === 'arrow' && b.kind === 'arrow') return sameType(a.from, b.from) && sameType(a.to, b.to);
  return a.kind === 'variable' && b.kind === 'variable' && a.name === b.name;
}

/** The type as Lean text; `atom` where it stands as an argument. */
export function printType(type: Type, atom = false): string {
  switch (type.kind) {
    case 'variable':
      return type.name;
    case 'named': {
      if (type.args.length === 0) return type.head;
      const text = [type.head, ...type.args.map((arg) => printType(arg, true))].join(' ');
      return atom ? `(${text})` : text;
    }
    case 'arrow': {
      const from = type.from.kind === 'arrow' ? `(${printType(type.from)})` : printType(type.from);
      const text = `${from} → ${printType(type.to)}`;
      return atom ? `(${text})` : text;
    }
  }
}

/** The type with its variables replaced. */
export function substitute(type: Type, replace: ReadonlyMap<string, Type>): Type {
  switch (type.kind) {
    case 'variable':
      return replace.get(type.name) ?? type;
    case 'named':
      return type.args.length === 0
        ? type
        : named(type.head, ...type.args.map((arg) => substitute(arg, replace)));
    case 'arrow':
      return arrow(substitute(type.from, replace), substitute(type.to, replace));
  }
}

/** A substitution for the variables of `pattern` that makes it equal `type`; undefined where there is none. */
export function match(
  pattern: Type,
  type: Type,
  bound: Map<string, Type> = new Map(),
): Map<string, Type> | undefined {
  switch (pattern.kind) {
    case 'variable': {
      const known = bound.get(pattern.name);
      if (known !== undefined) return sameType(known, type) ? bound : undefined;
      return bound.set(pattern.name, type);
    }
    case 'named': {
      if (type.kind !== 'named' || type.head !== pattern.head || type.args.length !== pattern.args.length)
        return undefined;
      for (const [i, arg] of pattern.args.entries()) {
        const part = type.args[i];
        if (part === undefined || match(arg, part, bound) === undefined) return undefined;
      }
      return bound;
    }
    case 'arrow':
      if (type.kind !== 'arrow' || match(pattern.from, type.from, bound) === undefined) return undefined;
      return match(pattern.to, type.to, bound);
  }
}

/** Every name that a type mentions as a head. */
export function headsOf(type: Type): string[] {
  switch (type.kind) {
    case 'variable':
      return [];
    case 'named':
      return [type.head, ...type.args.flatMap(headsOf)];
    case 'arrow':
      return [...headsOf(type.from), ...headsOf(type.to)];
  }
}

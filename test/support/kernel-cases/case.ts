import type {
  Axiom,
  Declaration,
  Definition,
  Inductive,
  Opaque,
  Theorem,
} from '../../../src/ir/declaration.js';
import { app, bvar, constant, lambda, nat, pi, sort, type Expr } from '../../../src/ir/expr.js';
import { one, zero, type Level } from '../../../src/ir/level.js';
import type { Name } from '../../../src/ir/name.js';

export type Verdict = 'accepts' | 'refuses' | 'noAnswer';

/** Each mode's verdict on the last of some declarations on the base environment; the ones before are accepted. */
export interface KernelCase {
  readonly name: string;
  readonly declarations: readonly Declaration[];
  readonly strict: Verdict;
  /** faithful('4.28.0') */
  readonly old: Verdict;
  /** faithful('4.35.0') */
  readonly recent: Verdict;
  /** The verdict of the real 4.28.0 where that is a soundness bug, which faithful does not copy. */
  readonly bug?: Verdict;
}

export function accepted(name: string, ...declarations: Declaration[]): KernelCase {
  return { name, declarations, strict: 'accepts', old: 'accepts', recent: 'accepts' };
}
export function refused(name: string, ...declarations: Declaration[]): KernelCase {
  return { name, declarations, strict: 'refuses', old: 'refuses', recent: 'refuses' };
}
/** Refused by us in every mode and by releases that have mended it, but not by the real 4.28.0. */
export function mended(name: string, ...declarations: Declaration[]): KernelCase {
  return { ...refused(name, ...declarations), bug: 'accepts' };
}
/** Where the modes differ. */
export function differs(
  name: string,
  verdicts: { strict: Verdict; old: Verdict; recent: Verdict; bug?: Verdict },
  ...declarations: Declaration[]
): KernelCase {
  return { name, declarations, ...verdicts };
}

export const Prop = sort(zero);
export const Type = sort(one);
export const c = (name: Name, ...levels: Level[]): Expr => constant(name, levels);
export const Nat = c('Nat');
/** A number where something else is wanted. */
export const nested3: Expr = nat(3);
export const Bool = c('Bool');
export const True = c('True');
export const False = c('False');
/** Non-dependent, without lifting: the parts are closed. */
export const to = (...types: Expr[]): Expr => types.reduceRight((rest, type) => pi('a', type, rest));
export const all = (type: Expr, body: Expr, name = 'x'): Expr => pi(name, type, body);
export const fn = (type: Expr, body: Expr, name = 'x'): Expr => lambda(name, type, body);
export const v = bvar;
export const eq = (type: Expr, a: Expr, b: Expr, level: Level = one): Expr => app(c('Eq', level), type, a, b);
export const refl = (type: Expr, a: Expr, level: Level = one): Expr => app(c('Eq.refl', level), type, a);

type Extra<T> = Partial<Omit<T, 'kind' | 'name' | 'type'>>;
export function axiom(name: Name, type: Expr, more: Extra<Axiom> = {}): Axiom {
  return { kind: 'axiom', name, type, levelParams: [], unsafe: false, ...more };
}
export function def(name: Name, type: Expr, value: Expr, more: Extra<Definition> = {}): Definition {
  return { kind: 'definition', name, type, value, levelParams: [], hint: 1, safety: 'safe', ...more };
}
export function thm(name: Name, type: Expr, value: Expr, levelParams: Name[] = []): Theorem {
  return { kind: 'theorem', name, type, value, levelParams };
}
export function opaque(name: Name, type: Expr, value: Expr, more: Extra<Opaque> = {}): Opaque {
  return { kind: 'opaque', name, type, value, levelParams: [], unsafe: false, ...more };
}
/** One inductive type; constructors by their last name. */
export function data(
  name: Name,
  type: Expr,
  constructors: Record<string, Expr>,
  more: { parameters?: number; levelParams?: Name[]; unsafe?: boolean } = {},
): Inductive {
  return block([[name, type, constructors]], more);
}
export function block(
  types: readonly (readonly [Name, Expr, Record<string, Expr>])[],
  more: { parameters?: number; levelParams?: Name[]; unsafe?: boolean } = {},
): Inductive {
  return {
    kind: 'inductive',
    levelParams: more.levelParams ?? [],
    parameters: more.parameters ?? 0,
    unsafe: more.unsafe ?? false,
    types: types.map(([name, type, constructors]) => ({
      name,
      type,
      constructors: Object.entries(constructors).map(([last, of]) => ({ name: `${name}.${last}`, type: of })),
    })),
  };
}
/** `a = b` by computing both. */
export function equation(name: string, type: Expr, a: Expr, b: Expr, level: Level = one): Theorem {
  return thm(name, eq(type, a, b, level), refl(type, a, level));
}

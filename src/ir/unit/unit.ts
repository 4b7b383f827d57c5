import type { KernelUnit } from './kernel-unit.js';
import type { SourceUnit } from './source-unit.js';
import type { TextUnit } from './text-unit.js';

/** A unit of the source level: one that Lean takes as text. */
export type LeanUnit = SourceUnit | TextUnit;

/** One declaration or mutual block of a candidate. */
export type Unit = LeanUnit | KernelUnit;

/** The text of a unit that Lean takes as text; undefined for others. */
export function leanTextOf(unit: Unit): string | undefined {
  return unit.form === 'kernel' ? undefined : unit.text;
}

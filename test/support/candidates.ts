import { expect } from 'vitest';
import type { Unit, UnitFacts } from '../../src/api/candidate.js';

/** The text of a unit that Lean is given; of a declaration, its words; empty for no unit. */
export function textOf(unit: Unit | undefined): string {
  return unit?.form === 'kernel' ? unit.words.join(' ') : (unit?.text ?? '');
}

/** All that makes a unit what it is, to compare. */
export function plain(unit: Unit): UnitFacts & { form: string; text: string } {
  const { form, kind, declares, uses, expected } = unit;
  return { form, kind, declares, uses, expected, text: textOf(unit) };
}

/** Every unit uses only what units before it declare, and no name is declared twice. */
export function expectClosed(units: readonly Unit[]): void {
  const known = new Set<string>();
  for (const [index, unit] of units.entries()) {
    for (const name of unit.uses) {
      expect(known.has(name), `unit ${index} (${textOf(unit)}) uses ${name} before it is declared`).toBe(
        true,
      );
    }
    for (const name of unit.declares) {
      expect(known.has(name), `unit ${index} (${textOf(unit)}) declares ${name} again`).toBe(false);
      known.add(name);
    }
  }
}

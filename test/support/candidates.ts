import { expect } from 'vitest';
import type { Unit } from '../../src/api/candidate.js';

/** Every unit uses only what units before it declare, and no name is declared twice. */
export function expectClosed(units: readonly Unit[]): void {
  const known = new Set<string>();
  for (const [index, unit] of units.entries()) {
    for (const name of unit.uses) {
      expect(known.has(name), `unit ${index} (${unit.text}) uses ${name} before it is declared`).toBe(true);
    }
    for (const name of unit.declares) {
      expect(known.has(name), `unit ${index} (${unit.text}) declares ${name} again`).toBe(false);
      known.add(name);
    }
  }
}

import type { Unit } from '../../api/candidate.js';

/** The units that are left when those at `removed` and all that build on them go. */
export function without(units: readonly Unit[], removed: ReadonlySet<number>): Unit[] {
  const gone = new Set<string>();
  return units.filter((unit, index) => {
    const dropped = removed.has(index) || unit.uses.some((name) => gone.has(name));
    if (dropped) unit.declares.forEach((name) => gone.add(name));
    return !dropped;
  });
}

/** The unit at `index` with all that it builds on, in order. */
export function withDependencies(units: readonly Unit[], index: number): Unit[] {
  const wanted = new Set<string>(units[index]?.uses);
  const kept: Unit[] = [];
  for (let at = index; at >= 0; at--) {
    const unit = units[at];
    if (unit === undefined || (at !== index && !unit.declares.some((name) => wanted.has(name)))) continue;
    unit.uses.forEach((name) => wanted.add(name));
    kept.push(unit);
  }
  return kept.reverse();
}

/** Whether the second unit can go before the first. */
export function independent(first: Unit, second: Unit): boolean {
  return !second.uses.some((name) => first.declares.includes(name));
}

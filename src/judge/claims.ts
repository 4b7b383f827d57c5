import type { Candidate } from '../api/candidate.js';
import type { Claim } from '../api/execution.js';
import { paradoxProbes } from './probes/paradox.js';
import { twoRoadsProbes } from './probes/two-roads.js';
import { suffixes, termSuffixes } from './suffixes.js';

/** One candidate in so many has its closed terms compiled. */
const oneIn = 4;

/**
 * Claims to try from the state behind a candidate: the suffixes, and the probes that its units call for. Both are
 * tactics; where there are none, terms.
 */
export function claimsFor(candidate: Candidate, hasTactics = true): Claim[] {
  if (candidate.level === 'source' && !hasTactics) return [...termSuffixes];
  return candidate.level === 'source'
    ? [...suffixes, ...paradoxProbes(candidate.units), ...twoRoads(candidate)]
    : [];
}

function twoRoads({ lineage, units }: Candidate): Claim[] {
  return lineage.run % oneIn === 0 ? twoRoadsProbes(units) : [];
}

import type { Candidate } from '../api/candidate.js';
import type { Claim } from '../api/execution.js';
import { paradoxProbes } from './probes/paradox.js';
import { suffixes } from './suffixes.js';

/** What is tried from the state behind a candidate: the suffixes, and the probes that its units call for. */
export function claimsFor(candidate: Candidate): Claim[] {
  return candidate.level === 'source' ? [...suffixes, ...paradoxProbes(candidate.units)] : [];
}

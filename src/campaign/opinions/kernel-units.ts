import type { Candidate, KernelUnit } from '../../api/candidate.js';

/** The declarations of a kernel-level candidate as units. */
export function kernelUnitsOf({ units }: Candidate): KernelUnit[] {
  return units.flatMap((unit) => (unit.form === 'kernel' ? unit : []));
}

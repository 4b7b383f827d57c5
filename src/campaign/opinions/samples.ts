import type { Candidate, KernelUnit } from '../../api/candidate.js';
import type { LeanIdentity } from '../../api/lean.js';
import type { Declaration } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { incomparableUnits } from '../../judge/differential/comparable.js';
import { readUnit } from '../../judge/differential/dependence.js';
import { never } from '../../util/errors.js';

/** Declarations that another kernel is to answer to as a whole. */
export interface Sample {
  readonly candidate: Candidate;
  readonly units: readonly KernelUnit[];
  /** The answer of the campaign's Lean: that it accepts all, or that it refuses the last alone. */
  readonly expected: 'accepts' | 'refuses';
}

/**
 * Units that mean the same to any checker: without those that are unsafe or partial, which many decline, without what
 * Init has otherwise, and without what rests on either.
 */
export function exportableUnits(
  units: readonly KernelUnit[],
  lean: Pick<LeanIdentity, 'kind'>,
): KernelUnit[] {
  const unlike = incomparableUnits(units, lean, { kind: 'native' });
  const left = new Set<Name>();
  return units.filter((unit, index) => {
    const { declares, touches } = readUnit(unit);
    const isLeft =
      unlike.has(index) || !isSafe(unit.declaration) || [...touches].some((name) => left.has(name));
    if (isLeft) declares.forEach((name) => left.add(name));
    return !isLeft;
  });
}

/** Lots of samples in which no name stands for two declarations. */
export function batches(samples: readonly Sample[]): Sample[][] {
  const all: { readonly samples: Sample[]; readonly hashes: Map<Name, string> }[] = [];
  for (const sample of samples) {
    const own = sample.units.flatMap(({ declares, hash }) => declares.map((name) => [name, hash] as const));
    const fits = all.find(({ hashes }) => own.every(([name, hash]) => (hashes.get(name) ?? hash) === hash));
    const place = fits ?? { samples: [], hashes: new Map<Name, string>() };
    if (fits === undefined) all.push(place);
    place.samples.push(sample);
    own.forEach(([name, hash]) => place.hashes.set(name, hash));
  }
  return all.map((one) => one.samples);
}

/** The units of several samples in order, each once. */
export function unitsOfAll(samples: readonly Sample[]): KernelUnit[] {
  const units = new Map(samples.flatMap((sample) => sample.units.map((unit) => [unit.hash, unit] as const)));
  return [...units.values()];
}

function isSafe(declaration: Declaration): boolean {
  switch (declaration.kind) {
    case 'definition':
      return declaration.safety === 'safe';
    case 'axiom':
    case 'opaque':
    case 'inductive':
      return !declaration.unsafe;
    case 'mutual':
      return false; // none of them is safe
    case 'theorem':
      return true;
    case 'quotient':
    case 'bare quotient':
      return false; // the base environment brings quotients along
    default:
      return never(declaration);
  }
}

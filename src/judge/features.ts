import type { Candidate } from '../api/candidate.js';
import type { ConstantShape, Execution } from '../api/execution.js';
import { categorize, messageTemplate } from './categories.js';

/**
 * What an execution showed, as 32-bit hashes: the feedback that decides what is interesting. Each feature stands
 * for one observation, e.g. "an inductive type with two indices whose recursor is K-like", or "a theorem that
 * the kernel refuses with this message".
 */
export function featuresOf(candidate: Candidate, execution: Execution): Uint32Array {
  const features = new Set<number>();
  execution.steps.forEach((step, index) => {
    const kind = candidate.units[index]?.kind ?? '';
    if (step.refusal === null) {
      features.add(hash(`accepted ${kind}`));
    } else {
      features.add(hash(`refused ${kind} ${categorize(step.refusal)}`));
      features.add(hash(`refused ${messageTemplate(step.refusal.message)}`));
    }
  });
  for (const shape of execution.shapes) features.add(hash(describeShape(shape)));
  for (const claim of execution.claims) {
    // A suffix that fails as always teaches nothing; one that fails in another way does.
    if (claim.refusal !== null) features.add(hash(`claim ${messageTemplate(claim.refusal.message)}`));
  }
  if (execution.failure !== null) features.add(hash(`failure ${execution.failure.kind}`));
  return Uint32Array.from(features);
}

function describeShape(shape: ConstantShape): string {
  return `shape ${shape.kind} ${Math.min(shape.levelParams, 3)} ${shape.numbers.map((n) => Math.min(n, 8)).join(',')}`;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

import type { Candidate, Unit } from '../api/candidate.js';
import type { ConstantShape, Execution, StepResult } from '../api/execution.js';
import { categorize, messageTemplate } from './refusal-categories.js';

/**
 * The features of an execution, as 32-bit hashes: the feedback that decides which candidates are interesting. Each
 * feature stands for one observation, e.g. "an inductive type with two indices whose recursor is K-like", or "a theorem
 * that the kernel refuses with this message".
 */
export function featuresOf(candidate: Candidate, execution: Execution): Uint32Array {
  const features = new Set<number>();
  execution.steps.forEach((step, index) => {
    const kind = candidate.units[index]?.kind ?? '';
    if (candidate.level === 'kernel') addKernelFeatures(features, candidate.units[index], step);
    else addSourceFeatures(features, candidate.units, index, step);
    if (step.outcome.kind === 'accepted') {
      features.add(hash(`accepted ${kind}`));
    } else {
      features.add(hash(`refused ${kind} ${categorize(step.outcome)}`));
      features.add(hash(`refused ${messageTemplate(step.outcome.message)}`));
    }
  });
  for (const shape of execution.shapes) features.add(hash(describeShape(shape)));
  for (const claim of execution.claims) {
    // A suffix that fails as always teaches nothing; one that fails in another way does.
    if (claim.outcome.kind !== 'accepted')
      features.add(hash(`claim ${messageTemplate(claim.outcome.message)}`));
  }
  if (execution.end.kind !== 'finished') features.add(hash(`failure ${execution.end.kind}`));
  return Uint32Array.from(features);
}

/** How much work a declaration was to the kernel and how large it is, in powers of two, by kind and answer. */
function addKernelFeatures(features: Set<number>, unit: Unit | undefined, step: StepResult): void {
  const { outcome } = step;
  const answer = `${unit?.kind ?? ''} ${outcome.kind === 'refused' ? outcome.error : outcome.kind}`;
  features.add(hash(`work ${answer} ${Math.ceil(Math.log2(step.heartbeats + 1))}`));
  features.add(hash(`size ${answer} ${Math.ceil(Math.log2((unit?.size ?? 0) + 1))}`));
}

/** How much work a declaration was to Lean, in powers of four, and which kinds of accepted ones it builds on. */
function addSourceFeatures(
  features: Set<number>,
  units: readonly Unit[],
  index: number,
  step: StepResult,
): void {
  const unit = units[index];
  if (unit === undefined) return;
  const answer = step.outcome.kind === 'accepted' ? 'accepted' : 'refused';
  features.add(hash(`work ${unit.kind} ${answer} ${Math.ceil(Math.log2(step.heartbeats + 1) / 2)}`));
  if (step.outcome.kind !== 'accepted') return;
  const uses = new Set(unit.uses);
  for (const { kind, declares } of units.slice(0, index))
    if (declares.some((name) => uses.has(name))) features.add(hash(`accepted ${unit.kind} on ${kind}`));
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

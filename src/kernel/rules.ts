/** The rules of each mode of the kernel. A rule that fixed a soundness bug holds in every mode. */
import { isPlainlyPositive, type Level } from '../ir/level.js';
import { equalLevels, isNeverZero, isZero, levelAtMost } from './level-order.js';
import { isPlainlyAtLeast, normalForm, sameNormalForm } from './levels/normal-form.js';
import type { Meter } from './levels/budget.js';
import type { Mode } from './mode.js';
import { atLeastRelease } from '../util/release.js';

/** Questions about levels. Each takes its steps of the meter: DontKnow where there are too many. */
export interface LevelRules {
  readonly equal: (a: Level, b: Level, meter: Meter) => boolean;
  readonly atLeast: (a: Level, b: Level, meter: Meter) => boolean;
  readonly neverZero: (level: Level, meter: Meter) => boolean;
  /** Whether a sort of this level counts as Prop: for theorems, proof irrelevance and inductive types. */
  readonly isProp: (level: Level, meter: Meter) => boolean;
  /** Whether nothing but proofs may be projected out of a type of this level. */
  readonly isGuarded: (level: Level, meter: Meter) => boolean;
}

export interface Rules {
  readonly levels: LevelRules;
  /** From 4.33.1: recursors and their rules are checked again, which refuses some correct types. */
  readonly rechecksRecursors: boolean;
  /**
   * From 4.33.1 numerals have a largest size, beyond which there is an error; before, powers had one beyond which
   * nothing was computed.
   */
  readonly numerals: 'limited size' | 'limited exponent' | 'any';
  /** Before 4.35.0 the kernel ran compiled code for Lean.reduceBool, of which nothing is known here. */
  readonly runsCompiledCode: boolean;
  /** Whether to follow official kernels where they accept more than the theory: see docs/kernel.md. */
  readonly sloppy: boolean;
  /**
   * Whether the levels of all declarations are shared objects, as a reader of one file makes them: see
   * instantiateLevels.
   */
  readonly sharesLevels: boolean;
  /**
   * Whether two terms are equal because each was found equal to a third one. Releases before 4.33.1 thought so, which
   * no mode follows: it is asked to explain a refusal.
   */
  readonly equalByTransitivity: boolean;
}

const complete: LevelRules = {
  equal: equalLevels,
  atLeast: (a, b, meter) => levelAtMost(b, a, meter),
  neverZero: isNeverZero,
  isProp: isZero,
  isGuarded: isZero,
};
const byNormalForm: LevelRules = {
  equal: sameNormalForm,
  atLeast: isPlainlyAtLeast,
  neverZero: isPlainlyPositive,
  isProp: (level, meter) => normalForm(level, meter).kind === 'zero',
  isGuarded: (level, meter) => normalForm(level, meter).kind === 'zero',
};
/** Before 4.33.0 only a 0 that is written so was Prop. */
const byShape: LevelRules = { ...byNormalForm, isProp: (level) => level.kind === 'zero' };

/** The rules of the theory: complete on levels, and sloppy nowhere. */
export const strictRules: Rules = {
  levels: complete,
  rechecksRecursors: true,
  numerals: 'any',
  runsCompiledCode: false,
  sloppy: false,
  sharesLevels: false,
  equalByTransitivity: false,
};

/** The rules of a mode. Throws for a release that is none. */
export function rulesOf(mode: Mode): Rules {
  if (mode.mode === 'strict') return strictRules;
  const from = atLeastRelease(mode.release);
  if (from === undefined) throw new TypeError(`release "${mode.release}": expected one such as 4.35.0`);
  return {
    levels: from(4, 33, 0) ? byNormalForm : byShape,
    rechecksRecursors: from(4, 33, 1),
    numerals: from(4, 33, 1) ? 'limited size' : 'limited exponent',
    runsCompiledCode: !from(4, 35, 0),
    sloppy: true,
    sharesLevels: false,
    equalByTransitivity: false,
  };
}

import type { InputLevel } from './execution.js';

/** Results of the candidates that a mutator or a category had a part in. */
export interface Yield {
  readonly level: InputLevel;
  readonly kind: 'mutator' | 'category';
  readonly name: string;
  readonly candidates: number;
  /** Features that nobody had seen before. */
  readonly newFeatures: number;
  /** Candidates that were worth keeping, leads and solutions among them. */
  readonly interesting: number;
  readonly leads: number;
  readonly solutions: number;
}

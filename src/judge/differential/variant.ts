import type { KernelUnit } from '../../ir/unit/kernel-unit.js';

export type VariantName =
  'alpha-renamed' | 'reordered' | 'unshared' | 'fresh' | 'hints' | 'larger' | 'block order';

export interface Variant {
  readonly name: VariantName;
  readonly units: KernelUnit[];
  /** Index in `units` of the original's unit i, for as many units as are compared. */
  readonly positions: number[];
}

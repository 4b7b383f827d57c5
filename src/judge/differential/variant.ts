import type { RestatementName } from '../../api/signature.js';
import type { KernelUnit } from '../../ir/unit/kernel-unit.js';

export type VariantName = Exclude<RestatementName, 'kernel alone'>;

export interface Variant {
  readonly name: VariantName;
  readonly units: KernelUnit[];
  /** Index in `units` of the original's unit i, for as many units as are compared. */
  readonly positions: number[];
}

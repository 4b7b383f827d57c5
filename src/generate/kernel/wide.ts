/**
 * Lists that are longer than usual, now and then: of parameters, fields, constructors, variables, level parameters.
 * Kernels keep them in buffers that grow, and in short forms that end.
 */
import type { Name } from '../../ir/name.js';
import type { Random } from '../../util/random.js';

/** How often a list is a long one. */
const share = 0.007;
/** The short form of a list ends at 16 in Lean's kernel. */
const long = { from: 17, to: 20 };

/** How many elements a list has: `usual`, or many more. */
export function lengthOf(random: Random, usual: number): number {
  return random.chance(share) ? random.between(long.from, long.to) : usual;
}

/** The level parameters of a declaration that usually has so many: u, v and further ones. */
export function levelNames(random: Random, usual: number): Name[] {
  return Array.from({ length: lengthOf(random, usual) }, (_, i) => ['u', 'v'][i] ?? `u${i}`);
}

/**
 * Lists that are longer than usual, now and then: of parameters, fields, constructors, variables, level parameters,
 * types of a block, arguments. Kernels keep them in buffers that grow, and in short forms that end.
 */
import { max, param, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { Random } from '../../util/random.js';

/** How often a list is a long one. */
const share = 0.009;
/** The short form of a list ends at 16 in Lean's kernel, and at 32 its room is doubled once more. */
const long = { from: 17, to: 20 };
const longer = { share: 0.35, from: 33, to: 35 };
/** How often a level is the largest of all parameters, where these are many. */
const largestShare = 0.3;

/** How many elements a list has: `usual`, or many more. */
export function lengthOf(random: Random, usual: number): number {
  if (!random.chance(share)) return usual;
  const { from, to } = random.chance(longer.share) ? longer : long;
  return random.between(from, to);
}

export function isLong(length: number): boolean {
  return length >= long.from;
}

/** The level parameters of a declaration that usually has so many: u, v and further ones. */
export function levelNames(random: Random, usual: number): Name[] {
  return Array.from({ length: lengthOf(random, usual) }, (_, i) => ['u', 'v'][i] ?? `u${i}`);
}

/** Now and then the largest of many level parameters; undefined otherwise. */
export function largestOf(random: Random, levelParams: readonly Name[]): Level | undefined {
  if (!isLong(levelParams.length) || !random.chance(largestShare)) return undefined;
  return levelParams.map(param).reduceRight((rest, level) => max(level, rest));
}

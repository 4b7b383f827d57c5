/**
 * A seeded random source (xoshiro128**). Every choice of a campaign comes from one of these, and each
 * candidate has its own, derived from the campaign's seed and the candidate's number: a candidate can be
 * made again without the ones before it.
 */
export class Random {
  private constructor(
    private a: number,
    private b: number,
    private c: number,
    private d: number,
  ) {}

  /** The source of a seed and a path of numbers below it, all taken modulo 2^53. */
  static of(seed: number, ...path: number[]): Random {
    let state = 0x9e3779b9;
    for (const number of [seed, ...path]) {
      state = mix(state ^ (number >>> 0));
      state = mix(state ^ Math.floor(number / 0x100000000));
    }
    const word = (): number => mix((state = (state + 0x9e3779b9) | 0));
    return new Random(word(), word(), word(), word() | 1);
  }

  /** A uniform 32-bit unsigned integer. */
  uint32(): number {
    const result = Math.imul(rotate(Math.imul(this.b, 5), 7), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = rotate(this.d, 11);
    return result;
  }

  /** A uniform integer in [0, bound). */
  below(bound: number): number {
    return Math.floor((this.uint32() / 0x100000000) * bound);
  }

  /** A uniform integer in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uint32() < probability * 0x100000000;
  }

  /** A uniform element of a list that is not empty. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('pick from an empty list');
    return item;
  }

  /** The index of a weight, drawn in proportion; the weights are not negative and not all zero. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let rest = (this.uint32() / 0x100000000) * total;
    for (let index = 0; index < weights.length; index++) {
      rest -= weights[index] ?? 0;
      if (rest < 0) return index;
    }
    return weights.length - 1;
  }
}

function mix(state: number): number {
  let z = state | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

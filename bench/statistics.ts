import type { Goal } from './case.js';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The middle of the samples, or the mean of the two in the middle. RangeError where there are none. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no samples');
  return (lower + upper) / 2;
}

/** A loop and not Math.min(...samples): some cases have more samples than a call takes arguments. */
export function spread(samples: readonly number[]): Spread {
  let [min, max] = [Infinity, -Infinity];
  for (const sample of samples) {
    min = Math.min(min, sample);
    max = Math.max(max, sample);
  }
  return { median: median(samples), min, max };
}

/** A series in four parts of nearly one length, in order; some are empty where it has less than four. */
export function quarters<T>(series: readonly T[]): T[][] {
  const at = (quarter: number): number => Math.floor((series.length * quarter) / 4);
  return [0, 1, 2, 3].map((quarter) => series.slice(at(quarter), at(quarter + 1)));
}

export function meets(goal: Goal, value: number): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** Quotients of two series that were measured in turns, pair by pair: noise of the machine hits both alike. */
export function ratios(above: readonly number[], below: readonly number[]): number[] {
  return above.flatMap((value, index) => {
    const other = below[index];
    return other === undefined || other === 0 ? [] : [value / other];
  });
}

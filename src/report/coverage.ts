import type { CodeMap, FunctionGroup } from '../api/code-map.js';
import type { BlockRow } from '../api/report.js';

/** A block that was never reached, at the edge of what was. */
export interface NeverReached {
  /** Bytes from the beginning of its function. */
  readonly at: number;
  /** The conditions: branches of blocks that were reached, and which way they would have to go. */
  readonly when: readonly string[];
  /** The functions that are called there. */
  readonly calls: readonly string[];
}

export interface FunctionCoverage {
  readonly name: string;
  readonly group: FunctionGroup;
  readonly blocks: number;
  readonly reached: number;
  /** Seconds of fuzzing after which the last of them was reached; null where none was. */
  readonly lastSeconds: number | null;
  readonly never: readonly NeverReached[];
}

/** The part of its Lean's kernel that a campaign has reached. */
export interface Coverage {
  readonly blocks: number;
  readonly reached: number;
  /** Functions with most that was not reached first. */
  readonly functions: readonly FunctionCoverage[];
  /** How many blocks had been reached after so many seconds of fuzzing. */
  readonly overTime: readonly (readonly [seconds: number, blocks: number])[];
}

/** Puts what was reached beside the map of the code. */
export function coverageOf(map: CodeMap, rows: readonly BlockRow[]): Coverage {
  const known = rows.filter(({ block }) => block < map.blocks.length);
  const reached = new Map(known.map(({ block, elapsedSeconds }) => [block, elapsedSeconds]));
  const blocksOf = map.functions.map((): number[] => []);
  map.blocks.forEach((block, index) => blocksOf[block.function]?.push(index));
  const functions = map.functions.map(({ name, group }, index): FunctionCoverage => {
    const own = blocksOf[index] ?? [];
    const times = own.flatMap((block) => reached.get(block) ?? []);
    return {
      ...{ name, group, blocks: own.length, reached: times.length },
      lastSeconds: times.length === 0 ? null : Math.max(...times),
      never: own.flatMap((block) => neverReached(map, reached, block)),
    };
  });
  const missing = (one: FunctionCoverage): number => one.blocks - one.reached;
  return {
    blocks: map.blocks.length,
    reached: reached.size,
    functions: functions.sort((a, b) => missing(b) - missing(a) || (a.name < b.name ? -1 : 1)),
    overTime: overTime([...reached.values()]),
  };
}

/** Nothing for a block that was reached, or that only others which were not lead to. */
function neverReached(map: CodeMap, reached: ReadonlyMap<number, number>, index: number): NeverReached[] {
  const block = map.blocks[index];
  if (block === undefined || reached.has(index)) return [];
  const start = map.functions[block.function]?.offset ?? 0;
  const guards = block.guards.filter(({ branch }) =>
    wasReached(map, reached, map.branches[branch]?.offset ?? 0),
  );
  const isEntry = block.offset === start;
  if (guards.length === 0 && !isEntry) return [];
  const when = guards.map(({ branch, taken }) => {
    const { condition = '', offset = 0 } = map.branches[branch] ?? {};
    return `+0x${(offset - start).toString(16)} ${taken ? 'is taken' : 'is not taken'} (${condition})`;
  });
  return [{ at: block.offset - start, when: isEntry ? ['it is called'] : when, calls: block.calls }];
}

/** Whether the block that a branch ends was reached: the last that begins before it. */
function wasReached({ blocks }: CodeMap, reached: ReadonlyMap<number, number>, branch: number): boolean {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.offset ?? 0) <= branch) low = middle + 1;
    else high = middle;
  }
  return reached.has(low - 1);
}

/** One point for each second in which something was reached. */
function overTime(times: readonly number[]): [number, number][] {
  const points = new Map<number, number>();
  [...times].sort((a, b) => a - b).forEach((time, index) => points.set(Math.ceil(time), index + 1));
  return [...points];
}

/** The parts of one function that two campaigns have reached. */
export interface FunctionDifference {
  readonly name: string;
  readonly blocks: readonly [number | null, number | null];
  readonly reached: readonly [number, number];
  /** Blocks that only one of the two has reached; null where they are of different Leans. */
  readonly only: readonly [number, number] | null;
}

/** A campaign's map and what it has reached. */
export interface Reached {
  readonly map: CodeMap;
  readonly rows: readonly BlockRow[];
}

/**
 * The functions of which two campaigns have reached different parts. Functions of two Leans are matched by their
 * names.
 */
export function differencesOf(one: Reached, other: Reached, isSameLean: boolean): FunctionDifference[] {
  const [a, b] = [perFunction(one), perFunction(other)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names.flatMap((name) => {
    const [first, second] = [a.get(name), b.get(name)];
    const [hits, others] = [first?.reached ?? new Set<number>(), second?.reached ?? new Set<number>()];
    const only: [number, number] = [
      [...hits].filter((block) => !others.has(block)).length,
      [...others].filter((block) => !hits.has(block)).length,
    ];
    const isSame = isSameLean
      ? only[0] + only[1] === 0
      : first?.blocks === second?.blocks && hits.size === others.size;
    if (isSame) return [];
    return [
      {
        name,
        blocks: [first?.blocks ?? null, second?.blocks ?? null],
        reached: [hits.size, others.size],
        only: isSameLean ? only : null,
      },
    ];
  });
}

function perFunction({ map, rows }: Reached): Map<string, { blocks: number; reached: Set<number> }> {
  const hits = new Set(rows.map(({ block }) => block));
  const all = new Map<string, { blocks: number; reached: Set<number> }>();
  map.blocks.forEach((block, index) => {
    const { name = '' } = map.functions[block.function] ?? {};
    const known = all.get(name) ?? { blocks: 0, reached: new Set() };
    all.set(name, known);
    known.blocks++;
    if (hits.has(index)) known.reached.add(index);
  });
  return all;
}

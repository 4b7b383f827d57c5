/** The basic blocks of a function, and what leads where. */
import { kindOf, type Kind } from './counting.js';
import type { Instruction } from './disassemble.js';

/** How control comes from a block to another: `taken` and `passed` are the two ways of a conditional branch. */
export interface Edge {
  readonly from: number;
  readonly way: 'taken' | 'passed' | 'always';
}

export interface Block {
  readonly instructions: readonly Instruction[];
  readonly edges: readonly Edge[];
  /** `padding` is never run; `unwinding` only where an exception passes through. */
  readonly kind: 'logic' | 'counting' | 'padding' | 'unwinding';
  /** Whether the branch at its end, where there is one, decides something of the kernel's logic. */
  readonly decides: boolean;
}

type NameOf = (address: number) => string | undefined;

/** Takes the instructions of a function apart into blocks, in order. `pads` are the places where exceptions land. */
export function blocksOf(
  instructions: readonly Instruction[],
  pads: readonly number[],
  nameOf: NameOf,
): Block[] {
  const parts = split(instructions);
  const starts = new Map(parts.map((part, index) => [part[0]?.address ?? 0, index]));
  const edges = parts.map((): Edge[] => []);
  parts.forEach((part, from) => {
    for (const { to, way } of waysOut(part)) {
      const index = starts.get(to);
      if (index !== undefined) edges[index]?.push({ from, way });
    }
  });
  const kinds = parts.map((part) => kindOf(part, nameOf));
  const successors = parts.map((): number[] => []);
  edges.forEach((list, to) => list.forEach(({ from }) => successors[from]?.push(to)));
  const isCounting = kinds.map((kind, index) => countsOnly(kind, successors[index] ?? [], kinds));
  parts.forEach((part, index) => {
    const before = edges[index] ?? [];
    const onlyJumps = part.length === 1 && part[0]?.flow.kind === 'jump';
    if (onlyJumps && before.length > 0) isCounting[index] = before.every(({ from }) => isCounting[from]);
  });
  const reached = reachable(parts, edges, successors, pads);
  return parts.map((part, index) => {
    const kind = isPadding(part)
      ? 'padding'
      : !reached.has(index)
        ? 'unwinding'
        : isCounting[index] === true
          ? 'counting'
          : 'logic';
    const looksAtTag = /^test \w+,1$/.test(comparisonIn(part) ?? '');
    const leadsToCount = successors[index]?.some((to) => isCounting[to]) === true;
    const decides = part.at(-1)?.flow.kind === 'branch' && kind === 'logic' && !(looksAtTag && leadsToCount);
    return { instructions: part, edges: edges[index] ?? [], kind, decides };
  });
}

/** Fills the room in front of what begins at a round address. */
function isPadding(part: readonly Instruction[]): boolean {
  return part.every(({ text }) => /\bnop\b|^xchg ax,ax$|^int3$/.test(text));
}

/** The last instruction of a block that a conditional branch at its end can be about. */
export function comparisonIn(instructions: readonly Instruction[]): string | undefined {
  const setsFlags = /^(?:test|cmp|bt|sub|add|and|or|xor|dec|inc|neg|shr|shl|sar|adc|sbb|lock|ucomisd)\b/;
  return instructions.findLast(({ text }) => setsFlags.test(text))?.text;
}

function split(instructions: readonly Instruction[]): Instruction[][] {
  const leaders = new Set<number>();
  for (const { flow } of instructions)
    if (flow.kind === 'branch' || flow.kind === 'jump') leaders.add(flow.target);
  const parts: Instruction[][] = [];
  let isEnded = true;
  for (const one of instructions) {
    if (isEnded || leaders.has(one.address)) parts.push([]);
    parts.at(-1)?.push(one);
    isEnded = one.flow.kind !== 'next' && one.flow.kind !== 'call';
  }
  return parts;
}

function waysOut(part: readonly Instruction[]): { to: number; way: Edge['way'] }[] {
  const last = part.at(-1);
  if (last === undefined) return [];
  const next = last.address + last.bytes;
  switch (last.flow.kind) {
    case 'branch':
      return [
        { to: last.flow.target, way: 'taken' },
        { to: next, way: 'passed' },
      ];
    case 'jump':
      return [{ to: last.flow.target, way: 'always' }];
    case 'end':
    case 'unknown':
      return [];
    case 'next':
    case 'call':
      return [{ to: next, way: 'always' }];
  }
}

function countsOnly(kind: Kind, successors: readonly number[], kinds: readonly Kind[]): boolean {
  if (kind === 'counting') return true;
  return kind === 'test' && successors.some((to) => kinds[to] === 'counting');
}

/**
 * The blocks that are reached without an exception: from the entry, and from places that only a jump through a table
 * can lead to. What follows a call that never returns looks like such a place; there it is a landing pad. So does
 * padding, and what stands behind it may be unwinding.
 */
function reachable(
  parts: readonly (readonly Instruction[])[],
  edges: readonly (readonly Edge[])[],
  successors: readonly (readonly number[])[],
  pads: readonly number[],
): Set<number> {
  const landing = new Set(pads);
  const isPad = (index: number): boolean => landing.has(parts[index]?.[0]?.address ?? 0);
  const open = parts
    .map((_, index) => index)
    .filter((index) => {
      const isLedTo = (edges[index]?.length ?? 0) > 0 || isPadding(parts[index] ?? []);
      return index === 0 || (!isLedTo && !isPad(index));
    });
  const reached = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const to of successors[next] ?? []) {
      if (reached.has(to) || isPad(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}

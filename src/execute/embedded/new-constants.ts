import { kinds, type ConstantInfo } from './constants.js';
import type { LeanHeap } from './heap.js';

/** Tags of a persistent hash map's nodes, and of the entries of an inner node; an empty entry is boxed. */
const NodeCtor = { entries: 0, collision: 1 } as const;
const EntryCtor = { entry: 0, node: 1 } as const;
/** Field of the kernel's environment, and of the map in it: what was imported, then what came on top. */
const constantsField = 0;
const addedField = 1;

/**
 * The constants that one kernel environment has on top of another, in no particular order. Constants on top of
 * the import are in a persistent hash map: two such maps share their equal parts, and only the others are walked.
 * Borrows the environments, which must outlive the result.
 */
export function constantsBetween(heap: LeanHeap, before: number, after: number): ConstantInfo[] {
  const mapOf = (environment: number): number =>
    heap.field(heap.field(environment, constantsField), addedField);
  const [older, newer] = [mapOf(before), mapOf(after)];
  // An entry that had to make room for another one is in both lists.
  const known = new Set(unshared(heap, newer, older));
  return unshared(heap, older, newer).flatMap((info) => {
    const kind = known.has(info) ? undefined : kinds[heap.tag(info)];
    return kind === undefined ? [] : [{ kind, value: heap.field(info, 0) }];
  });
}

/** The values in a map, without those in parts that another map shares at the same place. */
function unshared(heap: LeanHeap, other: number | undefined, map: number): number[] {
  if (other === map) return [];
  if (heap.tag(map) === NodeCtor.collision) return heap.arrayElements(heap.field(map, 1));
  const others =
    other !== undefined && heap.tag(other) === NodeCtor.entries
      ? heap.arrayElements(heap.field(other, 0))
      : [];
  return heap.arrayElements(heap.field(map, 0)).flatMap((entry, at) => {
    const old = others[at];
    if ((entry & 1) !== 0 || entry === old) return [];
    if (heap.tag(entry) === EntryCtor.entry) return [heap.field(entry, 1)];
    const node = old !== undefined && (old & 1) === 0 && heap.tag(old) === EntryCtor.node;
    return unshared(heap, node ? heap.field(old, 0) : undefined, heap.field(entry, 0));
  });
}

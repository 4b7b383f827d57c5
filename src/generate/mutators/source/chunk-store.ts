import type { Unit } from '../../../api/candidate.js';
import type { Random } from '../../../util/random.js';
import { contentOf } from '../../source/unit-of.js';
import { positionsOf, type Tree } from '../../../ir/source/tree.js';
import { printType } from '../../../ir/source/types.js';
import { isClosed } from './positions.js';

/** A term that needs no locals, and where it comes from. */
export interface Chunk {
  readonly tree: Tree;
  /** The entry's units, and the index of the one that it was in: what it builds on is before that. */
  readonly units: readonly Unit[];
  readonly index: number;
}

const chunksPerType = 64;
const maxTypes = 1024;

/**
 * Terms of the corpus by their type. Each worker keeps its own, filled from the corpus log: as the corpus is shared
 * between workers, so are the chunks.
 */
export class ChunkStore {
  private readonly byType = new Map<string, Chunk[]>();
  private added = 0;

  has(type: string): boolean {
    return this.byType.has(type);
  }

  pick(random: Random, type: string): Chunk | undefined {
    const chunks = this.byType.get(type);
    return chunks === undefined ? undefined : random.pick(chunks);
  }

  /** Takes the terms of a corpus entry's units; newer ones take the places of older ones. */
  add(units: readonly Unit[]): void {
    for (const [index, unit] of units.entries()) {
      for (const { tree, locals } of positionsOf(contentOf(unit).tree)) {
        if (isClosed(tree, locals)) this.put(printType(tree.goal), { tree, units, index });
      }
    }
  }

  private put(type: string, chunk: Chunk): void {
    const chunks = this.byType.get(type);
    if (chunks === undefined) {
      if (this.byType.size < maxTypes) this.byType.set(type, [chunk]);
    } else if (chunks.length < chunksPerType) chunks.push(chunk);
    else chunks[this.added++ % chunksPerType] = chunk;
  }
}

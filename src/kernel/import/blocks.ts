import type { Definition, MutualDefinitions } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { malformed } from './problem.js';

/** Collects blocks of unsafe or partial definitions, which may mention each other: their lines stand apart. */
export class Blocks {
  /** The definitions of those that are not complete yet, by the names of the block. */
  private readonly open = new Map<string, Map<Name, Definition>>();

  /**
   * Takes a definition of a block; returns the block once it is complete. One that stands alone is a block, too: the
   * format does not say otherwise, and it may mention itself. Throws FileProblem.
   */
  take(definition: Definition, block: readonly Name[]): MutualDefinitions | undefined {
    const { name } = definition;
    const all = block.length === 0 ? [name] : block;
    if (!all.includes(name)) throw malformed(`${name} is not in its own block`);
    const key = all.join(', ');
    const found = this.open.get(key) ?? new Map<Name, Definition>();
    if (found.has(name)) throw malformed(`${name} is declared twice`);
    this.open.set(key, found.set(name, definition));
    const definitions = all.flatMap((one) => found.get(one) ?? []);
    if (definitions.length < all.length) return undefined;
    this.open.delete(key);
    return { kind: 'mutual', definitions };
  }

  /** Throws FileProblem where a block is incomplete at the end of the file. */
  end(): void {
    for (const [block, found] of this.open)
      throw malformed(`of the block ${block}, only ${[...found.keys()].join(', ')} is there`);
  }
}

/**
 * How many nodes of expressions have been looked at by what walks them: rewriting, comparing, searching. Whoever bounds
 * work by steps (kernel/typing.ts) reads it before and behind: a step may walk a large term, and many may walk it again.
 * One plain object, for it is counted where the time goes.
 */
export const effort = {
  nodes: 0,
  /** A walk that would go beyond so many ends with a RangeError, as one that is deeper than the stack. */
  limit: Infinity,
};

/** Ends a walk that has gone beyond the limit. */
export function requireEffort(): void {
  if (effort.nodes > effort.limit) throw new RangeError('more nodes than may be looked at');
}

/** Work that is done on request, and only once, counts for nobody who happens to be the first to ask. */
export function uncounted<T>(make: () => T): T {
  const { nodes, limit } = effort;
  effort.limit = Infinity;
  try {
    return make();
  } finally {
    effort.nodes = nodes;
    effort.limit = limit;
  }
}

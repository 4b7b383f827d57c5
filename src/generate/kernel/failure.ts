import { DontKnow, IllTyped } from '../../kernel/failure.js';
import { isStackOverflow } from '../../util/stack-overflow.js';

/** The result of `build`; undefined where the generator's own typing gives up on it. */
export function orUndefined<T>(build: () => T): T | undefined {
  try {
    return build();
  } catch (error) {
    // Imports of a user's may be nested deeper than the stack. Any other RangeError is a mistake of ours.
    if (error instanceof IllTyped || error instanceof DontKnow || isStackOverflow(error)) return undefined;
    throw error;
  }
}

import { DontKnow, IllTyped } from '../../kernel/failure.js';

/** The result of `build`; undefined where the generator's own typing gives up on it. */
export function orUndefined<T>(build: () => T): T | undefined {
  try {
    return build();
  } catch (error) {
    // RangeError is the stack: what a user imports may be nested as deep as it likes.
    if (error instanceof IllTyped || error instanceof DontKnow || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

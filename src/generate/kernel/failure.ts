import { DontKnow, IllTyped } from '../../kernel/failure.js';

/** The result of `build`; undefined where the generator's own typing gives up on it. */
export function orUndefined<T>(build: () => T): T | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof IllTyped || error instanceof DontKnow) return undefined;
    throw error;
  }
}

import { afterAll, beforeAll } from 'vitest';
import { withLean, type LeanLimits } from '../../src/campaign/offline/with-lean.js';
import type { ExecutorClient } from '../../src/execute/client/executor-client.js';
import type { ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';

/** An executor of one Lean for all tests of the group that asks for it: booted before them, ended behind them. */
export function sharedLean(
  overrides: Partial<ZygoteOptions> | Promise<Partial<ZygoteOptions>> = {},
  limits: LeanLimits = {},
): () => ExecutorClient {
  let lean: ExecutorClient | undefined;
  let close: () => void = () => undefined;
  let closed: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    const options = await overrides;
    await new Promise<void>((opened, failed) => {
      closed = withLean(options, limits, (executor) => {
        lean = executor;
        opened();
        return new Promise<void>((resolve) => (close = resolve));
      });
      closed.catch(failed);
    });
  });

  afterAll(async () => {
    close();
    await closed;
  });

  return () => {
    if (lean === undefined) throw new Error('asked for before the tests of the group');
    return lean;
  };
}

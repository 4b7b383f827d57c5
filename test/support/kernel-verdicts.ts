import { withLean } from '../../src/campaign/offline/with-lean.js';
import type { Execution } from '../../src/api/execution.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { encode } from '../../src/ir/encode.js';
import { messageOf } from './outcomes.js';

/** Jobs that are put into one request. */
const batch = 50;

/** The executions of lists of declarations by the real kernel, each list in an environment of its own. */
export async function kernelVerdicts(lists: readonly (readonly Declaration[])[]): Promise<Execution[]> {
  return withLean({}, { jobMillis: 20_000 }, async (lean) => {
    const executions: Execution[] = [];
    for (let at = 0; at < lists.length; at += batch) {
      const jobs = lists.slice(at, at + batch).map((declarations) => ({
        level: 'kernel' as const,
        steps: declarations.map((d) => ({ kind: 'declaration' as const, words: encode([d]) })),
        claims: [],
      }));
      executions.push(...(await lean.run(jobs)));
    }
    return executions;
  });
}

/** The first refusal of each list, or null where everything was accepted; a failure counts as a refusal. */
export function refusals(executions: readonly Execution[]): (string | null)[] {
  return executions.map(({ steps, end }) =>
    end.kind === 'finished'
      ? (steps.map(messageOf).find((message) => message !== null) ?? null)
      : end.message,
  );
}

import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/api/execution.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import type { Builder } from '../../src/ir/builder.js';
import { Decoder, MalformedWords } from '../../src/ir/decode.js';
import { encode } from '../../src/ir/encode.js';
import { Random } from '../../src/util/random.js';
import { nativeLean } from '../support/native-lean.js';
import { declarations } from '../support/terms.js';
import { errorOf, messageOf } from '../support/outcomes.js';

const rounds = 100_000;
const perRequest = 500;

/** Values that a word is changed to: ends of ranges, small tags, and what is next to them. */
const values = [
  0, 1, 2, 3, 4, 5, 13, 14, 15, 16, 255, 0x1fffff, 0xffffe, 0xfffff, 0x10000, 0x7fffffff, 0x80000000,
  0xffffffff,
];

/** Words with a few of them changed, removed, repeated or moved. */
function mutated(random: Random, words: Uint32Array): Uint32Array {
  const changed = [...words];
  for (let n = random.between(1, 3); n > 0; n--) {
    const at = random.below(changed.length + 1);
    switch (random.below(7)) {
      case 0:
        changed[at] = random.pick(values);
        break;
      case 1:
        changed[at] = ((changed[at] ?? 0) ^ (1 << random.below(32))) >>> 0;
        break;
      case 2:
        changed[at] = ((changed[at] ?? 0) + random.between(-2, 2)) >>> 0;
        break;
      case 3:
        changed.splice(at, random.between(1, 4));
        break;
      case 4:
        changed.splice(at, 0, ...changed.slice(random.below(changed.length + 1)).slice(0, 8));
        break;
      case 5:
        changed.length = Math.min(changed.length, at);
        break;
      default:
        changed.splice(at, 0, random.pick(values));
    }
  }
  return Uint32Array.from(changed);
}

/** Builds nothing. */
const nothing = new Proxy({} as Builder<null, null, null>, { get: () => () => null });

/** Why our own decoder refuses words as one declaration, or null. */
function problemOf(words: Uint32Array): string | null {
  try {
    const decoder = new Decoder(words, nothing);
    if (decoder.count !== 1) return `${decoder.count} declarations in a step, expected 1`;
    decoder.declaration();
    decoder.end();
    return null;
  } catch (error) {
    if (error instanceof MalformedWords) return error.message;
    throw error;
  }
}

const native = await nativeLean("the Lean host's decoder");

describe.skipIf(native === undefined)("the Lean host's decoder", () => {
  it('takes and refuses the same words as ours, for the same reasons', async () => {
    if (native === undefined) return;
    const random = Random.of(1);
    const originals = Object.values(declarations).map((declaration) => encode([declaration]));
    let refused = 0;
    const seen = new Set<string>();
    await withLean({ native, kernelHeartbeats: 20_000 }, { jobMillis: 20_000 }, async (lean) => {
      for (let round = 0; round < rounds; round += perRequest) {
        const all = Array.from({ length: perRequest }, () => mutated(random, random.pick(originals)));
        const steps = all.map((words) => ({ kind: 'declaration' as const, words }));
        const jobs: Job[] = steps.map((step) => ({ level: 'kernel', steps: [step], claims: [] }));
        const executions = await lean.run(jobs);
        executions.forEach(({ steps: [step], end }, i) => {
          const words = all[i] ?? Uint32Array.of();
          const problem = problemOf(words);
          const said = errorOf(step) === 'malformed' ? messageOf(step) : null;
          if (end.kind !== 'finished' || said !== problem)
            expect({ words: [...words], said, end }).toEqual({
              words: [...words],
              said: problem,
              end: { kind: 'finished' },
            });
          if (problem !== null) {
            refused++;
            seen.add(problem.replace(/\d+/g, 'N'));
          }
        });
      }
    });
    // Both answers must have been common, and the reasons many, for the comparison to mean something.
    expect(refused).toBeGreaterThan(rounds / 5);
    expect(refused).toBeLessThan((rounds * 19) / 20);
    expect(seen.size).toBeGreaterThan(25);
  }, 600_000);
});

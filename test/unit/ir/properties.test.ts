import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedWords } from '../../../src/ir/decode.js';
import { encode } from '../../../src/ir/encode.js';
import { imax, max, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { nameOf, nameParts } from '../../../src/ir/name.js';
import { simplifyLevel } from '../../../src/ir/simplify-level.js';
import { decode } from '../../../src/ir/tree-builder.js';
import { equalLevels } from '../../../src/kernel/level-order.js';
import { declarations } from '../../support/terms.js';

/** The same cases in every run; a failure prints what it needs to be repeated. */
const settings = { seed: 7, numRuns: 300 } as const;

const part = fc.oneof(fc.nat({ max: 1_000_000 }), fc.stringMatching(/^[A-Za-z0-9_.' «]{0,8}$/));
const { level } = fc.letrec<{ level: Level }>((tie) => ({
  level: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(zero, param('u'), param('v')),
    tie('level').map(succ),
    fc.tuple(tie('level'), tie('level')).map(([left, right]) => max(left, right)),
    fc.tuple(tie('level'), tie('level')).map(([left, right]) => imax(left, right)),
  ),
}));

describe('names', () => {
  it('have the parts that they are made of', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        expect(nameParts(nameOf(parts))).toEqual(parts);
      }),
      settings,
    );
  });
});

describe('levels', () => {
  it('mean the same when they are simplified, and stay as they are then', () => {
    fc.assert(
      fc.property(level, (one) => {
        const simple = simplifyLevel(one);
        expect(equalLevels(one, simple)).toBe(true);
        expect(simplifyLevel(simple)).toEqual(simple);
      }),
      settings,
    );
  });
});

describe('the decoder', () => {
  it('takes words that were changed for declarations, or refuses them: nothing else comes of them', () => {
    const all = Object.values(declarations);
    const change = fc.record({ at: fc.nat(), to: fc.oneof(fc.nat({ max: 40 }), fc.nat()) });
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (one, changes) => {
          const words = encode([one]).slice();
          for (const { at, to } of changes) words[at % words.length] = to;
          try {
            expect(decode(words).length).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedWords);
          }
        },
      ),
      settings,
    );
  });
});

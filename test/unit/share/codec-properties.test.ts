import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit, UnitFacts } from '../../../src/api/candidate.js';
import { findingForms, outcomes, type CorpusEntry, type Finding } from '../../../src/api/entries.js';
import { KernelGenerator } from '../../../src/generate/kernel/kernel-generator.js';
import { SourceGenerator } from '../../../src/generate/source/generator.js';
import { expectations } from '../../../src/ir/unit/facts.js';
import { KernelUnit } from '../../../src/ir/unit/kernel-unit.js';
import { TextUnit } from '../../../src/ir/unit/text-unit.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { decodeEntry, decodeFinding, encodeEntry, encodeFinding } from '../../../src/share/entry-codec.js';
import { MalformedBytes } from '../../../src/util/bytes.js';
import { Random } from '../../../src/util/random.js';
import { plain } from '../../support/candidates.js';
import { claim, leadVerdict, verdict } from '../../support/fakes.js';
import { declarations } from '../../support/terms.js';

/** The same cases in every run; a failure prints what it needs to be repeated. */
const settings = { seed: 11, numRuns: 150 } as const;

const name = fc.stringMatching(/^[A-Za-z_.'«»α∀ ]{0,12}$/);
const facts: fc.Arbitrary<UnitFacts> = fc.record({
  kind: name,
  declares: fc.array(name, { maxLength: 3 }),
  uses: fc.array(name, { maxLength: 3 }),
  expected: fc.constantFrom(...expectations),
});
const written = fc
  .tuple(fc.constantFrom(...Object.values(declarations)), facts)
  .map(([declaration, said]) => KernelUnit.of(declaration, said));
const text = fc
  .tuple(facts, fc.string({ unit: 'grapheme', maxLength: 40 }))
  .map(([said, content]) => new TextUnit(said, content));
const generated = fc.tuple(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 12 }));
const kernelUnits: fc.Arbitrary<readonly Unit[]> = fc.oneof(
  fc.array(written, { maxLength: 4 }),
  generated.map(([run, depth]) =>
    new KernelGenerator(Random.of(3, run), 'p', depth, commonEnvironment).fresh(),
  ),
);
const sourceUnits: fc.Arbitrary<readonly Unit[]> = fc.oneof(
  fc.array(text, { maxLength: 4 }),
  generated.map(([run, depth]) => new SourceGenerator(Random.of(3, run), 'p', depth).fresh()),
);
const lineage = fc.record({
  seed: fc.nat(),
  run: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  parents: fc.array(fc.stringMatching(/^[0-9a-f]{16}$/), { maxLength: 2 }),
  mutators: fc.array(name, { maxLength: 3 }),
  categories: fc.array(name, { maxLength: 3 }),
});
const candidate = fc.oneof(
  fc.record({ level: fc.constant('kernel' as const), lineage, units: kernelUnits }),
  fc.record({ level: fc.constant('source' as const), lineage, units: sourceUnits }),
);
const common = { worker: fc.nat({ max: 255 }), outcome: fc.constantFrom(...outcomes), candidate };
const entry: fc.Arbitrary<CorpusEntry> = fc.record({
  ...common,
  id: fc.stringMatching(/^[0-9a-f]{16}$/),
  features: fc.uint32Array({ maxLength: 20 }),
  newFeatures: fc.nat(),
  heartbeats: fc.nat({ max: 2 ** 40 }),
});
const finding: fc.Arbitrary<Finding> = fc
  .record({
    ...common,
    id: fc.stringMatching(/^[0-9a-f]{16}$/),
    verdict: fc.constantFrom(verdict(), leadVerdict({ suspect: 2 }), leadVerdict({ claim: 'decide' })),
    isClaimed: fc.boolean(),
    isAsked: fc.boolean(),
    form: fc.constantFrom(...findingForms),
  })
  .map(({ isClaimed, isAsked, ...rest }) => ({
    ...rest,
    ...(isClaimed ? { claim } : {}),
    ...(isAsked ? { asked: leadVerdict().signature } : {}),
  }));

/** The same with units that can be compared. */
function readable({ candidate: made, ...rest }: CorpusEntry | Finding): unknown {
  return { ...rest, candidate: { ...made, units: made.units.map(plain) } };
}

describe('entries and findings of any shape', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(readable(decodeEntry(encodeEntry(one)))).toEqual(readable(one));
      }),
      settings,
    );
    fc.assert(
      fc.property(finding, (one) => {
        expect(readable(decodeFinding(encodeFinding(one)))).toEqual(readable(one));
      }),
      settings,
    );
  });

  it('are read or refused where their bytes were changed: nothing else comes of them', () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(entry, fc.array(change, { minLength: 1, maxLength: 4 }), (one, changes) => {
        const bytes = Buffer.from(encodeEntry(one));
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        try {
          // Facts of its units are worked out later, when somebody asks: that has to work, too.
          readable(decodeEntry(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytes);
        }
      }),
      settings,
    );
  });
});

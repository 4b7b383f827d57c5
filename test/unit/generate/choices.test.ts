import { describe, expect, it } from 'vitest';
import { Choices } from '../../../src/generate/choices.js';
import type { CustomMutators } from '../../../src/generate/custom/custom-mutators.js';
import { customChange } from '../../../src/generate/custom/lineage-name.js';
import { importName, makeCandidate, type CorpusView } from '../../../src/generate/schedule.js';
import { entry, unit } from '../../support/fakes.js';

const nothing: CorpusView = { size: 0, pick: () => undefined };
const options = { seed: 3, depth: 15, level: 'source' } as const;

/** The names under which what came of a candidate is learned. */
const learned = (choices: Choices, made: ReturnType<typeof makeCandidate>): string[] =>
  choices
    .learn(made, 'dull', 1, 1)
    .filter(({ kind }) => kind === 'mutator')
    .map(({ name }) => name);

describe('what is learned of mutators', () => {
  it('is told of those by which a candidate was made, whatever its lineage says that they did', () => {
    const choices = new Choices();
    const custom = {
      pick: (from: () => unknown) => from(),
      mutators: () => [],
      finish: (_: unknown, units: readonly unknown[]) => ({
        units,
        changes: [customChange('mine', 'a:b'), customChange('mine+', 'c')],
      }),
    } as unknown as CustomMutators;
    const made = makeCandidate({ ...options, choices, custom }, 1, nothing);
    expect(made.lineage.mutators).toEqual(['custom:mine:a:b', 'custom:mine+:c']);
    expect(learned(choices, made)).toEqual(['custom:mine', 'custom:mine+']);
  });

  it('is told of a built-in one by its name, of an import, and of none by "fresh", each once', () => {
    const choices = new Choices();
    const parent = entry({ candidate: makeCandidate(options, 1, nothing) });
    const corpus: CorpusView = { size: 1, pick: () => parent };
    const imports = { from: 100, parts: [{ level: 'source' as const, units: [unit()] }] };
    const runs = [...Array.from({ length: 20 }, (_, run) => run), 100];
    const made = runs.map((run) => makeCandidate({ ...options, choices, imports }, run, corpus));
    for (const candidate of made) {
      const { mutators } = candidate.lineage;
      expect(learned(choices, candidate)).toEqual(mutators.length === 0 ? ['fresh'] : mutators);
      expect(learned(choices, candidate)).toEqual(['fresh']);
    }
    expect(new Set(made.map(({ lineage }) => lineage.mutators.length))).toEqual(new Set([0, 1]));
    expect(made.at(-1)?.lineage.mutators).toEqual([importName]);
  });
});

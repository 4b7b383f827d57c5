import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import { bareQuotient } from '../../../../src/generate/kernel/bare-quotient.js';
import { contextOf, declarationOf } from '../../../../src/generate/kernel/context.js';
import { KernelGenerator } from '../../../../src/generate/kernel/kernel-generator.js';
import { declaredNames } from '../../../../src/ir/declaration.js';
import { mentionedNames } from '../../../../src/ir/mentioned.js';
import { baseEnvironment } from '../../../../src/kernel/base-environment.js';
import { assume } from '../../../../src/kernel/assume.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { Random } from '../../../../src/util/random.js';
import { plain, textOf } from '../../../support/candidates.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';

const seeds = Array.from({ length: 200 }, (_, i) => i);

/** The expected answers to questions, by kind; to those of other kinds it is `reject`. */
const answers: Record<string, string> = {
  ...{ mirrored: 'accept', chained: 'accept', rewritten: 'any', quotient: 'accept' },
  // Of a function of proofs nothing is expected; what is said of it is.
  definition: 'any',
};

function generator(seed: number, tag = String(seed)): KernelGenerator {
  return new KernelGenerator(Random.of(41, seed), tag, 12, commonEnvironment);
}

describe('the kernel generator', () => {
  it('makes the same units from the same seed, and others from another', () => {
    const words = (seed: number): unknown => generator(seed, 'x').fresh().map(textOf);
    expect(words(3)).toEqual(words(3));
    expect(words(3)).not.toEqual(words(4));
  });

  it('declares every name before it is used', () => {
    for (const seed of seeds) {
      const known = new Set<string>();
      for (const unit of generator(seed).fresh()) {
        const declaration = declarationOf(unit);
        if (declaration === undefined) expect.fail('a unit that says nothing');
        declaredNames(declaration).forEach((name) => {
          expect(known.has(name)).toBe(false);
          known.add(name);
          if (declaration.kind === 'inductive') known.add(`${name}.rec`);
        });
        const free = [...mentionedNames(declaration)].filter(
          (name) => !known.has(name) && baseEnvironment.find(name) === undefined,
        );
        expect(free).toEqual([]);
      }
    }
  });

  it('makes what our own checker accepts, nearly always', () => {
    let [accepted, all] = [0, 0];
    for (const seed of seeds) {
      let environment = baseEnvironment;
      for (const unit of generator(seed).fresh()) {
        const declaration = declarationOf(unit);
        if (declaration === undefined) continue;
        all++;
        if (checkDeclaration(environment, declaration).kind === 'accept') accepted++;
        environment = assume(environment, declaration);
      }
    }
    expect(accepted / all).toBeGreaterThan(0.98);
  });

  it('asks for quotients over the right Eq and over wrong ones', () => {
    const verdicts = seeds.map((seed) => {
      const asked = bareQuotient(Random.of(43, seed));
      return checkDeclaration(baseEnvironment, asked);
    });
    const said = new Set(
      verdicts.map((verdict) => (verdict.kind === 'reject' ? verdict.rule : verdict.kind)),
    );
    const expected = [
      'accept',
      'quotients need an inductive type Eq',
      'Eq with other level parameters',
      'Eq of another type',
      'Eq with other constructors',
    ];
    expect([...said]).toEqual(expect.arrayContaining(expected));
    expect(said).not.toContain('unknown');
  });

  it('asks questions that differ from what they were made of, with their answers', () => {
    let asked = 0;
    for (const seed of seeds.slice(0, 100)) {
      const g = generator(seed);
      const units = g.fresh();
      const questions = g.withQuestions(units, 3).slice(units.length);
      asked += questions.length;
      for (const question of questions) {
        const { kind, expected } = question;
        if (kind === 'bare quotient') continue;
        expect(expected).toBe(answers[kind] ?? 'reject');
        // A declaration under a taken name may be the very one that took it.
        if (kind !== 'broken taken name') expect(units.map(textOf)).not.toContain(textOf(question));
      }
    }
    expect(asked).toBeGreaterThan(150);
  });

  it('asks for transitivity behind both equations that it rests on', () => {
    let asked = 0;
    for (const seed of seeds) {
      const units = generator(seed).fresh();
      const all = generator(seed + 1000, 'q').withQuestions(units, 30);
      for (const { uses } of all.filter(({ kind }) => kind === 'chained')) {
        const before = all.filter(({ declares }) => declares.some((name) => uses.includes(name)));
        expect(before.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['theorem', 'rewritten']));
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(30);
  });

  it('goes on from units that came out of a store', () => {
    for (const seed of seeds.slice(0, 40)) {
      const units = generator(seed).fresh();
      const stored = units.map((unit) => {
        if (unit.form !== 'kernel') expect.fail('a unit of text');
        return KernelUnit.ofWords(unit.words, unit); // equal, but known to nobody
      });
      const names = contextOf(commonEnvironment, stored).environment.added.map(({ name }) => name);
      expect(names.sort()).toEqual(
        contextOf(commonEnvironment, units)
          .environment.added.map(({ name }) => name)
          .sort(),
      );
      const regrown = generator(seed + 1000, 'again').extend(stored, 2);
      expect(regrown.slice(0, units.length).map(plain)).toEqual(units.map(plain));
      expect(regrown).toHaveLength(units.length + 2);
    }
  });
});

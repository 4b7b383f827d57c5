import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import { baseContext, declarationOf, extendContext } from '../../../../src/generate/kernel/context.js';
import { KernelGenerator } from '../../../../src/generate/kernel/kernel-generator.js';
import { isUnsafe, mutualDefinitions, safeUse } from '../../../../src/generate/kernel/unsafe-definitions.js';
import { headOf } from '../../../../src/generate/kernel/producers.js';
import type { MutualDefinitions } from '../../../../src/ir/declaration.js';
import { mentionedNames } from '../../../../src/ir/mentioned.js';
import { resultOf } from '../../../../src/ir/telescope.js';
import { checkDeclaration } from '../../../../src/kernel/check.js';
import { Random } from '../../../../src/util/random.js';

function made(seed: number): MutualDefinitions | undefined {
  return mutualDefinitions(Random.of(seed), baseContext(commonEnvironment), ['f', 'g'], ['u'], 6);
}

const all = Array.from({ length: 100 }, (_, seed) => made(seed)).filter((block) => block !== undefined);

describe('mutual definitions', () => {
  it('are all unsafe or all partial, and fine to our own checker', () => {
    expect(all.length).toBeGreaterThan(80);
    for (const block of all) {
      expect(new Set(block.definitions.map(({ safety }) => safety)).size).toBe(1);
      expect(block.definitions.some(({ safety }) => safety === 'safe')).toBe(false);
      expect(checkDeclaration(baseContext(commonEnvironment).environment, block).kind).toBe('accept');
    }
  });

  it('refer to each other and to themselves now and then', () => {
    const mentioned = all.map(({ definitions }) =>
      definitions.map(({ value, name }) => {
        const names = mentionedNames({ kind: 'theorem', name, levelParams: [], type: value, value });
        return { itself: names.has(name), other: names.has(name === 'f' ? 'g' : 'f') };
      }),
    );
    expect(mentioned.flat().filter(({ itself }) => itself).length).toBeGreaterThan(5);
    expect(mentioned.flat().filter(({ other }) => other).length).toBeGreaterThan(5);
  });

  it('are not at hand for what comes behind them', () => {
    const base = baseContext(commonEnvironment);
    for (const block of all) {
      const { producers } = extendContext(base, block);
      for (const { type } of block.definitions) expect(producers.own(headOf(resultOf(type))).length).toBe(0);
    }
  });

  it('must not be used by anything safe', () => {
    for (const [seed, block] of all.entries()) {
      const context = extendContext(baseContext(commonEnvironment), block);
      const use = safeUse(Random.of(seed), context, block, 'use');
      expect(['theorem', 'opaque', 'definition']).toContain(use.kind);
      expect(checkDeclaration(context.environment, use)).toMatchObject({
        kind: 'reject',
        rule: 'something less safe than what uses it',
      });
    }
  });

  it('are among the units of the generator, with questions whether something safe may use them', () => {
    const units = Array.from({ length: 200 }, (_, seed) => {
      const g = new KernelGenerator(Random.of(seed), String(seed), 12, commonEnvironment);
      return g.withQuestions(g.fresh(), 20);
    }).flat();
    const blocks = units.filter((unit) => {
      const declaration = declarationOf(unit);
      return unit.kind === declaration?.kind && isUnsafe(declaration);
    });
    const uses = units.filter((unit) => unit.kind === 'safe use');
    const kinds = new Set(blocks.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['mutual', 'definition', 'axiom', 'inductive']));
    expect(uses.length).toBeGreaterThan(5);
    const axioms = new Set(blocks.filter(({ kind }) => kind === 'axiom').flatMap(({ declares }) => declares));
    expect(uses.some(({ uses: used }) => used.some((name) => axioms.has(name)))).toBe(true);
    for (const { expected, uses: used } of uses) {
      expect(expected).toBe('reject');
      expect(blocks.some(({ declares }) => declares.some((name) => used.includes(name)))).toBe(true);
    }
    const broken = units.filter(
      (unit) => unit.kind.startsWith('broken') && declarationOf(unit)?.kind === 'mutual',
    );
    expect(broken.length).toBeGreaterThan(5);
  });
});

describe('our own checker', () => {
  it.each<[string, (block: MutualDefinitions) => MutualDefinitions]>([
    [
      'safe ones',
      (block) => ({ ...block, definitions: block.definitions.map((d) => ({ ...d, safety: 'safe' })) }),
    ],
    ['none', (block) => ({ ...block, definitions: [] })],
    [
      'unlike ones',
      (block) => ({
        ...block,
        definitions: block.definitions.map((d, i) => ({ ...d, safety: i === 0 ? 'unsafe' : 'partial' })),
      }),
    ],
    [
      'a name twice',
      (block) => ({ ...block, definitions: block.definitions.map((d) => ({ ...d, name: 'f' })) }),
    ],
  ])('refuses %s', (_, change) => {
    const [block] = all;
    if (block === undefined) expect.fail('no block');
    expect(checkDeclaration(baseContext(commonEnvironment).environment, change(block)).kind).toBe('reject');
  });
});

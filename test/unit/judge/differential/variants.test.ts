import { commonEnvironment } from '../../../../src/kernel/base-environment.js';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import { KernelGenerator } from '../../../../src/generate/kernel/kernel-generator.js';
import { declaredNames } from '../../../../src/ir/declaration.js';
import { app, constant, lambda, bvar, fvar, nat, sort } from '../../../../src/ir/expr.js';
import { param, zero } from '../../../../src/ir/level.js';
import { mentionedNames } from '../../../../src/ir/mentioned.js';
import { areOrdered, readUnit } from '../../../../src/judge/differential/dependence.js';
import type { Variant, VariantName } from '../../../../src/judge/differential/variant.js';
import { variantOf, variantsOf } from '../../../../src/judge/differential/variants.js';
import { Random } from '../../../../src/util/random.js';
import {
  declarationIn,
  definitionUnit,
  inductiveUnit,
  kernelUnit,
  twice,
} from '../../../support/kernel-units.js';
import { plain } from '../../../support/candidates.js';
import { unit } from '../../../support/fakes.js';

const type = inductiveUnit('t_0', { mk: constant('t_0') });
const user = definitionUnit('d_1', app(constant('t_0.rec'), constant('t_0.mk'), constant('Nat')));
const alone = definitionUnit('d_2', nat(0));

function variant(name: VariantName, units: readonly Unit[], seed = 1): Variant | undefined {
  return variantsOf(Random.of(seed), units).find((made) => made.name === name);
}

function namesIn(unit: Unit | undefined): string[] {
  const declaration = declarationIn(unit);
  return [...declaredNames(declaration), ...mentionedNames(declaration)];
}

describe('variantOf', () => {
  it('is each of the variants for some choices, and none where there are none', () => {
    const units = [type, user, alone];
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const one = new Set(seeds.map((seed) => variantOf(Random.of(seed), units)?.name));
    const all = seeds.flatMap((seed) => variantsOf(Random.of(seed), units).map(({ name }) => name));
    expect([...one].sort()).toEqual([...new Set(all)].sort());
    expect(one.size).toBeGreaterThan(3);
    expect(variantOf(Random.of(1), [alone, unit({ text: 'def x := 1' })])).toBeUndefined();
  });
});

describe('variantsOf', () => {
  it('has nothing to say of no units, or of source-level ones', () => {
    expect(variantsOf(Random.of(1), [])).toEqual([]);
    expect(variantsOf(Random.of(1), [alone, unit({ text: 'def x := 1' })])).toEqual([]);
  });

  it('gives the same variants for the same choices', () => {
    const said = (): unknown =>
      variantsOf(Random.of(3), [type, user]).map((made) => ({ ...made, units: made.units.map(plain) }));
    expect(said()).toEqual(said());
  });

  it('knows where each unit went', () => {
    for (let seed = 0; seed < 20; seed++) {
      const generator = new KernelGenerator(Random.of(seed), 'k', 9, commonEnvironment);
      const units = generator.withQuestions(generator.fresh(), 3);
      for (const { units: made, positions } of variantsOf(Random.of(seed), units)) {
        const compared = units.slice(0, positions.length);
        expect(positions.map((at) => made[at]?.kind)).toEqual(compared.map(({ kind }) => kind));
        expect(new Set(positions).size).toBe(positions.length);
      }
    }
  });
});

describe('alpha-renamed', () => {
  it('renames a type with its constructors and recursor wherever they are mentioned', () => {
    const renamed = variant('alpha-renamed', [type, user]);
    const [name = ''] = declaredNames(declarationIn(renamed?.units[0]));
    expect(name).not.toBe('t_0');
    expect(namesIn(renamed?.units[0])).toEqual([name, `${name}.mk`, name]);
    expect(new Set(namesIn(renamed?.units[1]).slice(1))).toEqual(
      new Set([`${name}.rec`, `${name}.mk`, 'Nat']),
    );
    expect(renamed?.units[0]?.declares).toEqual([name, `${name}.mk`]);
  });

  it('leaves names of the core and free variables, also where a unit declares one', () => {
    const taken = definitionUnit('Nat', app(constant('Nat.succ'), fvar('_kernel_fresh.0')));
    const renamed = variant('alpha-renamed', [taken, definitionUnit('List.length_2', nat(0))]);
    expect(declarationIn(renamed?.units[0])).toEqual(declarationIn(taken));
    expect(declaredNames(declarationIn(renamed?.units[1]))).toEqual(['List.length_2']);
  });

  it('keeps a name that two units declare one name', () => {
    const renamed = variant('alpha-renamed', [alone, user, definitionUnit('d_2', nat(1))]);
    const [first, , again] = renamed?.units ?? [];
    expect(declaredNames(declarationIn(first))).toEqual(declaredNames(declarationIn(again)));
    expect(declaredNames(declarationIn(first))).not.toEqual(['d_2']);
  });

  it('renames binders and level parameters, and nothing beside', () => {
    const unit = kernelUnit({
      kind: 'definition',
      name: 'd_3',
      levelParams: ['u'],
      type: sort(param('u')),
      value: lambda('x', sort(param('u')), app(bvar(0), constant('d_3', [param('u'), zero]))),
      hint: 3,
      safety: 'safe',
    });
    const made = declarationIn(variant('alpha-renamed', [unit])?.units[0]);
    if (made.kind !== 'definition' || made.value.kind !== 'lambda') throw new Error(made.kind);
    const [level = ''] = made.levelParams;
    expect(level).not.toBe('u');
    expect(made.type).toEqual(sort(param(level)));
    expect(made.value.name).not.toBe('x');
    expect(made.value.type).toEqual(sort(param(level)));
    expect(made.value.body).toEqual(app(bvar(0), constant(made.name, [param(level), zero])));
    expect(made.hint).toBe(3);
  });
});

describe('reordered', () => {
  it('is left out where there is only one order', () => {
    expect(variant('reordered', [type, user])).toBeUndefined();
    expect(variant('reordered', [alone])).toBeUndefined();
    // Refused for its unknown constant, and not so behind the other.
    expect(variant('reordered', [user, type])).toBeUndefined();
    expect(variant('reordered', [alone, definitionUnit('d_2', nat(1))])).toBeUndefined();
  });

  it('is another order whenever there is one', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(variant('reordered', [type, alone], seed)?.positions).toEqual([1, 0]);
    }
  });

  it('keeps the order of what depends on each other', () => {
    for (let seed = 0; seed < 40; seed++) {
      const generator = new KernelGenerator(Random.of(seed), 'k', 12, commonEnvironment);
      const units = generator.withQuestions(generator.fresh(), 4);
      const read = units.flatMap((of) => (of.form === 'kernel' ? readUnit(of) : []));
      const positions = variant('reordered', units, seed)?.positions ?? [];
      positions.forEach((at, i) => {
        positions.slice(0, i).forEach((earlier, j) => {
          const [a, b] = [read[j], read[i]];
          if (a !== undefined && b !== undefined && areOrdered(a, b)) expect(earlier).toBeLessThan(at);
        });
      });
    }
  });
});

describe('unshared', () => {
  it('writes shared subtrees out, and the same trees', () => {
    const shared = definitionUnit('d_4', twice('f', app(constant('g'), nat(1))));
    const made = variant('unshared', [alone, shared]);
    expect(made?.units[0]).toBe(alone);
    expect(made?.units[1]?.words).not.toEqual(shared.words);
    expect(declarationIn(made?.units[1])).toEqual(declarationIn(shared));
  });

  it('is left out where nothing is shared, or too much', () => {
    expect(variant('unshared', [alone, user])).toBeUndefined();
    let large = app(constant('g'), nat(1));
    for (let i = 0; i < 40; i++) large = twice('f', large);
    expect(variant('unshared', [definitionUnit('d_5', large)])).toBeUndefined();
  });
});

describe('fresh', () => {
  it('puts a new definition in front of the same units', () => {
    const made = variant('fresh', [type, user]);
    expect(made?.units.slice(1)).toEqual([type, user]);
    expect(made?.positions).toEqual([1, 2]);
    expect(declaredNames(declarationIn(made?.units[0]))).not.toEqual(
      declaredNames(declarationIn(variant('fresh', [type, user], 2)?.units[0])),
    );
  });
});

describe('what is said otherwise within a declaration', () => {
  it('is the advice on what to unfold first', () => {
    const made = variant('hints', [type, alone, user]);
    const hints = made?.units.map((unit) => {
      const declaration = declarationIn(unit);
      return declaration.kind === 'definition' ? declaration.hint : undefined;
    });
    expect(hints?.[0]).toBeUndefined();
    expect(hints?.[1]).not.toBe('abbreviation');
    expect(variant('hints', [type])).toBeUndefined();
  });

  it('is a value that is named before it is used', () => {
    const declaration = declarationIn(variant('larger', [type, alone])?.units[1]);
    expect(declaration).toMatchObject({
      value: { kind: 'let', value: nat(0), body: { kind: 'bvar', index: 0 } },
    });
  });

  it('is the order of constructors, with what stands before the block and nothing behind it', () => {
    const two = inductiveUnit('t_3', { one: constant('t_3'), two: constant('t_3') });
    const made = variant('block order', [alone, two, user]);
    expect(made?.units).toHaveLength(2);
    expect(made?.positions).toEqual([0, 1]);
    expect(declaredNames(declarationIn(made?.units[1]))).toEqual(['t_3', 't_3.two', 't_3.one']);
    expect(variant('block order', [type, alone])).toBeUndefined();
  });
});

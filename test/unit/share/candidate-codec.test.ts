import { describe, expect, it } from 'vitest';
import type { Candidate, Unit } from '../../../src/api/candidate.js';
import { KernelGenerator } from '../../../src/generate/kernel/kernel-generator.js';
import { SourceGenerator } from '../../../src/generate/source/generator.js';
import type { Type } from '../../../src/ir/source/types.js';
import { arrow, named, variable } from '../../../src/ir/source/types.js';
import { nat } from '../../../src/ir/expr.js';
import { SourceUnit } from '../../../src/ir/unit/source-unit.js';
import { TextUnit } from '../../../src/ir/unit/text-unit.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { CandidateReader, CandidateWriter } from '../../../src/share/candidate-bytes.js';
import { candidateCodec } from '../../../src/share/candidate-codec.js';
import { MalformedBytes } from '../../../src/util/bytes.js';
import { Random } from '../../../src/util/random.js';
import { plain } from '../../support/candidates.js';
import { candidate, unit } from '../../support/fakes.js';
import { kernelUnit } from '../../support/kernel-units.js';
import { declarations, exprs, theorem } from '../../support/terms.js';

const lineage = {
  ...{ seed: Number.MAX_SAFE_INTEGER, run: 2 ** 40, parents: ['ab', 'cd'], mutators: ['splice'] },
  categories: ['ordinary', 'mutual-nested'],
};

function bytesOf(value: Candidate): Buffer {
  const out = new CandidateWriter();
  candidateCodec.write(out, value);
  return Buffer.from(out.packed());
}

function read(bytes: Uint8Array): Candidate {
  return candidateCodec.read(new CandidateReader(bytes));
}

function again(units: readonly Unit[], level: Candidate['level'] = 'source'): readonly Unit[] {
  return read(bytesOf(candidate({ level, units }))).units;
}

/** A unit with a tree, entries and a block of types that mention each other. */
function sourceUnit(result: Type): SourceUnit {
  const facts = { kind: 'inductive', declares: ['T_1'], uses: ['f_0'], expected: 'accept' } as const;
  const domain = arrow(result, arrow(variable('α'), named('List', result)));
  return new SourceUnit(facts, {
    tree: {
      parts: ['def ', { parts: ['x'], goal: result, uses: ['x'] }, ' := ', { parts: [], binds: [] }],
      binds: [{ name: 'y', type: domain }],
    },
    entries: [
      { role: 'type', name: 'T_1', parameters: 1, indices: 2, inhabited: true },
      { role: 'value', name: 'v', variables: ['α'], args: [domain, result], result, constructor: false },
      { role: 'proof', name: 'p', statement: '∀ x, x = x' },
      { role: 'equation', function: 'f', statement: 's', uses: ['f'], proofs: ['rfl', ''] },
      { role: 'class', name: 'C', operation: 'op' },
      { role: 'instance', className: 'C', type: domain },
    ],
    block: {
      types: [
        {
          ...{ name: 'T_1', parameters: [{ name: 'α', sort: 'Type u' }], indices: 1, sort: 'Type' },
          constructors: [{ name: 'mk', naturals: ['n'], fields: [domain], indices: [named('Nat.zero')] }],
        },
      ],
      universes: ['u'],
      deriving: ['Repr'],
    },
    kernel: kernelUnit(theorem(nat(7))),
  });
}

describe('the codec of candidates', () => {
  it('gives back where a candidate comes from', () => {
    const written = candidate({ lineage, units: [] });
    expect(read(bytesOf(written))).toEqual(written);
  });

  it('gives back texts, with what they were derived from', () => {
    const derived = new TextUnit({ kind: 'options' }, 'theorem ∀ 𝔽', { grammar: 'g', rules: [0, 300, 7] });
    const units = [derived, unit({ text: '', uses: ['f', 'T.«a b»'], expected: 'reject' })];
    expect(again(units)).toEqual(units);
  });

  it('gives back trees, entries and blocks', () => {
    const made = sourceUnit(named('Prod', named('Nat'), variable('β')));
    const [back] = again([made]);
    if (back?.form !== 'source') return expect.fail('another form');
    expect(plain(back)).toEqual(plain(made));
    const { tree, entries, block } = made;
    expect(back).toMatchObject({ tree, entries, block });
    expect(back.kernel?.declaration).toEqual(made.kernel?.declaration);
  });

  it('writes each type once, also where equal ones are different objects', () => {
    const type = (): Type => named('Prod', arrow(named('Nat'), named('Nat')), variable('β'));
    const length = (result: Type, other: Type): number =>
      bytesOf(candidate({ units: [sourceUnit(result), sourceUnit(other)] })).length;
    const same = type();
    expect(length(type(), type())).toBe(length(same, same));
    const bytes = bytesOf(candidate({ units: [sourceUnit(same), sourceUnit(same)] }));
    expect(bytes.toString('latin1').split('Prod')).toHaveLength(2);
  });

  it.each(Object.entries(declarations))('gives back a declaration: %s', (_, declaration) => {
    const made = kernelUnit(declaration);
    const [back] = again([made.with({ expected: 'accept', uses: ['x'] })], 'kernel');
    expect(back?.hash).toBe(made.hash);
    expect(back).toMatchObject({ declaration, words: made.words, expected: 'accept', uses: ['x'] });
  });

  it.each(Object.entries(exprs))('gives back the words of an expression: %s', (_, expr) => {
    const made = kernelUnit(theorem(expr));
    expect(again([made], 'kernel')[0]).toMatchObject({ words: made.words });
  });

  it('gives back words that share nothing as they were', () => {
    const made = kernelUnit(theorem(nat(2n ** 70n)));
    const other = made.written(made.words.slice());
    expect(again([other], 'kernel')[0]?.hash).toBe(made.hash);
  });

  it('gives back what the generators make', () => {
    for (let seed = 0; seed < 40; seed++) {
      const source = new SourceGenerator(Random.of(seed), 's', 30).fresh();
      expect(again(source)).toEqual(source);
      const generator = new KernelGenerator(Random.of(seed), 'k', 12, commonEnvironment);
      const kernel = generator.withQuestions(generator.fresh(), 4);
      expect(again(kernel, 'kernel').map(plain)).toEqual(kernel.map(plain));
    }
  });
});

describe('what nobody wrote', () => {
  const full = [sourceUnit(named('Nat')), unit({ text: '∀' }), sourceUnit(arrow(named('Nat'), named('B')))];
  const samples = [
    bytesOf(candidate({ lineage, units: full })),
    bytesOf(
      candidate({
        lineage,
        level: 'kernel',
        units: Object.values(declarations).map((one) => kernelUnit(one)),
      }),
    ),
  ];

  it('is refused where it was cut', () => {
    for (const bytes of samples)
      for (let length = 0; length < bytes.length; length++)
        expect(() => read(bytes.subarray(0, length)), `${length} bytes`).toThrow(MalformedBytes);
  });

  it('is refused or a candidate whose every part can be used, where bytes were changed', () => {
    const random = Random.of(5);
    let good = 0;
    for (let i = 0; i < 20_000; i++) {
      const bytes = Buffer.from(random.pick(samples));
      for (let changes = random.between(1, 4); changes > 0; changes--)
        bytes[random.below(bytes.length)] = random.chance(0.5) ? random.below(256) : random.below(8);
      try {
        for (const one of read(bytes).units) expect(plain(one).text).toBeTypeOf('string');
        good++;
      } catch (error) {
        if (!(error instanceof MalformedBytes)) throw error;
      }
    }
    expect(good).toBeGreaterThan(100);
  });

  it('names what is wrong', () => {
    const odd = candidate({ level: 'kernel', units: [unit()] });
    expect(() => read(bytesOf(odd))).toThrow('a unit of form text at kernel level');
  });

  it('is not larger than its bytes say', () => {
    let type: Type = named('T');
    for (let i = 0; i < 60; i++) type = arrow(type, type);
    const doubled = candidate({ units: [sourceUnit(named('Nat')).with({}), treeOf(type)] });
    expect(() => read(bytesOf(doubled))).toThrow('a type of more than 10000 nodes');
    const long = { parts: Array.from({ length: 4000 }, () => 'x'.repeat(5000)) };
    expect(() => read(bytesOf(candidate({ units: [unitOfTree(long)] })))).toThrow('texts of more than');
  });

  it('is not nested deeper than a walk goes', () => {
    let type: Type = named('T');
    for (let i = 0; i < 5000; i++) type = named('List', type);
    expect(() => bytesOf(candidate({ units: [treeOf(type)] }))).toThrow(RangeError);
    let tree: SourceUnit['tree'] = { parts: ['x'] };
    for (let i = 0; i < 500; i++) tree = { parts: [tree] };
    expect(() => read(bytesOf(candidate({ units: [unitOfTree(tree)] })))).toThrow('nested deeper than');
  });
});

function unitOfTree(tree: SourceUnit['tree']): SourceUnit {
  return new SourceUnit({ kind: 'def', declares: [], uses: [], expected: 'any' }, { tree, entries: [] });
}

function treeOf(goal: Type): SourceUnit {
  return unitOfTree({ parts: ['x'], goal });
}

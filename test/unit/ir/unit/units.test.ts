import { describe, expect, it } from 'vitest';
import { encode } from '../../../../src/ir/encode.js';
import { constant, nat } from '../../../../src/ir/expr.js';
import { MalformedWords } from '../../../../src/ir/decode.js';
import { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { SourceUnit } from '../../../../src/ir/unit/source-unit.js';
import { TextUnit } from '../../../../src/ir/unit/text-unit.js';
import { theorem } from '../../../support/terms.js';
import { twice } from '../../../support/kernel-units.js';

const facts = { kind: 'theorem', declares: ['t'], uses: [], expected: 'any' } as const;

describe('a kernel unit', () => {
  const declaration = theorem(constant('x'));

  it('says of itself what its declaration says, and else what it is told', () => {
    expect(KernelUnit.of(declaration)).toMatchObject(facts);
    const told = KernelUnit.of(declaration, { kind: 'broken', uses: ['a'], expected: 'reject' });
    expect(told).toMatchObject({ kind: 'broken', declares: ['t'], uses: ['a'], expected: 'reject' });
  });

  it('has words of its declaration and a declaration of its words, made once', () => {
    const words = encode([declaration]);
    const made = KernelUnit.of(declaration);
    expect(made.words).toEqual(words);
    expect(made.words).toBe(made.words);
    const read = KernelUnit.ofWords(words, facts);
    expect(read.words).toBe(words);
    expect(read.declaration).toEqual(declaration);
    expect(read.declaration).toBe(read.declaration);
    expect(read.hash).toBe(made.hash);
  });

  it('shares what it is made of with units of which something else is said', () => {
    const made = KernelUnit.of(declaration);
    const other = made.with({ expected: 'accept' });
    expect(other).toMatchObject({ kind: 'theorem', expected: 'accept' });
    expect(other.words).toBe(made.words);
  });

  it('may be written in other words, and is another then', () => {
    const shared = KernelUnit.of(theorem(twice('f', twice('g', nat(1)))));
    const written = shared.written(encode([shared.declaration], { share: false }));
    expect(written.size).toBeGreaterThan(shared.size);
    expect(written.declaration).toBe(shared.declaration);
    expect(written.hash).not.toBe(shared.hash);
  });

  it.each([
    ['no words', new Uint32Array(0)],
    ['no declaration', encode([])],
    ['two declarations', encode([theorem(nat(1)), theorem(nat(2), 'u')])],
    ['words behind the end', Uint32Array.of(...encode([theorem(nat(1))]), 0)],
    ['a word that says nothing', encode([theorem(nat(1))]).fill(99, -2)],
  ])('is not made of %s', (_, words) => {
    expect(() => KernelUnit.ofWords(words, facts)).toThrow(MalformedWords);
  });
});

describe('units of text', () => {
  it('have the hash of their text, whatever they are made of', () => {
    const made = new SourceUnit(facts, { tree: { parts: ['a', { parts: ['b'] }] }, entries: [] });
    expect(made.text).toBe('ab');
    expect(made.size).toBe(2);
    expect(new TextUnit(facts, 'ab').hash).toBe(made.hash);
    expect(new TextUnit(facts, 'abc').hash).not.toBe(made.hash);
  });

  it('keep what they are made of when something else is said of them', () => {
    const made = new SourceUnit(facts, { tree: { parts: ['a'] }, entries: [] });
    expect(made.with({ uses: ['x'] })).toMatchObject({ tree: made.tree, uses: ['x'], kind: 'theorem' });
    const derivation = { grammar: 'g', rules: [1] };
    expect(new TextUnit(facts, 'a', derivation).with({ uses: ['x'] })).toMatchObject({
      derivation,
      text: 'a',
    });
  });
});

import { describe, expect, it } from 'vitest';
import {
  DeclarationTag,
  environmentLimits,
  ExprTag,
  foreignLimits,
  LevelTag,
  wordsVersion,
} from '../../../src/ir/codec.js';
import { MalformedWords } from '../../../src/ir/decode.js';
import { encode } from '../../../src/ir/encode.js';
import { app, bvar, lambda, letIn, mdata, nat, proj, sort, string, type Expr } from '../../../src/ir/expr.js';
import { succ, zero } from '../../../src/ir/level.js';
import { decode } from '../../../src/ir/tree-builder.js';
import { declarations, exprs, theorem } from '../../support/terms.js';

/** Words with the one text "t": a theorem t without level parameters, and what is given as its type and value. */
function words(...typeAndValue: number[]): Uint32Array {
  return Uint32Array.from([...head(1, 1, 't'), 1, DeclarationTag.theorem, 0, 0, ...typeAndValue]);
}
function head(bytes: number, length: number, text: string): number[] {
  return [wordsVersion, bytes, 1, length, Buffer.from(`${text}\0\0\0`).readUInt32LE()];
}
const prop = [ExprTag.sort, LevelTag.zero];

function nested(depth: number): Expr {
  let expr: Expr = bvar(0);
  for (let i = 0; i < depth; i++) expr = mdata(expr);
  return expr;
}

describe('decode refuses', () => {
  it('but takes the plain words that the cases below are variations of', () => {
    expect(decode(words(...prop, ...prop))).toMatchObject([{ kind: 'theorem', name: 't' }]);
  });

  it.each<[string, number[] | Uint32Array, string]>([
    ['no words at all', [], 'the words end'],
    ['another version', [wordsVersion + 1, 0, 0, 0], `version ${wordsVersion + 1}, expected ${wordsVersion}`],
    ['more texts than words', [wordsVersion, 0, 1000, 0], 'the text table is cut short'],
    ['a text table longer than the words', [wordsVersion, 4000, 1, 4000, 0], 'the text table is cut short'],
    ['texts longer than their table', [...head(1, 2, 't'), 0], 'the text table is cut short'],
    ['more declarations than words', [wordsVersion, 0, 0, 100], '100 declarations in 4 words'],
    ['an unknown declaration tag', [...head(1, 1, 't'), 1, 99], 'unknown declaration tag 99'],
    ['an unknown expression tag', words(77, 0), 'unknown expression tag 77'],
    ['an unknown level tag', words(ExprTag.sort, 66), 'unknown level tag 66'],
    ['a text that is not in the table', words(ExprTag.const, 5, 0), 'text 5 of 1'],
    ['a reference to nothing shared', words(ExprTag.reference, 0), 'reference 0 of 0 shared'],
    ['a reference to itself', words(ExprTag.define, ExprTag.mdata, ExprTag.reference, 0), 'reference 0 of 0'],
    [
      'an index in two words that needs one',
      words(ExprTag.farProj, 0, 7, 0, ...prop),
      '0 as the higher word',
    ],
    ['an index past 2^53', words(ExprTag.farProj, 0, 0, 2 ** 21, ...prop), 'expected 1 to 2097151'],
    ['an unknown binder info', words(ExprTag.pi, 0, 4, ...prop, ...prop), 'binder info 4'],
    ['more levels than words', words(ExprTag.const, 0, 0xffffffff), '4294967295 levels'],
    ['a number of too many words', words(ExprTag.nat, foreignLimits.natWords + 1), 'a number of 4097 words'],
    ['a number that is cut short', words(ExprTag.nat, 3, 1), 'the words end'],
    ['a missing value', words(...prop), 'the words end'],
    ['words behind the last declaration', words(...prop, ...prop, 0, 0), '2 words too many'],
    ['an index beyond what Lean can make', words(ExprTag.bvar, 0xfffff), 'index 1048575, at most 1048574'],
    ['a text that is not UTF-8', [wordsVersion, 1, 1, 1, 0xff, 0], 'a text that is not UTF-8'],
    [
      'a text that ends within a character',
      [wordsVersion, 2, 2, 1, 1, Buffer.from('é\0\0').readUInt32LE(), 0],
      'a text that is not UTF-8',
    ],
    [
      'a text that is no name, where one is expected',
      [wordsVersion, 2, 1, 2, Buffer.from('«\0\0').readUInt32LE(), 1, DeclarationTag.axiom, 0, 0, ...prop, 0],
      'text 0 is no name',
    ],
    [
      'a flag that is neither 0 nor 1',
      [...head(1, 1, 't'), 1, DeclarationTag.axiom, 0, 0, ...prop, 2],
      'unsafe is 2',
    ],
  ])('%s', (_, malformed, problem) => {
    const attempt = (): unknown => decode(Uint32Array.from(malformed));
    expect(attempt).toThrow(MalformedWords);
    expect(attempt).toThrow(problem);
  });

  it('expressions and levels that are nested too deep, and takes the deepest that are not', () => {
    expect(decode(encode([theorem(nested(foreignLimits.exprDepth))]))).toHaveLength(1);
    expect(() => decode(encode([theorem(nested(foreignLimits.exprDepth + 1))]))).toThrow(MalformedWords);
    const deep = (depth: number): Uint32Array => encode([theorem(sort(succ(zero, depth)))]);
    expect(decode(deep(foreignLimits.levelDepth))).toHaveLength(1);
    expect(() => decode(deep(foreignLimits.levelDepth + 1))).toThrow(MalformedWords);
  });

  it('names that are too long, and takes the longest that are not', () => {
    const named = (length: number): Uint32Array => encode([theorem(bvar(0), 'n'.repeat(length))]);
    expect(decode(named(foreignLimits.textBytes))).toHaveLength(1);
    expect(() => decode(named(foreignLimits.textBytes + 1))).toThrow('a text of 16385 bytes, at most 16384');
  });
});

describe('damaged words', () => {
  const all = [...Object.values(declarations), ...Object.values(exprs).map((expr) => theorem(expr))];

  /** Decodes; whatever is wrong with the words must come out as MalformedWords. */
  function survive(damaged: Uint32Array, what: string): void {
    try {
      decode(damaged);
    } catch (error) {
      if (!(error instanceof MalformedWords)) throw new Error(`${what}: ${String(error)}`, { cause: error });
    }
  }

  it('cut anywhere are refused', () => {
    const whole = encode(all);
    for (let length = 0; length < whole.length; length++) {
      expect(() => decode(whole.slice(0, length)), `${length} words`).toThrow(MalformedWords);
    }
  });

  it('with any one word changed decode or are refused, and nothing else', () => {
    let changes = 0;
    for (const declaration of all) {
      const original = encode([declaration]);
      for (let at = 0; at < original.length; at++) {
        const word = original[at] ?? 0;
        for (const other of [0, 1, 14, word + 1, word - 1, word ^ 0x80000000, 0x7fffffff, 0xffffffff]) {
          const damaged = original.slice();
          damaged[at] = other;
          survive(damaged, `word ${at} of ${original.join(' ')} changed to ${other}`);
          changes++;
        }
      }
    }
    expect(changes).toBeGreaterThan(3000);
  });
});

describe('what comes from an environment', () => {
  it('is written and read however deep it is nested, in every way that it can be', () => {
    const depth = 100_000;
    const around: readonly ((inner: Expr) => Expr)[] = [
      (inner) => app(inner, bvar(0)),
      (inner) => app(bvar(0), inner),
      (inner) => lambda('x', bvar(0), inner),
      (inner) => lambda('x', inner, bvar(0)),
      (inner) => letIn('x', bvar(0), inner, bvar(0)),
      (inner) => proj('S', 1, inner),
      mdata,
    ];
    for (const wrap of around) {
      let expr: Expr = bvar(0);
      for (let i = 0; i < depth; i++) expr = wrap(expr);
      const words = encode([theorem(expr)]);
      const again = encode(decode(words, environmentLimits));
      expect(Buffer.compare(Buffer.from(again.buffer), Buffer.from(words.buffer))).toBe(0);
      expect(() => decode(words)).toThrow(MalformedWords);
    }
  });

  it('may have texts and numbers of any size, which are read exactly', () => {
    for (const value of [0n, 1n, 2n ** 32n, 2n ** 64n - 1n, 10n ** 40_001n - 7n]) {
      const words = encode([theorem(nat(value))]);
      expect(decode(words, environmentLimits)).toEqual([theorem(nat(value))]);
    }
    const text = 'ab∀'.repeat(20_000);
    expect(decode(encode([theorem(string(text))]), environmentLimits)).toEqual([theorem(string(text))]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/ndjson-file.js';

const meta = '{"meta":{"format":{"version":"3.1.0"}}}';
const head = [
  meta,
  '{"in":1,"str":{"pre":0,"str":"a"}}',
  '{"il":1,"succ":0}',
  '{"ie":0,"sort":0}',
  '{"ie":1,"sort":1}',
];
const definition =
  '{"def":{"name":1,"levelParams":[],"type":1,"value":0,"hints":"opaque","safety":"safe","all":[1]}}';

describe('a file that is no export', () => {
  it('is one where nothing is wrong', () => {
    expect(checked([...head, definition]).answer).toEqual({ kind: 'accepts' });
  });

  it.each<[string, string, string]>([
    ['no JSON', '{"in":1', 'no JSON'],
    ['an empty line', '', 'an empty line'],
    ['no object', '[1]', 'expected an object'],
    ['an unknown kind', '{"lemma":{}}', '"lemma"'],
    ['nothing', '{}', 'nothing'],
    ['a name twice', '{"in":1,"str":{"pre":0,"str":"b"}}', 'name 1 is defined twice'],
    ['the anonymous name again', '{"in":0,"str":{"pre":0,"str":"b"}}', 'name 0 is defined twice'],
    ['a name behind none', '{"in":2,"str":{"pre":9,"str":"b"}}', 'name 9 is used, but not defined before'],
    ['a name of itself', '{"in":2,"str":{"pre":2,"str":"b"}}', 'name 2 is used, but not defined before'],
    ['a name of two kinds', '{"in":2,"str":{"pre":0,"str":"b"},"num":{"pre":0,"i":1}}', 'several'],
    ['a name of no kind', '{"in":2}', 'none'],
    ['a name with an unknown field', '{"in":2,"str":{"pre":0,"str":"b","x":1}}', 'unknown field "x"'],
    ['a text that is none', '{"in":2,"str":{"pre":0,"str":7}}', 'expected a text'],
    ['half a surrogate pair', '{"in":2,"str":{"pre":0,"str":"\\ud800"}}', 'no Unicode text'],
    ['a negative number', '{"in":-1,"str":{"pre":0,"str":"b"}}', 'a whole number'],
    ['a broken number', '{"in":1.5,"str":{"pre":0,"str":"b"}}', 'a whole number'],
    ['a huge number', '{"in":1e400,"str":{"pre":0,"str":"b"}}', 'a whole number'],
    [
      'a number beyond what JSON carries',
      '{"in":9007199254740993,"str":{"pre":0,"str":"b"}}',
      'a whole number',
    ],
    ['a level twice', '{"il":1,"succ":0}', 'level 1 is defined twice'],
    ['a level of itself', '{"il":2,"succ":2}', 'level 2 is used, but not defined before'],
    ['a level of three', '{"il":2,"max":[0,0,0]}', 'expected 2'],
    ['an expression twice', '{"ie":0,"sort":0}', 'expression 0 is defined twice'],
    ['an expression of itself', '{"ie":2,"app":{"fn":2,"arg":0}}', 'expression 2 is used'],
    ['a binder without info', '{"ie":2,"lam":{"name":0,"type":0,"body":0}}', 'lacks "binderInfo"'],
    [
      'a binder of another info',
      '{"ie":2,"lam":{"name":0,"type":0,"body":0,"binderInfo":"big"}}',
      'got "big"',
    ],
    ['a numeral that is no text', '{"ie":2,"natVal":3}', 'expected a text'],
    ['a numeral without digits', '{"ie":2,"natVal":"x"}', 'decimal digits'],
    ['an unknown expression', '{"ie":2,"fvar":1}', 'unknown field "fvar"'],
    ['a definition without hints', definition.replace('"hints":"opaque",', ''), 'lacks "hints"'],
    ['a hint of another kind', definition.replace('"opaque"', '"always"'), 'hints'],
    ['a height of too many bits', definition.replace('"opaque"', '{"regular":4294967296}'), 'below 2^32'],
    ['another safety', definition.replace('"safe"', '"sure"'), 'got "sure"'],
    ['a list that is none', definition.replace('[1]', '1'), 'expected a list'],
    ['two kinds of declaration', `{"axiom":{},${definition.slice(1)}`, 'unknown field'],
    ['an inductive declaration without types', '{"inductive":{"types":[],"ctors":[],"recs":[]}}', 'no types'],
    [
      'a quotient out of order',
      '{"quot":{"name":1,"levelParams":[],"type":1,"kind":"lift"}}',
      'expected the type',
    ],
    ['a cut line', definition.slice(0, 40), 'no JSON'],
    ['a key twice', '{"in":2,"str":{"pre":0,"str":"b"},"in":3}', 'the key "in" twice in one object'],
    ['a key twice inside', '{"ie":2,"app":{"fn":0,"arg":0,"fn":1}}', 'the key "fn" twice in one object'],
    [
      'a key twice, once in other words',
      '{"ie":2,"app":{"fn":0,"arg":0,"f\\u006e" :1}}',
      'the key "fn" twice',
    ],
    ['a declaration twice', `${definition.slice(0, -1)},${definition.slice(1)}`, 'the key "def" twice'],
    [
      'an unknown field of two lines',
      '{"in":2,"str":{"pre":0,"str":"b","x\\ny":1}}',
      'unknown field "x\\ny"',
    ],
  ])('is rejected at its line: %s', (_, line, why) => {
    const { answer, line: at } = checked([...head, line, definition]);
    expect(answer).toMatchObject({ kind: 'refuses' });
    expect(answer.kind === 'refuses' && answer.why).toContain(why);
    expect(at).toBe(head.length + 1);
  });

  it.each<[string, readonly string[], string, number]>([
    ['empty', [], 'an empty file', 0],
    ['without meta', head.slice(1), 'lacks "meta"', 1],
  ])('is rejected: %s', (_, lines, why, at) => {
    const { answer, line } = checked(lines);
    expect(answer.kind === 'refuses' && answer.why).toContain(why);
    expect(line).toBe(at);
  });

  it('has no answer in a format of another version, or with a number of too many digits', () => {
    expect(checked(['{"meta":{"format":{"version":"2.0.0"}}}']).answer.kind).toBe('noAnswer');
    expect(checked([...head, `{"ie":2,"natVal":"${'9'.repeat(200_000)}"}`]).answer.kind).toBe('noAnswer');
  });

  it('is rejected where it is no UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${meta}\n{"in":1,"str":{"pre":0,"str":"`),
      Buffer.from([0xff]),
    ]);
    expect(checked(bytes)).toMatchObject({ answer: { kind: 'refuses', why: 'no UTF-8' }, line: 2 });
  });

  it('is rejected where a block of definitions is not whole', () => {
    const open = definition.replace('"safe"', '"unsafe"').replace('"all":[1]', '"all":[1,2]');
    const { answer } = checked([...head, '{"in":2,"str":{"pre":0,"str":"b"}}', open]);
    expect(answer.kind === 'refuses' && answer.why).toContain('only a is there');
  });

  it('may have colons, quotes and braces in its texts, and one key in several objects', () => {
    const odd = '{"in":2,"str":{"pre":0,"str":"\\"a\\":{b:}\\\\"}}';
    const data = '{"ie":2,"mdata":{"expr":0,"data":[{"fn":"x: y"},{"fn":{"fn":1}}]}}';
    expect(checked([...head, odd, data, definition]).answer).toEqual({ kind: 'accepts' });
  });

  it('is named in one short line, however long its names are', () => {
    const name = `{"in":2,"str":{"pre":0,"str":"${'x'.repeat(10_000)}\\n"}}`;
    const twice = definition.replace('"name":1', '"name":2').replace('[]', '[1,1]').replace('[1]', '[2]');
    const { answer } = checked([...head, name, twice]);
    expect(answer).toMatchObject({
      kind: 'refuses',
      why: expect.stringMatching(/^x+\.\.\.\\n: a level parameter twice$/) as string,
    });
  });

  it('has no answer where a line, or all that it holds, is more than fits', () => {
    const long = `{"ie":2,"strVal":"${'x'.repeat(17 << 20)}"}`;
    expect(checked([...head, long]).answer).toMatchObject({ kind: 'noAnswer' });
  });

  it('may leave gaps between its numbers, and count them in any order', () => {
    const gaps = [
      meta,
      '{"in":70,"str":{"pre":0,"str":"a"}}',
      '{"il":1,"succ":0}',
      '{"ie":90,"sort":0}',
      '{"ie":7,"sort":1}',
    ];
    const sparse = definition.replace('"name":1', '"name":70').replace('"type":1', '"type":7');
    const lines = [...gaps, sparse.replace('"value":0', '"value":90').replace('[1]', '[70]')];
    expect(checked(lines).answer).toEqual({ kind: 'accepts' });
  });

  it('ends with an answer where terms and levels are deep', () => {
    const deep = [...head];
    for (let i = 2; i < 60_000; i++) deep.push(`{"ie":${i},"app":{"fn":${i - 1},"arg":0}}`);
    for (let i = 2; i < 60_000; i++) deep.push(`{"il":${i},"succ":${i - 1}}`);
    deep.push('{"ie":70000,"sort":59999}');
    for (const value of [59_999, 70_000]) {
      const { answer } = checked([...deep, definition.replace('"value":0', `"value":${value}`)]);
      expect(['refuses', 'noAnswer']).toContain(answer.kind);
    }
  });
});

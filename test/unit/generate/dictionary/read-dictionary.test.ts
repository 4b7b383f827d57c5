import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDictionaries } from '../../../../src/generate/dictionary/read-dictionary.js';
import { UserError } from '../../../../src/util/errors.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

function fileWith(text: string | Uint8Array, name = 'words.dict'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

const read = (text: string): string[] =>
  readDictionaries([fileWith(text)]).map(({ kind, text: said }) => `${kind} ${said}`);

describe('a dictionary', () => {
  it('has entries in the syntax of AFL++', () => {
    const text =
      '# comment\n\n  kw="Nat.rec"  \r\n"plain"\nx@0 = "a\\\\b"\nutf="\\xce\\xb1"\nq="\\"s\\x22"\ne="é.è"\n';
    expect(read(text)).toEqual([
      'name Nat.rec',
      'name plain',
      'term a\\b',
      'name α',
      'string "s"',
      'name é.è',
    ]);
  });

  it('takes an entry for what it looks like, or for what its label says', () => {
    const text = [
      ...['"18446744073709551616"', '"max 1 u"', '"u+1"', 'level_7="3"', '"theorem t : True := trivial"'],
      ...['"Nat.pow 2 64"', '"fun x => x"', 'snippet="7"', '"@Quot.lift"', '"«a b».c"', '"imaxed"'],
    ].join('\n');
    expect(read(text)).toEqual([
      ...['number 18446744073709551616', 'level max 1 u', 'level u+1', 'level 3'],
      ...['command theorem t : True := trivial', 'term Nat.pow 2 64', 'term fun x => x', 'term 7'],
      ...['name Quot.lift', 'name «a b».c', 'name imaxed'],
    ]);
  });

  it('has entries of higher levels where the file is named with one', () => {
    const file = fileWith('a="zero"\nb@1="one"\nc@2="two"\n');
    const named = (name: string): string[] => readDictionaries([name]).map(({ text }) => text);
    expect([named(file), named(`${file}@1`), named(`${file}@9`)]).toEqual([
      ['zero'],
      ['zero', 'one'],
      ['zero', 'one', 'two'],
    ]);
    expect(named(fileWith('a="x"', 'odd@1'))).toEqual(['x']);
  });

  it.each([
    ['a="x"\nno quotes', /:2: got "no quotes", expected name="value"/],
    ['a="x', /:1: got "a="x", expected name="value"/],
    ['a=""', /:1: got "a="""/],
    ['a="\\n"', /:1: got "\\n", expected escapes/],
    ['a="x"y"', /:1: got "x"y", expected escapes/],
    ['a="\\xff"', /:1: got "\\xff", expected bytes that are UTF-8/],
    ['level="max 1"', /:1: got "max 1", expected a universe level/],
    ['# nothing', /got "no entries", expected a line such as name="value"/],
    [Uint8Array.of(0x61, 0xff), /can't be read/],
  ])('of %j is refused in one line', (text, message) => {
    const act = () => readDictionaries([fileWith(text)]);
    expect(act).toThrow(message);
    expect(act).toThrow(UserError);
    expect(act).toThrow(/^[^\n]+$/);
  });

  it('that is not there is refused', () => {
    expect(() => readDictionaries(['/no/words@1'])).toThrow("--dictionary: /no/words can't be read");
  });
});

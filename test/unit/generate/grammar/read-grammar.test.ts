import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGrammar } from '../../../../src/generate/grammar/load-grammar.js';
import { readGrammar } from '../../../../src/generate/grammar/read-grammar.js';
import { textOf } from '../../../../src/generate/grammar/tree.js';
import { ExitCode, UserError } from '../../../../src/util/errors.js';
import { packageRoot } from '../../../../src/util/package.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

async function refusalOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(ExitCode.usage);
    expect(error.message).not.toContain('\n');
    return error.message;
  }
  throw new Error('it was taken');
}

describe('readGrammar', () => {
  it('reads rules of Nautilus: names with descriptions, escaped braces, backslashes', () => {
    const grammar = readGrammar('g', [
      ['START', 'fun \\{{A:the type}\\} => \\n } {A}'],
      ['A', 'Nat', 2.5],
      ['A', ''],
    ]);
    expect(grammar.names).toEqual(['START', 'A']);
    expect(grammar.rules.map(({ weight }) => weight)).toEqual([1, 2.5, 1]);
    expect(textOf(grammar, [0, 1, 2])).toBe('fun {Nat} => \\n } ');
  });

  it("reads rules of AFL's grammar mutator, and begins at <start> wherever it stands", () => {
    const grammar = readGrammar('g', {
      '<b>': [['b'], ['<b>', '<b>', 3], []],
      '<start>': [['<', '<b>', '>']],
    });
    expect(grammar.names[grammar.start]).toBe('<start>');
    expect(textOf(grammar, [3, 1, 0, 2])).toBe('<b>');
    expect(grammar.rules.map(({ weight }) => weight)).toEqual([1, 3, 1, 1]);
  });

  it('begins at the first nonterminal of an AFL grammar without <start>', () => {
    const grammar = readGrammar('g', { '<A>': [['I ', '<B>']], '<B>': [['like C']] });
    expect(textOf(grammar, [0, 1])).toBe('I like C');
  });

  it('takes scripts, which get the texts of their children', () => {
    const script = (a: string, b: string): string => b + a;
    const grammar = readGrammar('g', {
      start: 'S',
      rules: [['A', 'a'], ['B', 'b'], { nonterminal: 'S', children: ['A', 'B'], script, weight: 2 }],
    });
    expect(textOf(grammar, [2, 0, 1])).toBe('ba');
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', null, ['"null"', 'a list or an object']],
    ['a number', 7, ['"7"', 'a list or an object']],
    ['no rules', [], ['no rules']],
    ['an empty object', {}, ['no rules']],
    ['rules that are no list', { rules: 'A' }, ['"A"', 'a list of rules']],
    ['a start that is no name', { rules: [['A', 'a']], start: 1 }, ['"1"', 'start']],
    ['a start without rules', { rules: [['A', 'a']], start: 'Z' }, ['"Z"', 'as the start']],
    ['a rule of one part', [['A']], ['["A"]', 'a rule like']],
    ['a rule of four parts', [['A', 'a', 1, 1]], ['a rule like']],
    ['a rule that is a text', ['A'], ['"A"', 'a rule:']],
    ['a script that is none', [{ nonterminal: 'A', children: [], script: 'a' }], ['a rule:']],
    ['an unknown nonterminal', [['A', '{B}']], ['"B"', 'rule 1, of A']],
    ['an open brace', [['A', 'fun {x : Nat']], ['"fun {x : Nat"', '\\{ for a brace']],
    ['empty braces', [['A', '{}']], ['\\{ for a brace']],
    [
      'an endless nonterminal',
      [
        ['A', 'a {B}'],
        ['A', 'a'],
        ['B', 'b {B}'],
      ],
      ['"B"', 'come to an end'],
    ],
    ['a weight of nothing', [['A', 'a', 0]], ['"0"', 'weight above 0']],
    ['AFL: a key without brackets', { A: [['a']] }, ['"A"', 'like <name>']],
    ['AFL: alternatives that are none', { '<A>': 'a' }, ['"a"', '<A>']],
    ['AFL: a rule that is a text', { '<A>': ['a'] }, ['"a"', '<A>']],
    ['AFL: a part that is no text', { '<A>': [[null]] }, ['"null"', '<A>']],
    ['AFL: an unknown nonterminal', { '<A>': [['<B>']] }, ['"<B>"', 'of <A>']],
    ['AFL: an endless nonterminal', { '<A>': [['<A>']] }, ['"<A>"', 'come to an end']],
  ])('refuses %s in one line', async (_, value, words) => {
    const message = await refusalOf(() => readGrammar('some/file.json', value));
    for (const word of ['grammar some/file.json', ...words]) expect(message).toContain(word);
  });
});

describe('loadGrammar', () => {
  it.each(['grammar.json', 'grammar.mjs'])('loads examples/%s', async (name) => {
    expect((await loadGrammar(join(packageRoot, 'examples', name))).rules.length).toBeGreaterThan(5);
  });

  it.each([
    ['g.json', '[["A", ]]', ['no JSON']],
    ['g.json', '', ['no JSON']],
    ['g.txt', '[]', ['.json, .mjs, .js or .ts']],
    ['g.mjs', 'export const a = 1;', ['default export']],
    ['g.mjs', 'export default {', ["can't be loaded"]],
    ['g.mjs', 'throw new Error("oh\\nno")', ["can't be loaded", 'oh; no']],
  ])('refuses %s with %j', async (name, content, words) => {
    const file = join(temporaryFolder(), name);
    writeFileSync(file, content);
    const message = await refusalOf(() => loadGrammar(file));
    for (const word of [file, ...words]) expect(message).toContain(word);
  });

  it.each(['missing.json', 'missing.mjs'])('refuses %s, which is not there', async (name) => {
    const file = join(temporaryFolder(), name);
    expect(await refusalOf(() => loadGrammar(file))).toContain(file);
  });
});

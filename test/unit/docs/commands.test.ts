import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/util/package.js';
import { pages } from '../../support/pages.js';
import { printed } from '../../support/printed.js';

/** A command line of ours on a page: from the program's name to the end of the code that it stands in. */
interface Said {
  readonly page: string;
  readonly words: readonly string[];
}

function commandsOn(page: string): Said[] {
  const text = readFileSync(join(packageRoot, page), 'utf8').replace(/\\\n\s*/g, ' ');
  return [...text.matchAll(/(?:^|[\s`$(])(?:npx )?lean-fuzz ((?!`)[^`|&;#\n]*)/gm)].map(([, said = '']) => ({
    page,
    words: said.trim().split(/\s+/),
  }));
}

/** The help of a command, as it prints it. */
const helpOf = async (command: readonly string[]): Promise<string> =>
  (await printed(...command, '--help')).out;

/** The names of the commands that a help lists. */
const namesIn = (help: string): string[] =>
  [...(help.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);

const flagsOf = (words: readonly string[]): string[] =>
  words.flatMap((word) => /^(--[a-z][a-z-]*)/.exec(word)?.[1] ?? []);

describe('the commands on the pages', () => {
  it('are commands that there are, with options that they have', async () => {
    const current = pages.filter((page) => page !== 'CHANGELOG.md');
    const said = current
      .flatMap(commandsOn)
      .filter(({ words }) => /^(--)?[a-z][a-z-]*$/.test(words[0] ?? ''));
    expect(said.length).toBeGreaterThan(60);
    const names = namesIn(await helpOf([]));
    const [helps, wrong] = [new Map<string, string>(), [] as string[]];
    for (const { page, words } of said) {
      const [first = '', second = ''] = words;
      // A sentence that begins with the program's name is none.
      if (!first.startsWith('--') && !names.includes(first)) continue;
      const command = first.startsWith('--') ? ['run'] : first === 'corpus' ? [first, second] : [first];
      const key = command.join(' ');
      const help = helps.get(key) ?? (await helpOf(command));
      helps.set(key, help);
      for (const flag of flagsOf(words))
        if (!new RegExp(`${flag}(?![a-z-])`).test(help)) wrong.push(`${page}: ${key} ${flag}`);
    }
    expect(wrong).toEqual([]);
    expect(helps.size).toBeGreaterThan(12);
  });
});

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addCommands, asksForHelp } from '../../../src/cli/command-table.js';
import { packageRoot } from '../../../src/util/package.js';

const added = async (...words: string[]): Promise<string[]> => {
  const program = new Command();
  await addCommands(program, words);
  return program.commands.map((command) => command.name());
};
const all = await added('help');

describe('addCommands', () => {
  it('has every command under its own name', async () => {
    for (const name of all) expect(await added(name === 'completion' ? 'help' : name)).toContain(name);
    const files = readdirSync(join(packageRoot, 'src/cli/commands')).map((file) => basename(file, '.ts'));
    // A file beside them serves one of them.
    expect([...all].sort()).toEqual(files.filter((name) => !name.includes('-')).sort());
  });

  it.each<[string[], string[]]>([
    [['--version'], []],
    [['-V'], []],
    [[], ['run']],
    [['--cores', '2'], ['run']],
    [['replay', 'finding'], ['replay']],
    [['replay', '--help'], ['replay']],
    [['corpus', 'help'], ['corpus']],
  ])('loads no more than %j needs', async (words, expected) => {
    expect(await added(...words)).toEqual(expected);
  });

  it.each([
    [['--help']],
    [['--cores', '2', '-h']],
    [['help', 'replay']],
    [['completion', 'bash']],
    [['rerun']],
    [['constructor']],
  ])('loads all for %j', async (words) => {
    expect(await added(...words)).toEqual(all);
  });
});

describe('asksForHelp', () => {
  it('is about the program, not about one of its commands', () => {
    expect([['--help'], ['help'], ['-h'], ['x', '--help']].map(asksForHelp)).toEqual(Array(4).fill(true));
    expect([['replay', '--help'], [], ['run', '-h'], ['x']].map(asksForHelp)).toEqual(Array(4).fill(false));
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package.js';
import { leanFuzz, summaryOf, traceOf } from '../support/campaign.js';
import { temporaryFolder } from '../support/temporary-folder.js';

function example(name: string): string {
  return join(packageRoot, 'examples', name);
}

describe('a campaign with a plain grammar', () => {
  it('runs its texts in Lean and mutates its trees, the same for the same seed', async () => {
    const run = async (folder: string) => {
      const args = ['--cores', '1', '--runs', '120', '--seed', '5', '--depth', '20', '--trace', '--json'];
      const files = ['--campaign', folder, '--solutions', join(folder, 'solutions')];
      const ended = await leanFuzz([...args, ...files, '--grammar', example('grammar.mjs')]);
      return { summary: summaryOf(ended), trace: traceOf(folder) };
    };
    const [first, second] = [await run(temporaryFolder()), await run(temporaryFolder())];
    expect(second.trace).toEqual(first.trace);
    expect(first.summary.declarationsAccepted).toBeGreaterThan(10);
    expect(first.summary.corpus).toBeGreaterThan(1);
    const mutated = first.trace.filter(({ parents }) => parents.length > 0);
    expect(mutated.length).toBeGreaterThan(50);
  });

  it.each([
    [['--depth', '2'], '--depth: got "2", expected at least'],
    [['--level', 'kernel'], 'none at --level kernel'],
  ])('refuses %j before anything starts', async (args, words) => {
    const ended = await leanFuzz(['--grammar', example('grammar.json'), ...args], { cwd: temporaryFolder() });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
    expect(ended.stderr).toContain(words);
  });

  it('names a bad grammar in one line', async () => {
    const file = join(temporaryFolder(), 'bad.json');
    writeFileSync(file, '[["START", "def x := {Term}"]]');
    for (const command of ['run', 'gen']) {
      const ended = await leanFuzz([command, '--grammar', file], { cwd: temporaryFolder() });
      expect(ended.code).toBe(2);
      expect(ended.stderr).toBe(
        `lean-fuzz: grammar ${file}: got "Term", expected a nonterminal that has a rule (in rule 1, of START)\n`,
      );
    }
  });
});

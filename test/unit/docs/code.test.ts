import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CustomMutators } from '../../../src/generate/custom/custom-mutators.js';
import { loadGenerator } from '../../../src/generate/grammar/load-grammar.js';
import { unitOfText } from '../../../src/generate/text/units-of-text.js';
import { leanTextOf } from '../../../src/ir/unit/unit.js';
import { readConfigFile } from '../../../src/options/config-file.js';
import { readKnownFile } from '../../../src/store/known-file.js';
import { packageRoot } from '../../../src/util/package.js';
import { Random } from '../../../src/util/random.js';
import { codeBlocks } from '../../support/code-blocks.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The only block of a language on a page, as a file. */
function written(page: string, language: string, name: string): { folder: string; file: string } {
  const blocks = codeBlocks(page, language);
  expect(blocks).toHaveLength(1);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules', 'lean-fuzz'));
  writeFileSync(join(folder, name), blocks[0] ?? '');
  return { folder, file: join(folder, name) };
}

/** Of what the README says in a shell and in TypeScript, test/e2e runs and checks every line. */
describe('the code on the pages', () => {
  it('has a mutator that does what it says', () => {
    const { file } = written('docs/custom-mutators.md', 'js', 'swap.mjs');
    const refused: string[] = [];
    const custom = new CustomMutators([file], 1, {
      notice: (text) => refused.push(text),
      refused: () => refused.push('refused'),
    });
    const units = ['set_option maxRecDepth 100', 'def a := 1', 'def b := 2'].map(unitOfText);
    const context = { random: Random.of(1), tag: 'x', other: [], grow: () => [], maxUnits: 9 };
    const made = custom.mutators('source').map((mutator) => mutator.mutate(units, context));
    custom.stop();
    expect(refused).toEqual([]);
    expect(made.map((units) => units?.map(({ declares }) => declares))).toEqual([[[], ['b'], ['a']]]);
  });

  it('has a grammar that makes texts', async () => {
    const { file } = written('docs/grammars.md', 'js', 'numbers.mjs');
    const generator = await loadGenerator({ grammar: file, depth: 3, level: 'source' });
    const texts = [1, 2, 3].map((seed) => generator?.fresh(Random.of(seed)).slice(1).map(leanTextOf));
    for (const text of texts) expect(text?.join('')).toMatch(/^theorem t : (0(\.succ)*) = \1 := rfl$/);
  });

  it('has a config file that sets what it names', async () => {
    const { folder } = written('docs/options.md', 'js', 'lean-fuzz.config.mjs');
    const settings = await readConfigFile(folder);
    expect(Object.fromEntries(settings.map(({ key, value }) => [key, value]))).toEqual({
      ...{ level: 'kernel', cores: 2, timeMillis: 600_000, mutators: ['swap.mjs'] },
    });
  });

  it('has a file of known signatures', () => {
    const { file } = written('docs/findings.md', 'json', 'known.json');
    expect(readKnownFile(file).map(({ kind }) => kind)).toEqual(['lead']);
  });
});

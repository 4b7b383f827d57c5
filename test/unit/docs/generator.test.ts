import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sourceMutators } from '../../../src/generate/mutators/source/index.js';
import { unitMutators } from '../../../src/generate/mutators/unit-mutators.js';
import { packageRoot } from '../../../src/util/package.js';

const page = readFileSync(join(packageRoot, 'docs', 'generator.md'), 'utf8');

/** Names and weights of the page's tables of mutators, one table after the other. */
const tables = page
  .split(/^\| Mutator /m)
  .slice(1)
  .map((text) => {
    const [table = ''] = text.split('\n\n', 1);
    return [...table.matchAll(/^\| `([\w-]+)` +\| ([\d.]+) /gm)].map(([, name, weight]) => [
      name,
      Number(weight),
    ]);
  });

it.each([
  ['of whole units', unitMutators, 0],
  ['of the source level', sourceMutators, 1],
])('the table of mutators %s has them all, with their weights', (_, mutators, at) => {
  expect(tables[at]).toEqual(mutators.map(({ name, weight }) => [name, weight]));
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package.js';

/** The pages and workflows that users read, by their paths in the package. */
export const pages: readonly string[] = ['', 'bench', 'docs', 'native', 'solutions', 'template'].flatMap(
  (folder) =>
    readdirSync(join(packageRoot, folder))
      .filter((name) => /\.(md|yml)$/.test(name))
      .map((name) => join(folder, name)),
);

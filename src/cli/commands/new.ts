import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { didYouMean } from '../../util/closest.js';
import { invalid, messageOf, unusable } from '../../util/errors.js';
import { writeNewFile } from '../../util/files.js';
import { packageRoot } from '../../util/package.js';
import { ownCommand, pathArgument } from '../../util/shell.js';
import { isModule } from '../../util/user-module.js';
import { printLine } from '../output.js';

const kinds = ['mutator', 'grammar'] as const;
type Kind = (typeof kinds)[number];

/** `new mutator|grammar NAME`: writes a file to begin with, which runs as it is. */
export function addNew(program: Command): void {
  program
    .command('new')
    .description('write a commented mutator or grammar to begin with, which runs as it is')
    .argument('<kind>', 'mutator or grammar')
    .argument('<name>', 'its name, or its file (.mjs, .js or .ts)')
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz new mutator swap-twice')
    .action((kind: string, name: string) => {
      if (!isKind(kind)) throw invalid('kind', kind, kinds.join(' or ') + didYouMean(kind, kinds));
      const file = isModule(name) ? name : `${name}.mjs`;
      const stem = basename(file).replace(/\.\w+$/, '');
      if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(stem))
        throw invalid('name', stem, 'lower-case letters, digits and -, at most 32');
      write(file, textOf(kind, stem, file));
      printLine(`wrote ${file}; try it:`);
      const path = pathArgument(file);
      const options =
        kind === 'mutator'
          ? ['--mutator', path, '--time', '60s']
          : ['gen', '--grammar', path, '--count', '3'];
      printLine(`  ${ownCommand(options, process.cwd())}`);
    });
}

function isKind(kind: string): kind is Kind {
  return (kinds as readonly string[]).includes(kind);
}

function textOf(kind: Kind, name: string, file: string): string {
  const text = readFileSync(join(packageRoot, 'examples', 'start', `${kind}.mjs`), 'utf8');
  return text.replaceAll('NAME', name).replaceAll('FILE', file);
}

/** Never over a file that is there. */
function write(file: string, text: string): void {
  try {
    writeNewFile(file, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw invalid('name', file, 'a file that is not there yet');
    throw unusable('name', file, `a place that can be written (${messageOf(error)})`);
  }
}

import { ExitCode, UserError, invalid, messageOf } from '../../util/errors.js';
import { readBounded } from '../../util/files.js';
import { asReadError } from '../../util/machine-trouble.js';
import { importDefault, isModule } from '../../util/user-module.js';
import { GrammarGenerator } from './grammar-generator.js';
import type { Grammar } from './grammar.js';
import { readGrammar } from './read-grammar.js';

/** Bytes of a grammar's file; that of a whole language has 1 MB. */
const maxGrammarBytes = 64 << 20;

/** The generator for the options of a campaign that names a grammar. UserError (2) where it can't be used. */
export async function loadGenerator(options: {
  grammar?: string | undefined;
  depth: number;
  level: string;
}): Promise<GrammarGenerator | undefined> {
  const { grammar: file, depth, level } = options;
  if (file === undefined) return undefined;
  if (level === 'kernel') throw invalid('--grammar', file, 'none at --level kernel, which has no text');
  return new GrammarGenerator(await loadGrammar(file), file, depth);
}

/** Loads a grammar from a .json file or a module. UserError (2) that names the file and what is wrong. */
export async function loadGrammar(file: string): Promise<Grammar> {
  if (isModule(file)) return readGrammar(file, await importDefault('--grammar', file));
  if (!file.endsWith('.json'))
    throw invalid('--grammar', file, 'a file that ends in .json, .mjs, .js or .ts');
  let text: string;
  try {
    text = readBounded(file, maxGrammarBytes).toString();
  } catch (error) {
    throw asReadError(error, '--grammar', file, `--grammar: ${file} can't be read`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`grammar ${file}: no JSON: ${messageOf(error)}`, ExitCode.usage);
  }
  return readGrammar(file, value);
}

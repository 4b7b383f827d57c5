import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode, UserError, invalid, messageOf } from './errors.js';

/** Whether a file's name is one of a module that Node may load. */
export function isModule(file: string): boolean {
  return /\.(mjs|js|ts|mts)$/.test(file);
}

/** Refuses, with the option's name, a file that is no module, is not there, or is TypeScript where Node has none. */
export function checkModule(option: string, file: string): void {
  if (!isModule(file)) throw invalid(option, file, 'a file that ends in .mjs, .js or .ts');
  if (!existsSync(file)) throw invalid(option, file, 'a file that exists');
  const { typescript } = process.features as { typescript?: unknown };
  if (/ts$/.test(file) && !typescript)
    throw invalid(
      option,
      file,
      `a .mjs or .js file: Node ${process.versions.node} loads no TypeScript by itself`,
    );
}

/** The default export of a module that the user names. UserError (2) where it can't be loaded or has none. */
export async function importDefault(option: string, file: string): Promise<unknown> {
  checkModule(option, file);
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
  } catch (error) {
    throw new UserError(`${option}: ${file} can't be loaded: ${messageOf(error)}`, ExitCode.usage);
  }
  if (module.default === undefined) throw invalid(option, file, 'a module with a default export');
  return module.default;
}

/** Modules that the user names: mutators, grammars, settings. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode, UserError, invalid, messageOf } from './errors.js';
import { entryPoint } from './package.js';
import { aside } from './user-output.js';
import { placeOf } from './user-place.js';

/** Whether a file's name is one of a module that Node may load. */
export function isModule(file: string): boolean {
  return /\.(mjs|js|ts|mts)$/.test(file);
}

/** Refuses, with the option's name, a file that is no module or is not there; a pipe would hold whoever loads it. */
export function checkModule(option: string, file: string): void {
  if (!isModule(file)) throw invalid(option, file, 'a file that ends in .mjs, .js or .ts');
  if (!existsSync(file)) throw invalid(option, file, 'a file that exists');
  if (!statSync(file).isFile()) throw invalid(option, file, 'a plain file');
}

let hasHooks = false;

/** The default export of a module that the user names. UserError (2) where it can't be loaded or has none. */
export async function importDefault(option: string, file: string): Promise<unknown> {
  checkModule(option, file);
  if (!hasHooks) register(pathToFileURL(entryPoint('util/user-module-hooks.js')));
  hasHooks = true;
  const { href } = pathToFileURL(resolve(file));
  let module: { default?: unknown };
  try {
    module = await aside(async () => (await import(href)) as { default?: unknown });
  } catch (error) {
    throw new UserError(
      `${option}: ${file} can't be loaded: ${describeFailure(error, file)}`,
      ExitCode.usage,
    );
  }
  if (module.default === undefined) throw invalid(option, file, 'a module with a default export');
  return module.default;
}

/** The words of an error that a user's module has thrown, with its file and line. */
export function describeFailure(error: unknown, file?: string): string {
  const message = messageOf(error)
    .trim()
    .replace(/\s*\n\s*/g, '; ');
  const place = placeOf(error) ?? (error instanceof SyntaxError ? syntaxPlace(file) : undefined);
  return place === undefined || message.includes(place) ? message : `${message} (${place})`;
}

/** Where a module's syntax ends: Node tells that only to who reads its standard error. */
function syntaxPlace(file: string | undefined): string | undefined {
  if (file === undefined || /ts$/.test(file)) return undefined;
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: 10_000 });
  const line = /^(?:file:\/\/)?(\/.*:\d+)$/m.exec(stderr)?.[1];
  return line;
}

/**
 * How Node finds and reads a user's modules, in the thread that it asks about that: `lean-fuzz` is this package,
 * wherever the module lies, and types are stripped of TypeScript where Node does not do so by itself.
 */
import { readFileSync } from 'node:fs';
import { createRequire, type LoadHook, type ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { entryPoint } from './package.js';

/** The part of the stripper that is used; it keeps the places of everything in its file. */
interface Stripper {
  readonly transformSync: (source: string, options: object) => { readonly code: string };
}

/** An error that the stripper throws: why, and at which place of the source. */
interface Refusal {
  readonly message?: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === 'lean-fuzz'
    ? { url: pathToFileURL(entryPoint('index.js')).href, shortCircuit: true }
    : next(specifier, context);

export const load: LoadHook = (url, context, next) => {
  const { typescript } = process.features as { typescript?: unknown };
  if (!/\.m?ts$/.test(url) || typescript !== undefined) return next(url, context);
  return { format: 'module', source: withoutTypes(fileURLToPath(url)), shortCircuit: true };
};

/** SyntaxError with the place, where the file can't be read as TypeScript. */
function withoutTypes(file: string): string {
  const { transformSync } = createRequire(import.meta.url)('@swc/wasm-typescript') as Stripper;
  try {
    return transformSync(readFileSync(file, 'utf8'), { mode: 'strip-only', module: true, filename: file })
      .code;
  } catch (error) {
    const { message, startLine, startColumn } = error as Refusal;
    if (startLine === undefined || startColumn === undefined) throw error;
    throw new SyntaxError(`${message} (${file}:${startLine}:${startColumn + 1})`, { cause: error });
  }
}

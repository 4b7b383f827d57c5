import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder, keepIfPossible } from '../util/cache-folder.js';
import { invalid, unusable } from '../util/errors.js';

/**
 * A module that exports an object, its functions by their source, for workers, which are other processes: it is kept
 * by its content, so that a campaign that is resumed finds it again. UserError (2) that names what can't be written.
 */
export function asModule(option: string, value: object): string {
  // Some translators of TypeScript put calls of this helper round functions.
  const helper = 'const __name = (it) => it;\n';
  const content = `import { ir } from 'lean-fuzz';\n${helper}export default ${sourceOf(option, value, [])};\n`;
  const name = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const file = join(cacheFolder(), 'objects', `${name}.mjs`);
  keepIfPossible(file, content);
  if (!existsSync(file)) throw unusable(option, file, 'a file that can be written, for the workers');
  return file;
}

function sourceOf(path: string, value: unknown, above: readonly unknown[]): string {
  if (above.includes(value)) throw invalid(path, 'a circle', 'an object that ends');
  const within = [...above, value];
  if (Array.isArray(value))
    return `[${value.map((one, index) => sourceOf(`${path}[${index}]`, one, within)).join(', ')}]`;
  if (typeof value === 'function') return `(${functionSource(path, value as () => unknown)})`;
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(
        ([key, one]: [string, unknown]) =>
          // In brackets, for "__proto__" names a prototype without.
          `[${JSON.stringify(key)}]: ${sourceOf(`${path}.${key}`, one, within)}`,
      );
    return `{\n${members.join(',\n')}\n}`;
  }
  if (value === undefined || typeof value === 'symbol')
    throw invalid(path, String(value), 'a value that can be written');
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A function as an expression; that of a method is taken out of an object that has only it. */
function functionSource(path: string, value: () => unknown): string {
  const source = Function.prototype.toString.call(value);
  if (isSource(`(${source})`)) return source;
  if (isSource(`({${source}})`)) return `Object.values({${source}})[0]`;
  throw invalid(
    path,
    source,
    'a function whose source can be written: none of the engine, and none that is bound',
  );
}

function isSource(text: string): boolean {
  try {
    new Script(text);
    return true;
  } catch {
    return false;
  }
}

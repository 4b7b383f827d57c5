import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeLean } from '../../api/lean.js';
import { endingWithThis, leanHostPath } from '../../native/addon.js';
import { cacheFolder, publish } from '../../util/cache-folder.js';
import { messageOf, unusable, UserError } from '../../util/errors.js';
import { writeNewFile } from '../../util/files.js';
import { makeFolder } from '../../util/make-folder.js';
import { coreText } from './core-text.js';
import type { ImportedModule } from './lean-host.js';

const module = 'LeanFuzzCore';
/** Milliseconds that compiling it may take: a second is common. */
const compileMillis = 120_000;

/** The imports of a native Lean for source level: its own Init, or, where that was not compiled, our core library. */
export async function importsOf(lean: NativeLean): Promise<ImportedModule> {
  if (lean.hasOleans) return { folder: lean.libraryFolder, module: 'Init', isCore: false };
  return { folder: await compiledCore(lean), module, isCore: true };
}

/** The folder with our core library as this Lean has compiled it, once for each library and text. */
async function compiledCore(lean: NativeLean): Promise<string> {
  const text = coreText();
  const key = createHash('sha256').update(lean.hash).update(text).digest('hex').slice(0, 16);
  const parent = join(cacheFolder(), 'core');
  const folder = join(parent, `core-${key}`);
  if (existsSync(folder)) return folder;
  try {
    makeFolder(parent);
    await publish(folder, (temporary) => compile(lean, text, temporary));
  } catch (error) {
    if (error instanceof UserError) throw error;
    // Another process may have been quicker.
    if (!existsSync(folder)) throw unusable('cache folder', messageOf(error), `room for ${folder}`);
  }
  return folder;
}

async function compile({ name, libraries }: NativeLean, text: string, folder: string): Promise<void> {
  const source = join(folder, `${module}.lean`);
  writeNewFile(source, text);
  const compiler = [leanHostPath(), '--compile', source, join(folder, `${module}.olean`)] as const;
  const [program, ...args] = endingWithThis(...compiler, ...libraries);
  // Most commands start no program, and this is a large part of what they would load.
  const { execa } = await import('execa');
  const { failed, all } = await execa(program, args, {
    cwd: folder,
    all: true,
    reject: false,
    timeout: compileMillis,
  });
  if (!failed) return;
  const lines = all.split('\n');
  const line = lines.find((one) => one.includes('error')) ?? lines[0];
  if (line?.includes('failed to write') === true) throw unusable('cache folder', line, `room for ${folder}`);
  throw new UserError(`native Lean (${name}): it can't compile the core library for source level: ${line}`);
}

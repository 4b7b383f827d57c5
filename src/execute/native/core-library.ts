import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeLean } from '../../api/lean.js';
import { endingWithThis, leanHostPath } from '../../native/addon.js';
import { cacheFolder, publish } from '../../util/cache-folder.js';
import { messageOf, unusable, UserError } from '../../util/errors.js';
import { writeNewFile } from '../../util/files.js';
import { makeFolder } from '../../util/make-folder.js';
import { unlessLost } from '../../util/process-state.js';
import { untilAborted } from '../../util/until-aborted.js';
import { coreText } from './core-text.js';
import type { ImportedModule } from './lean-host.js';

const module = 'LeanFuzzCore';
/** Milliseconds that compiling it may take: a second is common. */
const compileMillis = 120_000;

/**
 * The imports of a native Lean for source level: its own Init, or, where that was not compiled, our core library, which
 * it compiles once. UserError (78) where it can't; the signal's reason where that is aborted, with nothing left behind.
 */
export async function importsOf(lean: NativeLean, signal?: AbortSignal): Promise<ImportedModule> {
  if (lean.hasOleans) return { folder: lean.libraryFolder, module: 'Init', isCore: false };
  return { folder: await compiledCore(lean, signal), module, isCore: true };
}

/** The folder with our core library as this Lean has compiled it, once for each library and text. */
async function compiledCore(lean: NativeLean, signal: AbortSignal | undefined): Promise<string> {
  const text = coreText();
  const key = createHash('sha256').update(lean.hash).update(text).digest('hex').slice(0, 16);
  const parent = join(cacheFolder(), 'core');
  const folder = join(parent, `core-${key}`);
  const isThere = (): boolean => existsSync(join(folder, `${module}.olean`));
  if (isThere()) return folder;
  signal?.throwIfAborted();
  try {
    makeFolder(parent);
    // It appears with all that it holds: one without has lost it, and stands in the way.
    await rm(folder, { recursive: true, force: true });
    await publish(folder, (temporary) => compile(lean, text, temporary, signal));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    // Another process may have been quicker.
    if (!isThere()) throw unusable('cache folder', messageOf(error), `room for ${folder}`);
  }
  return folder;
}

async function compile(
  { name, libraries }: NativeLean,
  text: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const source = join(folder, `${module}.lean`);
  writeNewFile(source, text);
  const compiler = [leanHostPath(), '--compile', source, join(folder, `${module}.olean`)] as const;
  const [program, ...args] = endingWithThis(...compiler, ...libraries);
  // Most commands start no program, and this is a large part of what they would load.
  const { execa } = await import('execa');
  const ended = new AbortController();
  const compiling = execa(program, args, {
    ...{ cwd: folder, all: true, reject: false, timeout: compileMillis },
    // One that was stopped hears no other.
    ...{ killSignal: 'SIGKILL', cancelSignal: ended.signal },
  });
  const doing = 'compiling the core library for source level';
  const lost = { what: `native Lean (${name})`, doing, pid: compiling.pid ?? 0 };
  try {
    await untilAborted(unlessLost(lost, compiling), signal);
  } finally {
    ended.abort();
    // Whoever takes its folder away must not meet it there.
    await compiling;
  }
  const { failed, all, exitCode, signal: killedBy } = await compiling;
  if (!failed) return;
  const lines = all.split('\n');
  const said = lines.find((one) => one.includes('error')) ?? lines[0];
  const line = said || `its process ended (${killedBy ?? `status ${exitCode}`})`;
  if (line.includes('failed to write')) throw unusable('cache folder', line, `room for ${folder}`);
  throw new UserError(`native Lean (${name}): it can't compile the core library for source level: ${line}`);
}

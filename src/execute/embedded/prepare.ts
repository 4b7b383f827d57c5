import { createHash } from 'node:crypto';
import { closeSync, existsSync, futimesSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tar from 'tar';
import { addon } from '../../native/addon.js';
import { cacheFolder, publish } from '../../util/cache-folder.js';
import { unusable, messageOf } from '../../util/errors.js';
import { asUserError } from '../../util/machine-trouble.js';
import { makeFolder } from '../../util/make-folder.js';
import { pause } from '../../util/until-aborted.js';
import type { OnStep } from './on-step.js';
import { exportsUsedByGlue, slimGlue } from './glue.js';
import { plant, type KernelMutant } from './kernel-mutants.js';
import { checkLeanPackage, findLeanPackage, leanPackage } from './package-files.js';
import { WasmBinary } from './wasm-binary.js';

/** Files for the boot: the prepared module and the unpacked oleans. */
export interface PreparedLean {
  glue: string;
  wasm: string;
  library: string;
}

/** Counted up when what prepare makes changes, so that an older cache is not taken for it. */
const prepareVersion = 6;

/**
 * Makes the embedded Lean ready to boot, once per package and mutant: the result is cached by content, appears
 * by an atomic rename, and processes that start at the same time wait for the one that does the work.
 */
export async function prepareLean(
  mutant?: KernelMutant,
  onStep: OnStep = () => undefined,
): Promise<PreparedLean> {
  onStep('looking for the prepared Lean');
  const cache = cacheFolder();
  const key = createHash('sha256')
    .update(JSON.stringify([prepareVersion, leanPackage.files]))
    .digest('hex')
    .slice(0, 16);
  const library = join(cache, `library-${key}`);
  const module = join(cache, `module-${key}-${mutant ?? 'original'}`);
  const prepared = { glue: join(module, 'lean.cjs'), wasm: join(module, 'lean.wasm'), library };
  const source = findLeanPackage();
  const stamp = join(cache, `checked-${key}.json`);
  if (existsSync(library) && existsSync(module) && (await isStamped(stamp, source))) return prepared;

  try {
    makeFolder(cache);
  } catch (error) {
    throw unusable(
      'cache folder',
      cache,
      `a folder that can be written (${messageOf(error)}); LEAN_FUZZ_CACHE names another`,
    );
  }
  const lock = await holdLock(join(cache, 'prepare.lock'), onStep);
  const step = (what: string): void => {
    onStep(what);
    lock.touch();
  };
  try {
    if (!(await isStamped(stamp, source))) {
      await checkLeanPackage(source, step);
      await writeFile(stamp, JSON.stringify(await stampOf(source)));
    }
    if (!existsSync(library)) await publish(library, (folder) => unpackLibrary(source, folder, step));
    if (!existsSync(module)) await publish(module, (folder) => buildModule(source, folder, mutant, step));
  } catch (error) {
    throw asUserError(error, 'cache folder', cache);
  } finally {
    lock.release();
  }
  return prepared;
}

/** Sizes and times of the package's files: while they stand, its contents need not be hashed again. */
async function stampOf(source: string): Promise<Record<string, unknown>> {
  const entries = Object.keys(leanPackage.files).map(async (name) => {
    const { size, mtimeMs } = await stat(join(source, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
    return [name, { size, mtimeMs }] as const;
  });
  return { source, ...Object.fromEntries(await Promise.all(entries)) };
}

async function isStamped(stamp: string, source: string): Promise<boolean> {
  const known = await readFile(stamp, 'utf8').catch(() => '');
  return known === JSON.stringify(await stampOf(source));
}

async function unpackLibrary(source: string, folder: string, onStep: OnStep): Promise<void> {
  await tar.extract({
    file: join(source, 'lean-lib.tar.gz'),
    cwd: folder,
    filter: (path) => {
      onStep(`unpacking ${path}`);
      return !/(^|\/)\._/.test(path); // macOS resource forks
    },
  });
}

async function buildModule(
  source: string,
  folder: string,
  mutant: KernelMutant | undefined,
  onStep: OnStep,
): Promise<void> {
  onStep('reading the module');
  const glue = slimGlue(await readFile(join(source, 'lean.js'), 'latin1'));
  const binary = new WasmBinary(await readFile(join(source, 'lean.wasm')));
  runTasksAtOnce(binary);
  if (mutant !== undefined) plant(binary, mutant);
  await writeFile(join(folder, 'lean.cjs'), glue, 'latin1');
  onStep('rebuilding the module');
  await writeFile(join(folder, 'lean.wasm'), rebuild(binary, exportsUsedByGlue(glue)));
}

/**
 * task_manager::enqueue_core runs a task on the calling thread when its priority is -1. Making that
 * comparison always true means that Lean never needs a thread, and the process can be forked.
 */
function runTasksAtOnce(binary: WasmBinary): void {
  const name = binary.exports.find((entry) =>
    entry.name.startsWith('_ZN4lean12task_manager12enqueue_core'),
  )?.name;
  if (name === undefined) throw new Error('lean.wasm: no task_manager::enqueue_core');
  // i32.const -1; i32.eq; if  ->  drop; i32.const 1; if
  binary.patch(name, '417f460440', '1a41010440');
}

/**
 * V8 in Node 20 and 22 takes at most 100,000 exports; the module has 201,110. Removed are
 * specialisations, lifted lambdas and closed terms of compiled Lean code, which nothing looks up by name.
 *
 * The kernel and the runtime, which are C++, are marked for the optimising compiler: it makes them nearly twice as
 * fast. Compiled Lean code, one contiguous block of functions, is left to the baseline compiler: there is far too
 * much of it.
 */
function rebuild(binary: WasmBinary, usedByGlue: ReadonlySet<string>): Buffer {
  const firstOfLean = binary.functionIndex('l_id');
  const lastOfLean = binary.functionIndex('initialize_Lean');
  return binary.rebuilt(
    ({ name }) =>
      usedByGlue.has(name) ||
      binary.globalOffsetNames.has(name) ||
      name === 'initialize_Init' ||
      name === 'initialize_Lean' ||
      !(/___at___|_spec__|___lam__|_closed__/.test(name) || name.startsWith('initialize_')),
    (index) => index < firstOfLean || index > lastOfLean,
  );
}

/** The lock of who prepares. `touch` shows those who wait for it that work goes on. */
interface Lock {
  touch(): void;
  release(): void;
}

/**
 * Waits for the lock without blocking the event loop; the kernel frees it if this process dies. A holder that works
 * touches the file, which is a step for those who wait, too: one that hangs does not.
 */
async function holdLock(path: string, onStep: OnStep): Promise<Lock> {
  for (;;) {
    const fd = addon().lockFile(path, false);
    if (fd >= 0)
      return { touch: () => futimesSync(fd, new Date(), new Date()), release: () => closeSync(fd) };
    const { mtimeMs } = await stat(path);
    onStep(`waiting for another process that prepares Lean (${path}, ${mtimeMs})`);
    await pause(200);
  }
}

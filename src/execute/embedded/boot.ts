import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, unusable, type UserError } from '../../util/errors.js';
import { CStack } from './c-stack.js';
import { box, type LeanHeap } from './heap.js';
import { instantiate, sysroot } from './module.js';
import type { OnStep } from './on-step.js';
import type { PreparedLean } from './prepare.js';

/** A booted Lean with Init imported; objects are pointers into its heap, kept alive for good. */
export interface BootedLean {
  heap: LeanHeap;
  stack: CStack;
  /** The Elab environment after `import Init`. */
  environment: number;
  version: string;
  /** The newest line of the module's error stream; cleared before each job. */
  output: { lastLine: string };
}

/** Trust level of the import; the same as the lean command's. */
const trustLevel = 1024;
/** Import everything that the oleans hold; 0 and 1 leave out what the audit needs. */
const privateLevel = 2;

/** Boots the prepared Lean and imports Init. Afterwards the module has no files. UserError (78) where they are gone. */
export async function bootLean(
  prepared: PreparedLean,
  memoryLimitMiB: number,
  onStep: OnStep = () => undefined,
): Promise<BootedLean> {
  const { library, glue, wasm } = prepared;
  onStep('loading the module');
  const module = await instantiate(prepared, memoryLimitMiB).catch((error: unknown) => {
    throw [glue, wasm].every((file) => existsSync(file)) ? error : filesAreGone(prepared, error);
  });
  const { heap } = module;
  const { exports } = heap;
  onStep('mounting the library');
  if (!existsSync(library)) throw filesAreGone(prepared, 'no library');
  module.mountLibrary(library);
  const stack = CStack.relocate(heap);
  onStep('initializing Lean');
  exports.lean_initialize();
  stack.tellLean();
  heap.dec(heap.ioValue(exports.l_Lean_initSearchPath(heap.string(sysroot), box(0))));
  heap.dec(heap.ioValue(exports.lean_enable_initializer_execution()));
  exports.lean_io_mark_end_initialization();
  exports.lean_init_task_manager_using(1);
  onStep('importing Init');
  const environment = importInit(heap, prepared);
  module.takeFilesAway();
  return {
    heap,
    stack,
    environment,
    version: heap.text(heap.datum('l_Lean_versionString')),
    output: module.output,
  };
}

function importInit(heap: LeanHeap, prepared: PreparedLean): number {
  const init = heap.ctor(0, [heap.name('Init')], [0, 1, 0]); // Import: importAll, isExported, isMeta
  const options = heap.inc(heap.datum('l_Lean_Options_empty'));
  const result = heap.exports.l_Lean_importModules(
    heap.array([init]),
    options,
    trustLevel,
    heap.array([]),
    1,
    1,
    privateLevel,
    box(1),
  );
  try {
    return heap.ioValue(result);
  } catch (error) {
    // All that it reads are files of ours.
    throw filesAreGone(prepared, error);
  }
}

/** Lean speaks of places inside its module. */
function filesAreGone({ library }: PreparedLean, error: unknown): UserError {
  const expected = `one whose files stay as they were made while Lean boots (${messageOf(error)})`;
  return unusable('cache folder', dirname(library), expected);
}

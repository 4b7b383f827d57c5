import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { LeanDatum, LeanExports } from './exports.js';
import { LeanHeap } from './heap.js';
import { restrict } from './host-functions.js';
import type { PreparedLean } from './prepare.js';
import { Trampolines } from './trampolines.js';

/** The interface of the emscripten glue, as far as lean-fuzz uses it. */
interface EmscriptenModule {
  noInitialRun: boolean;
  wasmMemory: WebAssembly.Memory;
  print(text: string): void;
  printErr(text: string): void;
  stdin(): number | null;
  instantiateWasm(
    imports: Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  onRuntimeInitialized(): void;
  exported?: LeanExports & Record<LeanDatum, { value: number }>;
  FS?: {
    mkdirTree(path: string): void;
    mount(type: unknown, options: object, path: string): void;
    unmount(path: string): void;
  };
  NODEFS?: unknown;
}
type Imports = Record<string, Record<string, unknown>>;

/** The instantiated module: its heap, and what the host decides about its files. */
export interface LeanModule {
  heap: LeanHeap;
  /** The newest line of the module's error stream, where Lean announces panics; whoever reads it may clear it. */
  output: { lastLine: string };
  mountLibrary(folder: string): void;
  /** From here on the module has no files: everything that opens, makes or changes one fails. */
  takeFilesAway(): void;
}

/** Entries of the module's function table. */
const tableSize = 22943;

const libraryMount = '/lean/lib/lean';
export const sysroot = '/lean';

/**
 * Instantiates the prepared module. `memoryLimitMiB` bounds its memory (at most 2048): beyond it, Lean runs out
 * of memory and the instance is lost. It is reserved at once but only used as it is touched.
 */
export async function instantiate(prepared: PreparedLean, memoryLimitMiB: number): Promise<LeanModule> {
  const pages = memoryLimitMiB * 16;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const files = { away: false };
  const output = { lastLine: '' };
  const emscripten = await new Promise<EmscriptenModule>((resolve, reject) => {
    const module: EmscriptenModule = {
      noInitialRun: true,
      wasmMemory: memory,
      print: () => undefined,
      printErr: (line) => {
        // The package was built with profiling, which complains at every exit.
        if (!line.startsWith('LLVM Profile Error')) output.lastLine = line;
      },
      stdin: () => null,
      instantiateWasm(imports, receive) {
        try {
          const environment = imports['env'] ?? {};
          restrict(environment, files);
          const table = new WebAssembly.Table({ initial: tableSize, element: 'anyfunc' });
          const names = Object.keys(environment).filter((name) => name.startsWith('invoke_'));
          const trampolines = Trampolines.create(names, table);
          trampolines.markThrows(environment);
          Object.assign(environment, trampolines.functions, { __indirect_function_table: table });
          const compiled = new WebAssembly.Module(readFileSync(prepared.wasm));
          const instance = new WebAssembly.Instance(compiled, imports);
          trampolines.connect(instance.exports);
          receive(instance, compiled);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        return {};
      },
      onRuntimeInitialized: () => resolve(module),
    };
    const bootLean = createRequire(import.meta.url)(prepared.glue) as (module: EmscriptenModule) => void;
    bootLean(module);
  });
  const { exported, FS, NODEFS } = emscripten;
  if (exported === undefined || FS === undefined) throw new Error('the glue did not hand out its exports');
  return {
    heap: new LeanHeap(exported, memory.buffer, exported),
    output,
    mountLibrary(folder) {
      FS.mkdirTree(libraryMount);
      FS.mount(NODEFS, { root: folder }, libraryMount);
    },
    takeFilesAway() {
      FS.unmount(libraryMount);
      files.away = true;
    },
  };
}

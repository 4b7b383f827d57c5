import { likeImport, type HostFunction } from './host-functions.js';
import { compilationHints } from './wasm-binary.js';

/**
 * C++ exceptions inside the module. Emscripten compiled a call that may throw as a call of an imported
 * `invoke_<signature>(index, ...)`: JavaScript that calls table entry `index` inside try/catch. One inductive
 * type makes hundreds of thousands of these trips out of WebAssembly and back.
 *
 * This module makes a small second WebAssembly module with the same functions, so that the trips stay inside:
 *
 *   invoke(index, args):  sp = stackGet()
 *                         try { return table[index](args) }
 *                         catch_all { if (!thrown) rethrow; thrown = 0; stackRestore(sp); setThrew(1, 0) }
 *
 * Only C++ exceptions may be swallowed here. WebAssembly can't look at a JavaScript exception, so whoever throws
 * a C++ one sets the global `thrown` first (see `markThrows`); a RangeError, a trap or an exit passes through.
 *
 * The main module has to share its function table with this one before either exists: WasmBinary.importTable
 * turns its table into an import. stackGet, stackRestore and setThrew are the main module's; as its exports come
 * too late to be imported, they are put into three table slots behind its own and called through those.
 */
export class Trampolines {
  private constructor(
    /** The functions by name, to be imported by the main module. */
    readonly functions: Record<string, unknown>,
    private readonly table: WebAssembly.Table,
    private readonly firstSlot: WebAssembly.Global,
    private readonly thrown: WebAssembly.Global,
  ) {}

  static create(names: readonly string[], table: WebAssembly.Table): Trampolines {
    const module = new WebAssembly.Module(assemble(names));
    const { exports } = new WebAssembly.Instance(module, { main: { table } });
    return new Trampolines(
      Object.fromEntries(names.map((name) => [name, exports[name]])),
      table,
      exports['firstSlot'] as WebAssembly.Global,
      exports['thrown'] as WebAssembly.Global,
    );
  }

  /** Wraps the imports that throw C++ exceptions, in place. */
  markThrows(imports: Record<string, unknown>): void {
    for (const name of throwers) {
      const original = imports[name];
      if (typeof original !== 'function') throw new Error(`the module does not import ${name}`);
      imports[name] = likeImport(original, (...args) => {
        this.thrown.value = 1;
        return (original as HostFunction)(...args);
      });
    }
  }

  /** Completes the circle once the main module exists. Nothing may have thrown before. */
  connect(mainExports: Record<string, unknown>): void {
    const first = this.table.grow(slotFunctions.length);
    slotFunctions.forEach((name, i) => this.table.set(first + i, mainExports[name]));
    this.firstSlot.value = first;
  }
}

const throwers = [
  '__cxa_throw',
  '__cxa_rethrow',
  '__cxa_rethrow_primary_exception',
  '__resumeException',
  '_emscripten_throw_longjmp',
];
const slotFunctions = ['emscripten_stack_get_current', '_emscripten_stack_restore', 'setThrew'];

const valueTypes: Record<string, number> = { i: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c };
const zeroOf: Record<string, number[]> = {
  i: [0x41, 0],
  j: [0x42, 0],
  f: [0x43, 0, 0, 0, 0],
  d: [0x44, 0, 0, 0, 0, 0, 0, 0, 0],
};

/** Opcodes and section ids that the second module needs. */
const op = {
  if: 0x04,
  try: 0x06,
  rethrow: 0x09,
  end: 0x0b,
  callIndirect: 0x11,
  catchAll: 0x19,
  localGet: 0x20,
  localSet: 0x21,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32Add: 0x6a,
} as const;
const voidBlock = 0x40;
const i32 = 0x7f;

function assemble(names: readonly string[]): Uint8Array {
  // Types 0 to 2 are the slots' functions; then, for each name, the table entry's type and invoke's own.
  const types: number[][] = [functionType([], [i32]), functionType([i32], []), functionType([i32, i32], [])];
  const bodies: number[][] = [];
  for (const name of names) {
    const signature = name.slice('invoke_'.length);
    const result = signature.startsWith('v') ? [] : [valueTypes[signature[0] ?? ''] ?? fail(name)];
    const args = signature
      .slice(1)
      .split('')
      .map((letter) => valueTypes[letter] ?? fail(name));
    types.push(functionType(args, result), functionType([i32, ...args], result));
    bodies.push(trampoline(types.length - 2, args.length, result[0], zeroOf[signature[0] ?? ''] ?? []));
  }
  const exportEntries = [
    ...names.map((name, i) => [...text(name), 0, ...leb(i)]),
    [...text('firstSlot'), 3, 0],
    [...text('thrown'), 3, 1],
  ];
  const mutableZero = [i32, 1, op.i32Const, 0, op.end];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([[...text('main'), ...text('table'), 1, 0x70, 0, 0]])),
    ...section(3, vector(names.map((_, i) => leb(4 + 2 * i)))),
    ...section(6, vector([mutableZero, mutableZero])),
    ...section(7, vector(exportEntries)),
    ...compilationHints(names.length, () => true),
    ...section(10, vector(bodies)),
  ]);
}

function trampoline(entryType: number, args: number, result: number | undefined, zero: number[]): number[] {
  const savedStack = args + 1;
  const callSlot = (slot: number, type: number): number[] => [
    ...[op.globalGet, 0, op.i32Const, slot, op.i32Add],
    ...[op.callIndirect, type, 0],
  ];
  const code = [
    ...[1, 1, i32], // one local: the saved stack pointer
    ...[...callSlot(0, 0), op.localSet, savedStack],
    ...[op.try, result ?? voidBlock],
    ...Array.from({ length: args }, (_, i) => [op.localGet, i + 1]).flat(),
    ...[op.localGet, 0, op.callIndirect, ...leb(entryType), 0],
    op.catchAll,
    ...[op.globalGet, 1, op.i32Eqz, op.if, voidBlock, op.rethrow, 1, op.end],
    ...[op.i32Const, 0, op.globalSet, 1],
    ...[op.localGet, savedStack, ...callSlot(1, 1)],
    ...[op.i32Const, 1, op.i32Const, 0, ...callSlot(2, 2)],
    ...zero,
    ...[op.end, op.end],
  ];
  return [...leb(code.length), ...code];
}

function functionType(args: number[], results: number[]): number[] {
  return [0x60, ...leb(args.length), ...args, ...leb(results.length), ...results];
}
function section(id: number, body: number[]): number[] {
  return [id, ...leb(body.length), ...body];
}
function vector(items: number[][]): number[] {
  return [...leb(items.length), ...items.flat()];
}
function text(name: string): number[] {
  return [...leb(name.length), ...Buffer.from(name, 'latin1')];
}
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}
function fail(name: string): never {
  throw new Error(`no trampoline for the signature of ${name}`);
}

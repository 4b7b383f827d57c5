/** The part of the WebAssembly API that lean-fuzz uses; Node 20's type package has none of it. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number; shared: boolean });
    readonly buffer: SharedArrayBuffer;
  }
  class Table {
    constructor(descriptor: { initial: number; element: 'anyfunc' });
    readonly length: number;
    /** Returns the length before. */
    grow(by: number): number;
    set(index: number, value: unknown): void;
  }
  class Global {
    value: number;
  }
  class Module {
    private readonly brand: never;
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: Record<string, unknown>;
  }
  /** Its parts are of no interest here. */
  class RuntimeError extends Error {}
}

/** Just enough of the WebAssembly binary format to find functions by name, patch their bodies and drop exports. */

interface Section {
  id: number;
  /** Where the section's id byte is. */
  start: number;
  /** Where its content begins and ends. */
  bodyStart: number;
  bodyEnd: number;
}

export interface WasmExport {
  name: string;
  /** 0 function, 1 table, 2 memory, 3 global. */
  kind: number;
  index: number;
}

/** Magic number and version. */
const headerBytes = 8;

const SectionId = { custom: 0, import: 2, function: 3, table: 4, export: 7, code: 10 } as const;

/** A byte of V8's section "compilationHints": compile when first called, and at once with the optimising compiler. */
const optimisedWhenCalled = 0b10_10_01;

export class WasmBinary {
  private readonly sections: Section[] = [];
  private readonly importedFunctionCount: number;
  /** Names that the global offset table imports: their exports must stay, whatever they are called. */
  readonly globalOffsetNames = new Set<string>();
  readonly exports: WasmExport[];

  constructor(readonly bytes: Buffer) {
    const cursor = new Cursor(bytes, headerBytes);
    while (cursor.at < bytes.length) {
      const start = cursor.at;
      const id = cursor.byte();
      const length = cursor.leb();
      this.sections.push({ id, start, bodyStart: cursor.at, bodyEnd: cursor.at + length });
      cursor.at += length;
    }
    this.importedFunctionCount = this.readImports();
    this.exports = this.readExports();
  }

  /** Start and end of a defined function's body (locals and code), by the name it is exported under. */
  functionBody(name: string): { start: number; end: number } {
    const wanted = this.functionIndex(name);
    const sharers = this.exports.filter((entry) => entry.kind === 0 && entry.index === wanted);
    if (sharers.some((entry) => entry.name.startsWith('l_'))) {
      // wasm-opt folds identical functions: a patch would change compiled Lean code as well.
      throw new Error(`${name} shares its body with ${sharers.map((entry) => entry.name).join(', ')}`);
    }
    const cursor = new Cursor(this.bytes, this.section(SectionId.code).bodyStart);
    cursor.leb();
    for (let index = this.importedFunctionCount; ; index++) {
      const size = cursor.leb();
      if (index === wanted) return { start: cursor.at, end: cursor.at + size };
      cursor.at += size;
    }
  }

  /**
   * Replaces the single occurrence of `pattern` in a function's body by `replacement` (hex, same length).
   * Throws where the pattern is not there exactly once.
   */
  patch(functionName: string, pattern: string, replacement: string): void {
    const { start, end } = this.functionBody(functionName);
    const body = this.bytes.subarray(start, end);
    const wanted = Buffer.from(pattern, 'hex');
    const at = body.indexOf(wanted);
    if (at < 0 || body.indexOf(wanted, at + 1) >= 0 || replacement.length !== pattern.length) {
      throw new Error(`${functionName}: the bytes to patch are not there exactly once`);
    }
    body.set(Buffer.from(replacement, 'hex'), at);
  }

  /** The index of a function, by the name it is exported under. */
  functionIndex(name: string): number {
    const found = this.exports.find((entry) => entry.kind === 0 && entry.name === name);
    if (found === undefined) throw new Error(`no exported function ${name}`);
    return found.index;
  }

  /**
   * The module with only the exports that `keep` accepts, and with its function table imported (as
   * env.__indirect_function_table) instead of defined. It stays table 0: the module imports no other. The defined
   * functions that `isHot` accepts are marked for V8's optimising compiler.
   */
  rebuilt(keep: (entry: WasmExport) => boolean, isHot: (functionIndex: number) => boolean): Buffer {
    const kept = this.exports.filter(keep);
    const entries = kept.flatMap((entry) => {
      const name = Buffer.from(entry.name, 'latin1');
      return [leb(name.length), name, Buffer.from([entry.kind]), leb(entry.index)];
    });
    const replacement = new Map<number, Buffer | undefined>([
      [SectionId.import, this.importsWithTable()],
      [SectionId.table, undefined],
      [SectionId.export, Buffer.concat([leb(kept.length), ...entries])],
    ]);
    const functions = new Cursor(this.bytes, this.section(SectionId.function).bodyStart).leb();
    const parts: Buffer[] = [this.bytes.subarray(0, headerBytes)];
    for (const { id, start, bodyEnd } of this.sections) {
      if (id === SectionId.code)
        parts.push(compilationHints(functions, (i) => isHot(this.importedFunctionCount + i)));
      if (!replacement.has(id)) parts.push(this.bytes.subarray(start, bodyEnd));
      const body = replacement.get(id);
      if (body !== undefined) parts.push(Buffer.from([id]), leb(body.length), body);
    }
    return Buffer.concat(parts);
  }

  private importsWithTable(): Buffer {
    const imports = this.section(SectionId.import);
    const table = this.section(SectionId.table);
    const count = new Cursor(this.bytes, imports.bodyStart);
    const length = count.leb();
    const tables = new Cursor(this.bytes, table.bodyStart);
    if (tables.leb() !== 1) throw new Error('expected a module with exactly one table');
    const names = ['env', '__indirect_function_table'].flatMap((name) => [
      leb(name.length),
      Buffer.from(name),
    ]);
    return Buffer.concat([
      leb(length + 1),
      this.bytes.subarray(count.at, imports.bodyEnd),
      ...names,
      Buffer.from([1]),
      this.bytes.subarray(tables.at, table.bodyEnd),
    ]);
  }

  private section(id: number): Section {
    const found = this.sections.find((section) => section.id === id);
    if (found === undefined) throw new Error(`no section ${id}`);
    return found;
  }

  private readImports(): number {
    const cursor = new Cursor(this.bytes, this.section(SectionId.import).bodyStart);
    let functions = 0;
    for (let left = cursor.leb(); left > 0; left--) {
      const module = cursor.name();
      const field = cursor.name();
      if (module.startsWith('GOT')) this.globalOffsetNames.add(field);
      const kind = cursor.byte();
      if (kind === 0) {
        cursor.leb();
        functions++;
      } else if (kind === 1) {
        cursor.byte();
        cursor.limits();
      } else if (kind === 2) {
        cursor.limits();
      } else if (kind === 3) {
        cursor.at += 2;
      } else {
        throw new Error(`an import of unknown kind ${kind}`);
      }
    }
    return functions;
  }

  private readExports(): WasmExport[] {
    const cursor = new Cursor(this.bytes, this.section(SectionId.export).bodyStart);
    return Array.from({ length: cursor.leb() }, () => ({
      name: cursor.name(),
      kind: cursor.byte(),
      index: cursor.leb(),
    }));
  }
}

/**
 * The custom section that V8 reads under --experimental-wasm-compilation-hints: a byte for each of the defined
 * functions, which are counted from 0. It belongs in front of the code.
 */
export function compilationHints(count: number, isHot: (definedFunction: number) => boolean): Buffer {
  const hints = Buffer.alloc(count);
  for (let i = 0; i < count; i++) if (isHot(i)) hints[i] = optimisedWhenCalled;
  const name = Buffer.from('compilationHints');
  const body = Buffer.concat([leb(name.length), name, leb(count), hints]);
  return Buffer.concat([Buffer.from([SectionId.custom]), leb(body.length), body]);
}

class Cursor {
  constructor(
    private readonly bytes: Buffer,
    public at: number,
  ) {}

  byte(): number {
    return this.bytes.readUInt8(this.at++);
  }

  leb(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      result += (byte & 127) * 2 ** shift;
      if (byte < 128) return result;
    }
  }

  name(): string {
    const length = this.leb();
    this.at += length;
    return this.bytes.toString('latin1', this.at - length, this.at);
  }

  limits(): void {
    const flags = this.leb();
    this.leb();
    if ((flags & 1) !== 0) this.leb();
  }
}

function leb(value: number): Buffer {
  const bytes: number[] = [];
  do {
    const low = value & 127;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 128);
  } while (value !== 0);
  return Buffer.from(bytes);
}

import type { LeanDatum, LeanExports } from './exports.js';

/**
 * Lean's object model in the module's memory (wasm32).
 *
 *   object   i32 reference count (> 0 counted, < 0 shared between threads, 0 never freed)
 *            u16 size, u8 number of object fields (constructors), u8 tag
 *            constructors: object fields of 4 bytes from offset 8, then scalar fields
 *   boxed    an odd word is a small number or a constructor without fields: 2 * n + 1
 *
 * The memory never grows (it is reserved whole at boot and touched page by page), so the views below stay
 * valid. Reference counts are the caller's care: methods say what they own and what they borrow.
 */
export class LeanHeap {
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u16: Uint16Array;
  readonly u8: Uint8Array;

  constructor(
    readonly exports: LeanExports,
    buffer: SharedArrayBuffer,
    private readonly data: Record<LeanDatum, { value: number }>,
  ) {
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.u8 = new Uint8Array(buffer);
  }

  /** The tag of a constructor object or of a boxed constructor. */
  tag(object: number): number {
    return (object & 1) !== 0 ? object >>> 1 : (this.u8[object + 7] ?? 0);
  }

  /** Object field `index` of a constructor, borrowed. */
  field(object: number, index: number): number {
    return this.u32[(object + 8 + 4 * index) >>> 2] ?? 0;
  }

  /** Scalar byte `offset` behind the `objectFields` object fields of a constructor. */
  scalarByte(object: number, objectFields: number, offset: number): number {
    return this.u8[object + 8 + 4 * objectFields + offset] ?? 0;
  }

  setScalarByte(object: number, objectFields: number, offset: number, value: number): void {
    this.u8[object + 8 + 4 * objectFields + offset] = value;
  }

  /** Takes one more reference; returns the object. */
  inc(object: number): number {
    if ((object & 1) === 0) {
      const count = this.i32[object >>> 2] ?? 0;
      if (count > 0) this.i32[object >>> 2] = count + 1;
      else if (count < 0) this.i32[object >>> 2] = count - 1;
    }
    return object;
  }

  /** Gives one reference back. */
  dec(object: number): void {
    if ((object & 1) !== 0) return;
    const count = this.i32[object >>> 2] ?? 0;
    if (count > 1) this.i32[object >>> 2] = count - 1;
    else if (count !== 0) this.exports.lean_dec_ref_cold(object);
  }

  /** A new constructor object; owns the fields. */
  ctor(tag: number, fields: readonly number[], scalars: readonly number[] = []): number {
    const bytes = (8 + 4 * fields.length + scalars.length + 7) & ~7;
    const object = this.exports.lean_alloc_object(bytes);
    this.i32[object >>> 2] = 1;
    this.u16[(object + 4) >>> 1] = bytes;
    this.u8[object + 6] = fields.length;
    this.u8[object + 7] = tag;
    for (let i = 0; i < fields.length; i++) this.u32[(object + 8 + 4 * i) >>> 2] = fields[i] ?? 0;
    for (let i = 0; i < scalars.length; i++) this.u8[object + 8 + 4 * fields.length + i] = scalars[i] ?? 0;
    return object;
  }

  /** A copy of a borrowed constructor object with one object field replaced; owns the new field. */
  copyWith(object: number, index: number, value: number): number {
    const bytes = this.u16[(object + 4) >>> 1] ?? 0;
    const fields = this.u8[object + 6] ?? 0;
    const copy = this.exports.lean_alloc_object(bytes);
    this.u8.copyWithin(copy, object, object + bytes);
    this.i32[copy >>> 2] = 1;
    for (let i = 0; i < fields; i++) if (i !== index) this.inc(this.field(copy, i));
    this.u32[(copy + 8 + 4 * index) >>> 2] = value;
    return copy;
  }

  /** A new string object. */
  string(text: string): number {
    const bytes = encoder.encode(text);
    const buffer = this.exports.malloc(bytes.length + 1);
    this.u8.set(bytes, buffer);
    const object = this.exports.lean_mk_string_from_bytes(buffer, bytes.length);
    this.exports.free(buffer);
    return object;
  }

  /** The text of a borrowed string object. */
  text(object: number): string {
    const bytes = this.field(object, 0) - 1;
    return decoder.decode(this.u8.slice(object + 20, object + 20 + bytes));
  }

  /** The text of a borrowed string object to the last character; undefined where its bytes are no UTF-8. */
  exactText(object: number): string | undefined {
    const bytes = this.field(object, 0) - 1;
    try {
      return exactDecoder.decode(this.u8.slice(object + 20, object + 20 + bytes));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return undefined;
    }
  }

  /** A List; owns its elements. */
  list(elements: readonly number[]): number {
    let list = box(0);
    for (let i = elements.length - 1; i >= 0; i--) list = this.ctor(1, [elements[i] ?? 0, list]);
    return list;
  }

  /** The borrowed elements of a borrowed List. */
  elements(list: number): number[] {
    const result: number[] = [];
    for (let rest = list; (rest & 1) === 0; rest = this.field(rest, 1)) result.push(this.field(rest, 0));
    return result;
  }

  /** An Array; owns its elements. */
  array(elements: readonly number[]): number {
    let array = this.exports.lean_mk_array(box(0), box(0));
    for (const element of elements) array = this.exports.lean_array_push(array, element);
    return array;
  }

  /** The borrowed elements of a borrowed Array. */
  arrayElements(array: number): number[] {
    const size = this.field(array, 0);
    return Array.from({ length: size }, (_, i) => this.u32[(array + 16 + 4 * i) >>> 2] ?? 0);
  }

  /** A hierarchical name from its dotted text, e.g. "Nat.succ". */
  name(dotted: string): number {
    return this.exports.l_String_toName(this.string(dotted));
  }

  /** A datum of the module, borrowed. */
  datum(name: LeanDatum): number {
    return this.u32[this.data[name].value >>> 2] ?? 0;
  }

  /** Overwrites a datum that is a plain word. */
  setDatum(name: LeanDatum, value: number): void {
    this.u32[this.data[name].value >>> 2] = value;
  }

  /** The value of an owned `EIO` result; throws what Lean reports where it is an error. Owns the result. */
  ioValue(result: number): number {
    const value = this.field(result, 0);
    if (this.tag(result) !== 0) {
      const message = this.text(this.exports.lean_io_error_to_string(this.inc(value)));
      throw new Error(`Lean: ${message}`);
    }
    this.inc(value);
    this.dec(result);
    return value;
  }

  /** Bytes of memory that the module has ever asked for. */
  get usedBytes(): number {
    return this.exports.sbrk(0) >>> 0;
  }
}

/** A small number, or a constructor without fields, as an object. */
export function box(value: number): number {
  return (value << 1) | 1;
}

export function unbox(object: number): number {
  return object >>> 1;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** A mark at the beginning is a character like others, and nothing is replaced. */
const exactDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether words lie in memory as the format has them: then they are copied at once. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The wire format of everything that crosses a process boundary: little endian numbers, and strings and
 * byte blocks with a 32-bit length in front. The reader trusts nothing: it checks each length against what is
 * left, because the other side may have died or run wild at any byte.
 */
export class ByteWriter {
  private buffer: Buffer;
  private used = 0;

  constructor(initialBytes = 1024) {
    this.buffer = Buffer.allocUnsafe(initialBytes);
  }

  get length(): number {
    return this.used;
  }

  /** The bytes written so far; valid until the next write. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  /** Drops all but the first `length` bytes. */
  rewind(length: number): this {
    this.used = Math.min(this.used, length);
    return this;
  }

  /** Overwrites the number at a place that was written before. */
  patchU32(at: number, value: number): this {
    this.bytes().writeUInt32LE(value >>> 0, at);
    return this;
  }

  clear(): this {
    this.used = 0;
    return this;
  }

  u8(value: number): this {
    this.reserve(1);
    this.buffer[this.used++] = value;
    return this;
  }

  u32(value: number): this {
    this.reserve(4);
    this.used = this.buffer.writeUInt32LE(value >>> 0, this.used);
    return this;
  }

  /** A whole number below 2 ** 32 in as few bytes as it needs, seven bits each, the lowest first. */
  count(value: number): this {
    if (value >= 0 && value < 128) return this.u8(value);
    this.reserve(5);
    let rest = value >>> 0;
    for (; rest > 127; rest >>>= 7) this.buffer[this.used++] = (rest & 127) | 128;
    this.buffer[this.used++] = rest;
    return this;
  }

  f64(value: number): this {
    this.reserve(8);
    this.used = this.buffer.writeDoubleLE(value, this.used);
    return this;
  }

  string(text: string): this {
    const length = Buffer.byteLength(text);
    this.u32(length).reserve(length);
    this.used += this.buffer.write(text, this.used);
    return this;
  }

  /** So many hexadecimal digits, two to a byte. */
  hex(text: string, digits: number): this {
    this.reserve(digits / 2);
    if (text.length !== digits || this.buffer.write(text, this.used, 'hex') !== digits / 2)
      throw new RangeError(`"${text}": expected ${digits} hexadecimal digits`);
    this.used += digits / 2;
    return this;
  }

  block(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes);
  }

  /** Bytes without their length. */
  raw(bytes: Uint8Array): this {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
    return this;
  }

  /** Numbers as 32-bit words. */
  words(values: ArrayLike<number>): this {
    this.u32(values.length).reserve(values.length * 4);
    if (values instanceof Uint32Array && isLittleEndian) {
      this.buffer.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.used);
      this.used += values.byteLength;
      return this;
    }
    for (let i = 0; i < values.length; i++) {
      this.used = this.buffer.writeUInt32LE((values[i] ?? 0) >>> 0, this.used);
    }
    return this;
  }

  list<T>(items: readonly T[], write: (item: T) => void): this {
    this.u32(items.length);
    items.forEach(write);
    return this;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.used + bytes));
    larger.set(this.bytes());
    this.buffer = larger;
  }
}

/** Thrown where bytes do not hold what the format says. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
}

export class ByteReader {
  protected readonly buffer: Buffer;
  private position = 0;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.buffer.length - this.position;
  }

  u8(): number {
    return this.buffer.readUInt8(this.take(1));
  }

  u32(): number {
    return this.buffer.readUInt32LE(this.take(4));
  }

  count(): number {
    const first = this.buffer[this.position];
    if (first !== undefined && first < 128) {
      this.position++;
      return first;
    }
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.buffer[this.take(1)] ?? 0;
      if (shift === 28 && byte > 15) break;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new MalformedBytes('a number of more than 32 bits');
  }

  f64(): number {
    return this.buffer.readDoubleLE(this.take(8));
  }

  string(): string {
    const length = this.u32();
    const start = this.take(length);
    return this.buffer.toString('utf8', start, start + length);
  }

  hex(digits: number): string {
    const start = this.take(digits / 2);
    return this.buffer.toString('hex', start, start + digits / 2);
  }

  /** A view of the underlying bytes, not a copy. */
  block(): Buffer {
    const length = this.u32();
    const start = this.take(length);
    return this.buffer.subarray(start, start + length);
  }

  /** All that is left: a view, not a copy. */
  rest(): Buffer {
    const start = this.take(this.left);
    return this.buffer.subarray(start);
  }

  words(): Uint32Array {
    const length = this.u32();
    const start = this.take(length * 4);
    const result = new Uint32Array(length);
    if (isLittleEndian) {
      new Uint8Array(result.buffer).set(this.buffer.subarray(start, start + length * 4));
      return result;
    }
    for (let i = 0; i < length; i++) result[i] = this.buffer.readUInt32LE(start + i * 4);
    return result;
  }

  list<T>(read: () => T): T[] {
    const length = this.length();
    if (length > this.left) throw new MalformedBytes(`a list of ${length} items in ${this.left} bytes`);
    const items: T[] = [];
    for (let i = 0; i < length; i++) items.push(read());
    return items;
  }

  /** How the length of a list is written. */
  protected length(): number {
    return this.u32();
  }

  protected take(bytes: number): number {
    const start = this.position;
    if (bytes > this.left) throw new MalformedBytes(`${bytes} bytes wanted at ${start}, ${this.left} left`);
    this.position += bytes;
    return start;
  }
}

/**
 * The form of what rests: each text once, in a table in front, and numbers in as few bytes as they need.
 *
 *   packed   = number of texts, length of each in UTF-16 units, bytes of all, UTF-8 bytes, body
 *   body     = what was written; a text is its number in the table, a list begins with its length
 *
 * Bytes that are read back may come from anybody. A few bytes can name a long text many times: all that is given out
 * is counted.
 */
import { ByteReader, ByteWriter, MalformedBytes } from './bytes.js';

/** UTF-16 units of all texts that one reader gives, as often as it gives them. */
const maxGiven = 16 << 20;

export class PackedWriter extends ByteWriter {
  private readonly texts = new Map<string, number>();

  /** The number of a text in the table. */
  numberOf(text: string): number {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, this.texts.size);
    return this.texts.size - 1;
  }

  override string(text: string): this {
    return this.count(this.numberOf(text));
  }

  override list<T>(items: readonly T[], write: (item: T) => void): this {
    this.count(items.length);
    for (const item of items) write(item);
    return this;
  }

  /** The table and behind it what was written. */
  packed(): Buffer {
    const all = [...this.texts.keys()].join('');
    const table = new ByteWriter(this.texts.size + all.length + this.length + 16);
    table.count(this.texts.size);
    for (const text of this.texts.keys()) table.count(text.length);
    return table.count(Buffer.byteLength(all)).raw(Buffer.from(all)).raw(this.bytes()).bytes();
  }
}

/** Throws MalformedBytes, as ByteReader does, where bytes are none that PackedWriter wrote. */
export class PackedReader extends ByteReader {
  private readonly texts: readonly string[];
  private given = 0;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.texts = this.readTexts();
  }

  /** The text of a number in the table. */
  textOf(number: number): string {
    const text = this.texts[number];
    if (text === undefined) throw new MalformedBytes(`text ${number} of ${this.texts.length}`);
    this.given += text.length + 1;
    if (this.given > maxGiven) throw new MalformedBytes(`texts of more than ${maxGiven} characters`);
    return text;
  }

  override string(): string {
    return this.textOf(this.count());
  }

  protected override length(): number {
    return this.count();
  }

  private readTexts(): string[] {
    const lengths = this.list(() => this.count());
    const bytes = this.count();
    const start = this.take(bytes);
    const all = this.buffer.toString('utf8', start, start + bytes);
    let at = 0;
    const texts = lengths.map((length) => all.slice(at, (at += length)));
    if (at !== all.length) throw new MalformedBytes(`texts of ${at} characters in ${all.length}`);
    return texts;
  }
}

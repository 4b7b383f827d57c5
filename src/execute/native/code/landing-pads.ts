/** Where exceptions land, as the tables for unwinding say (.eh_frame, .gcc_except_table). */
import type { ElfFile } from '../elf.js';

/** The forms of pointers that compilers write here. */
const [absolute, uleb, udata4, sdata4, sdata8, relative] = [0x00, 0x01, 0x03, 0x0b, 0x0c, 0x10];
const none = 0xff;
/** A table by which a function is found: pairs of 32 bits, counted from the table's section. */
const tableForm = 0x3b;

/** Finds the landing pads of functions of one library. */
export class LandingPads {
  private readonly header: Section;
  private readonly frames: Section;
  private readonly tables: Section;

  constructor(library: ElfFile) {
    const section = (name: string): Section => ({
      bytes: library.read(name),
      address: library.addressOf(name),
    });
    this.header = section('.eh_frame_hdr');
    this.frames = section('.eh_frame');
    this.tables = section('.gcc_except_table');
  }

  /** Addresses within a function at which exceptions land; none where it has no table, or one of another form. */
  of(start: number): number[] {
    try {
      const frame = this.frameOf(start);
      const table = frame === undefined ? 0 : this.tableOf(frame);
      return table === 0 ? [] : this.padsIn(table, start);
    } catch (error) {
      // A table that ends early.
      if (error instanceof RangeError) return [];
      throw error;
    }
  }

  /** The address of a function's frame, by the sorted table in the header. */
  private frameOf(start: number): number | undefined {
    const { bytes, address } = this.header;
    if (bytes.length < 12 || bytes[3] !== tableForm) return undefined;
    let [low, high] = [0, bytes.readUInt32LE(8)];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = 12 + middle * 8;
      const found = address + bytes.readInt32LE(at);
      if (found === start) return address + bytes.readInt32LE(at + 4);
      if (found < start) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  /** The address of the table of calls that a frame names; 0 is none. */
  private tableOf(frame: number): number {
    const at = new Cursor(this.frames, frame);
    at.skip(4);
    const common = at.address;
    const form = this.formOf(common - at.u32());
    if (form === undefined) return 0;
    at.pointer(form.code);
    at.pointer(form.code & 0x0f);
    at.uleb();
    return at.pointer(form.table);
  }

  /** How frames write pointers to code and to their tables, as what they have in common says. */
  private formOf(common: number): { code: number; table: number } | undefined {
    const at = new Cursor(this.frames, common);
    at.skip(8);
    const version = at.u8();
    const letters = at.text();
    if (!letters.startsWith('z')) return undefined;
    at.uleb();
    at.uleb();
    if (version === 1) at.u8();
    else at.uleb();
    at.uleb();
    let [code, table] = [absolute, none];
    for (const letter of letters.slice(1)) {
      if (letter === 'P') at.pointer(at.u8());
      else if (letter === 'L') table = at.u8();
      else if (letter === 'R') code = at.u8();
      else if (letter !== 'S') return undefined;
    }
    return table === none ? undefined : { code, table };
  }

  private padsIn(table: number, start: number): number[] {
    const at = new Cursor(this.tables, table);
    if (at.u8() !== none) return [];
    if (at.u8() !== none) at.uleb();
    if (at.u8() !== uleb) return [];
    const length = at.uleb();
    const end = at.address + length;
    const pads = new Set<number>();
    while (at.address < end) {
      at.uleb();
      at.uleb();
      const pad = at.uleb();
      at.uleb();
      if (pad !== 0) pads.add(start + pad);
    }
    return [...pads];
  }
}

interface Section {
  readonly bytes: Buffer;
  readonly address: number;
}

/** Reads a section from an address on; RangeError behind its end. */
class Cursor {
  constructor(
    private readonly section: Section,
    public address: number,
  ) {}

  skip(count: number): void {
    this.address += count;
  }

  u8(): number {
    return this.section.bytes.readUInt8(this.take(1));
  }

  u32(): number {
    return this.section.bytes.readUInt32LE(this.take(4));
  }

  text(): string {
    let text = '';
    for (let letter = this.u8(); letter !== 0; letter = this.u8()) text += String.fromCharCode(letter);
    return text;
  }

  uleb(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** A pointer; 0 where there is none. */
  pointer(form: number): number {
    if (form === none) return 0;
    const at = this.address;
    const value = this.number(form & 0x0f);
    return value === 0 ? 0 : value + ((form & 0x70) === relative ? at : 0);
  }

  private number(form: number): number {
    const { bytes } = this.section;
    if (form === udata4) return bytes.readUInt32LE(this.take(4));
    if (form === sdata4) return bytes.readInt32LE(this.take(4));
    if (form === absolute || form === sdata8) return Number(bytes.readBigInt64LE(this.take(8)));
    throw new RangeError(`a pointer of the form ${form}`);
  }

  private take(count: number): number {
    const at = this.address - this.section.address;
    this.address += count;
    return at;
  }
}

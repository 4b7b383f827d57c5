import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { kindOf } from '../../util/files.js';

/** The number of a processor in an ELF header, by Node's name for it. */
const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };
const machineNames: Readonly<Record<number, string>> = { 3: 'x86', 40: 'ARM', 62: 'x86-64', 183: 'aarch64' };
const sharedObject = 3;
/** Section types. */
const noBits = 8;
const versionNeeds = 0x6ffffffe;
/** Sections that are read have at most so many bytes; more is damage. */
const maxSectionBytes = 1 << 28;

interface Section {
  readonly name: string;
  readonly type: number;
  /** Where it lies in memory, counted from where the library begins; 0 where it is not loaded. */
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  /** Index of the section with its strings. */
  readonly link: number;
}

/** An ELF file that this machine could load, as far as its headers say. */
export class ElfFile {
  private constructor(
    private readonly path: string,
    private readonly sections: readonly Section[],
  ) {}

  /** Reads the headers. A text says what is wrong where it is no shared library of this machine. */
  static open(path: string, architecture: string = process.arch): ElfFile | string {
    const stat = statSync(path);
    // Of a folder the system says it itself; a pipe would hold us.
    if (!stat.isFile() && !stat.isDirectory()) return kindOf(stat);
    const header = readAt(path, 0, 64);
    if (header.length < 64 || header.readUInt32BE(0) !== 0x7f454c46) return 'no ELF file';
    if (header[4] !== 2) return 'a 32-bit library';
    if (header[5] !== 1) return 'a big-endian library';
    const machine = header.readUInt16LE(18);
    const expected = machines[architecture];
    if (machine !== expected) {
      const name = machineNames[machine] ?? `processor ${machine}`;
      return `a library for ${name}, on a machine of ${machineNames[expected ?? 0] ?? architecture}`;
    }
    if (header.readUInt16LE(16) !== sharedObject) return 'no shared library';
    const sections = readSections(path, header);
    return sections === undefined ? 'a damaged or incomplete library' : new ElfFile(path, sections);
  }

  /** The bytes of a section; empty where there is none. */
  read(name: string): Buffer {
    const section = this.sections.find((one) => one.name === name);
    return section === undefined ? Buffer.alloc(0) : this.contents(section);
  }

  /** Where a section lies in memory, counted from where the library begins; 0 where there is none. */
  addressOf(name: string): number {
    return this.sections.find((one) => one.name === name)?.address ?? 0;
  }

  /** The newest glibc whose symbols it needs, such as `2.35`; undefined where it needs none. */
  get neededGlibc(): string | undefined {
    const section = this.sections.find(({ type }) => type === versionNeeds);
    const strings = section === undefined ? undefined : this.sections[section.link];
    if (section === undefined || strings === undefined) return undefined;
    const names = neededVersions(this.contents(section), this.contents(strings));
    const versions = names.flatMap((name) => /^GLIBC_(\d+(?:\.\d+)*)$/.exec(name)?.[1] ?? []);
    return versions.sort(compareVersions).at(-1);
  }

  private contents({ type, offset, size }: Section): Buffer {
    return type === noBits || size > maxSectionBytes ? Buffer.alloc(0) : readAt(this.path, offset, size);
  }
}

/** Orders version numbers such as `2.35` and `2.4`. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
  if (at >= 0) return (a[at] ?? 0) - (b[at] ?? 0);
  return a.length < b.length ? -1 : 0;
}

function readSections(path: string, header: Buffer): Section[] | undefined {
  const offset = Number(header.readBigUInt64LE(40));
  const count = header.readUInt16LE(60);
  const table = readAt(path, offset, count * 64);
  if (offset === 0 || table.length < count * 64) return undefined;
  const raw = Array.from({ length: count }, (_, index) => {
    const at = index * 64;
    return {
      nameAt: table.readUInt32LE(at),
      type: table.readUInt32LE(at + 4),
      address: Number(table.readBigUInt64LE(at + 16)),
      offset: Number(table.readBigUInt64LE(at + 24)),
      size: Number(table.readBigUInt64LE(at + 32)),
      link: table.readUInt32LE(at + 40),
    };
  });
  const names = raw[header.readUInt16LE(62)];
  if (names === undefined || names.size > maxSectionBytes) return undefined;
  const text = readAt(path, names.offset, names.size);
  return raw.map(({ nameAt, ...section }) => ({ name: stringAt(text, nameAt), ...section }));
}

/** The names in a table of needed versions: a list of files, each with a list of the versions it must have. */
function neededVersions(needs: Buffer, strings: Buffer): string[] {
  const names: string[] = [];
  // Offsets only grow, so damage can't make this run for ever.
  for (let file = 0, next = 1; next > 0 && file + 16 <= needs.length; file += next) {
    next = needs.readUInt32LE(file + 12);
    let left = needs.readUInt16LE(file + 2);
    for (let one = file + needs.readUInt32LE(file + 8); left > 0 && one + 16 <= needs.length; left--) {
      names.push(stringAt(strings, needs.readUInt32LE(one + 8)));
      one += needs.readUInt32LE(one + 12);
    }
  }
  return names;
}

function stringAt(text: Buffer, at: number): string {
  const end = text.indexOf(0, at);
  return text.toString('latin1', at, end < 0 ? text.length : end);
}

/** As much of it as the file has: what a damaged header says of offsets and sizes is not believed. */
function readAt(path: string, offset: number, length: number): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const there = Math.max(0, Math.min(length, fstatSync(descriptor).size - offset));
    const buffer = Buffer.alloc(there);
    return buffer.subarray(0, there === 0 ? 0 : readSync(descriptor, buffer, 0, there, offset));
  } finally {
    closeSync(descriptor);
  }
}

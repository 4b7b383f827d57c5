import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../util/errors.js';

const sectionHeaderBytes = 64;
const symbolBytes = 24;
const symbolTableType = 2;

const programHeaderBytes = 56;
const loadedSegment = 1;

/**
 * Bytes of a 64-bit ELF library as it lies in memory, at an address counted from its beginning; none where it has
 * none.
 */
export function bytesAt(path: string, address: number, count: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(sectionHeaderBytes);
    readSync(file, header, 0, sectionHeaderBytes, 0);
    const segments = Buffer.alloc(header.readUInt16LE(56) * programHeaderBytes);
    readSync(file, segments, 0, segments.length, Number(header.readBigUInt64LE(32)));
    for (let at = 0; at < segments.length; at += programHeaderBytes) {
      const [offset, begin, size] = [8, 16, 32].map((field) => Number(segments.readBigUInt64LE(at + field)));
      if (segments.readUInt32LE(at) !== loadedSegment || offset === undefined || begin === undefined)
        continue;
      if (address < begin || address + count > begin + (size ?? 0)) continue;
      const bytes = Buffer.alloc(count);
      return bytes.subarray(0, readSync(file, bytes, 0, count, offset + address - begin));
    }
    return Buffer.alloc(0);
  } finally {
    closeSync(file);
  }
}

/** Where a function of a 64-bit ELF library is, counted from its beginning. UserError where the file does not say. */
export function symbolAddress(path: string, symbol: string): number {
  const file = openSync(path, 'r');
  try {
    const read = (at: number, bytes: number): Buffer => {
      const buffer = Buffer.alloc(bytes);
      return buffer.subarray(0, readSync(file, buffer, 0, bytes, at));
    };
    const header = read(0, sectionHeaderBytes);
    const sections = read(Number(header.readBigUInt64LE(40)), header.readUInt16LE(60) * sectionHeaderBytes);
    const contents = (section: number): Buffer => {
      const at = section * sectionHeaderBytes;
      return read(Number(sections.readBigUInt64LE(at + 24)), Number(sections.readBigUInt64LE(at + 32)));
    };
    for (let section = 0; section * sectionHeaderBytes < sections.length; section++) {
      const at = section * sectionHeaderBytes;
      if (sections.readUInt32LE(at + 4) !== symbolTableType) continue;
      const address = addressIn(contents(section), contents(sections.readUInt32LE(at + 40)), symbol);
      if (address !== undefined) return address;
    }
  } finally {
    closeSync(file);
  }
  throw new UserError(`${path}: no symbol ${symbol}; is its symbol table stripped?`);
}

function addressIn(symbols: Buffer, names: Buffer, symbol: string): number | undefined {
  // A name stands in the table between two NULs: searched once there, then its place among the symbols.
  const nameAt = names.indexOf(`\0${symbol}\0`) + 1;
  if (nameAt === 0) return undefined;
  for (let at = 0; at < symbols.length; at += symbolBytes)
    if (symbols.readUInt32LE(at) === nameAt) return Number(symbols.readBigUInt64LE(at + 8));
  return undefined;
}

import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../util/errors.js';

const sectionHeaderBytes = 64;
const symbolBytes = 24;
const symbolTableType = 2;

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

import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, symlinkSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NativeLean } from '../../src/api/lean.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { symbolAddress } from '../../src/execute/native/symbol-table.js';
import { temporaryFolder } from './temporary-folder.js';

/** A build of a Lean with a bug in it, as a user may have one: it projects data out of proofs. */
export function wrongBuild(lean: NativeLean): string {
  const { path, libraries } = lean;
  const folder = join(temporaryFolder(), 'wrong');
  mkdirSync(folder);
  for (const library of libraries) {
    if (library === path) copyFileSync(path, join(folder, basename(path)));
    else symlinkSync(library, join(folder, basename(library)));
  }
  const copy = join(folder, basename(path));
  const { symbol, offset, after } = patchOf({ ...lean, path: copy }, 'prop-projection');
  const text = readFileSync(copy);
  const at = fileOffset(text, symbolAddress(copy, symbol) + offset);
  const file = openSync(copy, 'r+');
  writeSync(file, Uint8Array.from(after), 0, after.length, at);
  closeSync(file);
  return folder;
}

/** Where an address of a 64-bit ELF file lies in it. */
function fileOffset(file: Buffer, address: number): number {
  const table = Number(file.readBigUInt64LE(32));
  for (let i = 0; i < file.readUInt16LE(56); i++) {
    const at = table + i * 56;
    const [offset = 0, begin = 0, size = 0] = [8, 16, 32].map((field) =>
      Number(file.readBigUInt64LE(at + field)),
    );
    if (file.readUInt32LE(at) === 1 && address >= begin && address < begin + size)
      return offset + address - begin;
  }
  throw new Error('no segment');
}

import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { addon } from '../native/addon.js';

/** Bytes that are copied at a time. */
const pieceBytes = 1 << 20;

/**
 * Copies a file to where nothing is yet; a link there is not followed. What holds only zeros takes no room in the copy:
 * a file may say that it has terabytes, and have none of them; then none are read, either.
 */
export function copySparsely(from: string, to: string): void {
  const native = addon();
  const source = openSync(from, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(source);
    const target = openSync(to, 'wx', 0o600);
    try {
      const [piece, zeros] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
      for (let at = native.nextData(source, 0), read = 0; at >= 0; at = native.nextData(source, at + read)) {
        read = readSync(source, piece, 0, pieceBytes, at);
        if (read === 0) break;
        if (piece.compare(zeros, 0, read, 0, read) === 0) continue;
        for (let done = 0; done < read;) done += writeSync(target, piece, done, read - done, at + done);
      }
      ftruncateSync(target, size);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

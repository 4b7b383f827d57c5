import { closeSync, fstatSync, openSync, readdirSync, readlinkSync, readSync, writeSync } from 'node:fs';
import type { Random } from '../../src/util/random.js';

/** The shared region of a process that runs, opened as anybody of the same user may. */
export class LiveRegion {
  private readonly file: number;

  constructor(pid: number) {
    const folder = `/proc/${pid}/fd`;
    const name = readdirSync(folder).find((fd) => linkOf(`${folder}/${fd}`).includes('memfd:lean-fuzz'));
    if (name === undefined) throw new Error(`process ${pid} has no shared region`);
    this.file = openSync(`${folder}/${name}`, 'r+');
  }

  word(offset: number): number {
    const bytes = Buffer.alloc(4);
    readSync(this.file, bytes, 0, 4, offset);
    return bytes.readUInt32LE();
  }

  /** Puts garbage into a word, where there is one: a flipped bit, all or none of its bits, or any value. */
  spoil(offset: number, random: Random): void {
    // Garbage may have told where to put more.
    if (offset + 4 > fstatSync(this.file).size) return;
    const bytes = Buffer.alloc(4);
    const before = this.word(offset);
    const values = [before ^ (1 << random.below(32)), 0xffffffff, 0, random.below(2 ** 31), before + 1];
    bytes.writeUInt32LE((values[random.below(values.length)] ?? 0) >>> 0);
    writeSync(this.file, bytes, 0, 4, offset);
  }

  close(): void {
    closeSync(this.file);
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // it was closed meanwhile
  }
}

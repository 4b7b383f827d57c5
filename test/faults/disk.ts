import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A small disk in memory, for a campaign's folders: it can be filled, and folders on it made read-only. */
export class Disk {
  private readonly covered: string[] = [];

  private constructor(
    readonly folder: string,
    private readonly isOwn: boolean,
  ) {}

  /** A folder as any other, and said so, where the user may not mount. */
  static make(folder: string, mebibytes: number): Disk {
    mkdirSync(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'none', folder], { stdio: 'ignore' });
      return new Disk(folder, true);
    } catch {
      console.warn('LEFT OUT: full and read-only disks: only root may mount one');
      return new Disk(folder, false);
    }
  }

  /** Whether it can be filled and covered. */
  get canFail(): boolean {
    return this.isOwn;
  }

  /** Takes all room that is left; what it returns gives it back. */
  fill(): () => void {
    const path = join(this.folder, 'ballast');
    const file = openSync(path, 'w');
    for (let size = 1 << 20; size >= 512;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size >>= 1; // no room for so much
      }
    }
    closeSync(file);
    return () => rmSync(path, { force: true });
  }

  /** Lays an empty read-only folder over one; what it returns takes it away. */
  cover(folder: string): () => void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=4k', 'none', folder]);
    this.covered.push(folder);
    return () => this.uncover(folder);
  }

  close(): void {
    [...this.covered].forEach((folder) => this.uncover(folder));
    if (this.isOwn) execFileSync('umount', ['--lazy', this.folder]);
  }

  private uncover(folder: string): void {
    const at = this.covered.indexOf(folder);
    if (at < 0) return;
    this.covered.splice(at, 1);
    execFileSync('umount', ['--lazy', folder]);
  }
}

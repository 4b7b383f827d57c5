import { closeSync, existsSync, lstatSync, readFileSync, rmSync, statSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import { addon } from '../native/addon.js';
import { messageOf, unusable, type UserError } from '../util/errors.js';
import { makeFolder } from '../util/make-folder.js';

/** All that a campaign writes into its folder, by what it is. */
const ownNames = {
  'a plain file': [
    ...['campaign.sqlite', 'campaign.sqlite-wal', 'campaign.sqlite-shm', 'campaign.sqlite-journal'],
    ...['lock', 'summary.json', 'trace.ndjson'],
  ],
  'a folder': ['leads', 'afl', 'errors', 'rescued'],
  'a socket': ['join.sock'],
} as const;

/** Owns every path of a campaign on disk. The folder is locked while a campaign runs in it. */
export class Workdir {
  readonly folder: string;
  private lock = -1;
  private made = false;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** The folder of a campaign that nobody named: campaigns/<time>-s<seed> below the current one. */
  static named(seed: number, now: Date): Workdir {
    const stamp = now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
    return new Workdir(join('campaigns', `${stamp}-s${seed}-${process.pid}`));
  }

  get database(): string {
    return join(this.folder, 'campaign.sqlite');
  }
  get summary(): string {
    return join(this.folder, 'summary.json');
  }
  /** Folders of leads; solutions go to a folder that the user names. */
  get leads(): string {
    return join(this.folder, 'leads');
  }
  /** Errors that candidates came to, a file each. */
  get errors(): string {
    return join(this.folder, 'errors');
  }
  get trace(): string {
    return join(this.folder, 'trace.ndjson');
  }
  /** The socket on which a running campaign lets other terminals in; the name only, see SocketFolder. */
  readonly joinSocketName = 'join.sock';
  private get lockFile(): string {
    return join(this.folder, 'lock');
  }

  /** Whether there has been a campaign in the folder. */
  get isThere(): boolean {
    return existsSync(this.lockFile);
  }

  /** Creates the folder and takes its lock, or throws UserError (78) where it is in use. */
  open(): void {
    if (!this.tryOpen()) throw this.inUse();
  }

  /** The same; false where the folder is in use. The kernel frees the lock however this process ends. */
  tryOpen(): boolean {
    // Where the addon is missing, that is what is wrong, and no folder is made.
    const native = addon();
    try {
      this.made ||= makeFolder(this.folder) !== undefined;
    } catch (error) {
      throw this.unwritable(error);
    }
    this.refuseStrangers();
    try {
      this.lock = native.lockFile(this.lockFile, false);
    } catch (error) {
      throw this.unwritable(error);
    }
    return this.lock >= 0;
  }

  /** The process that has the folder's lock, as the system lists it; undefined where nobody has, or it does not say. */
  get holder(): number | undefined {
    const file = statSync(this.lockFile, { throwIfNoEntry: false });
    if (file === undefined) return undefined;
    try {
      const locks = readFileSync('/proc/locks', 'utf8').split('\n');
      // `1: FLOCK  ADVISORY  WRITE <pid> <major>:<minor>:<inode> ...`; who waits for a lock has an arrow.
      const fields = locks
        .map((line) => line.split(/\s+/))
        .find(([, kind, , , , place = '']) => kind === 'FLOCK' && place.endsWith(`:${file.ino}`));
      const pid = Number(fields?.[4]);
      return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  private unwritable(error: unknown): UserError {
    return unusable('campaign folder', this.folder, `a folder that can be written (${messageOf(error)})`);
  }

  /**
   * A folder that was copied from somewhere may have links in it, and what is written must stay inside; or a pipe, which
   * holds who opens it. UserError (78) that names what is not what a campaign has there.
   */
  refuseStrangers(): void {
    for (const [kind, names] of Object.entries(ownNames))
      for (const name of names) {
        const found = lstatSync(join(this.folder, name), { throwIfNoEntry: false });
        if (found === undefined || kindOf(found) === kind) continue;
        // Whatever stands where the socket is bound is replaced.
        if (kind === 'a socket' && found.isFile()) continue;
        const wanted = found.isSymbolicLink() ? 'no link' : kind;
        throw unusable('campaign folder', this.folder, `a folder in which ${name} is ${wanted}`);
      }
  }

  inUse(why = ''): UserError {
    return unusable('campaign folder', this.folder, `a folder that no other campaign is using${why}`);
  }

  /** Deletes the folder and all that is in it, if this has made it. What can't be taken away stays. */
  remove(): void {
    if (!this.made) return;
    try {
      rmSync(this.folder, { recursive: true, force: true });
    } catch {
      // It is done where something went wrong, and that is to be said.
    }
  }

  close(): void {
    if (this.lock >= 0) closeSync(this.lock);
    this.lock = -1;
  }
}

function kindOf(found: Stats): keyof typeof ownNames | undefined {
  if (found.isFile()) return 'a plain file';
  if (found.isDirectory()) return 'a folder';
  return found.isSocket() ? 'a socket' : undefined;
}

import { closeSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { addon } from '../native/addon.js';
import { messageOf, unusable, type UserError } from '../util/errors.js';

/** Owns every path of a campaign on disk. The folder is locked while a campaign runs in it. */
export class Workdir {
  readonly folder: string;
  private lock = -1;

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
    try {
      mkdirSync(this.folder, { recursive: true });
      this.lock = addon().lockFile(this.lockFile, false);
    } catch (error) {
      throw unusable('campaign folder', this.folder, `a folder that can be written (${messageOf(error)})`);
    }
    return this.lock >= 0;
  }

  inUse(why = ''): UserError {
    return unusable('campaign folder', this.folder, `a folder that no other campaign is using${why}`);
  }

  /** Deletes the folder and all that is in it. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  close(): void {
    if (this.lock >= 0) closeSync(this.lock);
    this.lock = -1;
  }
}

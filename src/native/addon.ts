import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserError, messageOf } from '../util/errors.js';
import { packageRoot } from '../util/package.js';

/** The shared region, mapped; native/README.md draws it. Offsets are bytes from its start. */
export interface NativeRegion {
  /** Blocks while the word at `offset` is `expected`; false after `timeoutMs` milliseconds. */
  wait(offset: number, expected: number, timeoutMs: number): boolean;
  /** The same on a thread of libuv's pool. */
  waitAsync(offset: number, expected: number, timeoutMs: number): Promise<boolean>;
  /** Counts the bell at `offset` up and wakes all who wait for it. */
  ring(offset: number): void;
  /** Counts each feature once; `seenBefore[i]` becomes how often `features[i]` had been seen by anybody. */
  observe(features: Uint32Array, seenBefore: Uint32Array): void;
  seen(feature: number): number;
}

/** A log with one writer; native/engine/log_ring.h tells its protocol. */
export interface NativeLogRing {
  /** False where a lossless log is full for now; RangeError for an entry that can never fit. */
  publish(payload: Uint8Array): boolean;
  read(): Buffer | undefined;
  acknowledge(): void;
  /** Entries that were overwritten before this object read them. */
  readonly missed: number;
  readonly maxPayload: number;
}

export interface ClaimedWork {
  index: number;
  /** How often the item was claimed, this time included. */
  attempts: number;
  /** Candidates of it that earlier owners had finished. */
  progress: number;
  payload: Buffer;
}

/** Work items; native/engine/work_ring.h tells their states. */
export interface NativeWorkRing {
  push(owner: number, payload: Uint8Array): boolean;
  claim(owner: number): ClaimedWork | undefined;
  setProgress(index: number, progress: number): void;
  finish(owner: number, index: number): boolean;
  /** Makes everything that a dead owner held available again; returns how many items that were. */
  reopen(owner: number): number;
  /**
   * For whoever pushes: frees items that no owner below `owners` can have, whatever their words say; returns how many
   * those were.
   */
  heal(owners: number): number;
  count(): { free: number; ready: number; taken: number };
}

/** Requests from a worker to its executor, several in flight; native/README.md tells the protocol. */
export interface NativeMailbox {
  /** False while there is no room; RangeError for a request that can never fit. */
  post(job: number, request: Uint8Array): boolean;
  /** Moves what the executor has said into a buffer as long as the response area; returns how many bytes that is. */
  takeResponse(into: Uint8Array): number;
  /** When an executor has done enough: so many jobs, or memory above so many bytes. */
  limit(jobs: number, bytes: number): void;
  /** Bytes of the longest request that can fit. */
  readonly requestRoom: number;
  /** Number of the job that the executor took last, and what of it is in work. */
  readonly job: number;
  readonly phase: number;
  waitRequest(timeoutMs: number): boolean;
  /** Moves the oldest request into a buffer as long as the request area; throws where it is damaged. */
  takeRequest(into: Uint8Array): number;
  /** Waits for room; false for what can never fit. */
  append(bytes: Uint8Array): boolean;
  /** Does not wait: room is kept for the last word of an executor. */
  appendLast(bytes: Uint8Array): boolean;
  /** Rings for the worker. */
  finish(): void;
  setPhase(phase: number): void;
  isSpent(jobs: number, bytes: number): boolean;
}

export interface Addon {
  Region: new (memory: Int32Array, fd: number, sizes?: number[]) => NativeRegion;
  LogRing: new (
    region: NativeRegion,
    worker: number,
    log: 'corpus' | 'findings',
    from: 'oldest' | 'newest',
  ) => NativeLogRing;
  WorkRing: new (region: NativeRegion) => NativeWorkRing;
  Mailbox: new (region: NativeRegion, worker: number) => NativeMailbox;
  /** Serves forks until the campaign is over (-1); in a forked child, returns its worker's index. */
  serveForks(region: NativeRegion): number;
  createMemoryFile(bytes: number): number;
  fileSize(fd: number): number;
  /** Where at or behind `from` a file has data; -1 for nowhere. A hole is passed over at once. */
  nextData(fd: number, from: number): number;
  bytesNeeded(sizes: number[]): number;
  /** SIGKILL for this process when its parent ends; false where that parent is gone already. */
  dieWithParent(parentPid: number): boolean;
  /**
   * After the second SIGINT, SIGTERM or SIGHUP the process has so long to end, whatever its event loop does; a third
   * ends it. Call it after handlers were added, with 0 after they were removed.
   */
  endAtSecondSignal(graceMillis: number): void;
  /**
   * A child that is woken at that end where somebody has stopped it, not killed: one of the last eight that were named.
   * False where there is none of that pid.
   */
  continueAtSecondSignal(pid: number): boolean;
  /** A mapped file that is cut short while it is in use ends the process with a line that names it, and with `status`. */
  endAtLostPage(status: number): void;
  /** Leaves without exit handlers: the only way out of a forked child. */
  exitNow(code: number): never;
  /** An exclusive lock that ends with the process: its descriptor, or -1 where another process has it. */
  lockFile(path: string, wait: boolean): number;
  layout(): Record<string, Record<string, number>>;
  readonly layoutVersion: number;
}

const nodeGypBuild = createRequire(import.meta.url)('node-gyp-build') as { path(root: string): string };

/** The addon: built here (`build/Release`), else prebuilt for this platform (`prebuilds/`). UserError (78) without any. */
export function addonPath(): string {
  const named = process.env['LEAN_FUZZ_ADDON'];
  if (named !== undefined) return named;
  try {
    return nodeGypBuild.path(packageRoot);
  } catch {
    throw missing('native addon', `below ${packageRoot}, neither in build/Release nor in prebuilds`);
  }
}

/** The template server's program, built beside the addon. UserError (78) where it is missing. */
export function templateServerPath(): string {
  return programPath('template server', 'lean_fuzz_template_server');
}

/** The Lean host's program, the zygote of native Leans. UserError (78) where it is missing. */
export function leanHostPath(): string {
  return programPath('Lean host', 'lean_fuzz_lean_host');
}

/**
 * The command that starts a program as a process which ends with this one, from its first moment on. UserError (78) where
 * the launcher is missing.
 */
export function endingWithThis(...command: readonly [string, ...string[]]): [string, ...string[]] {
  return [programPath('launcher', 'lean_fuzz_launcher'), String(process.pid), ...command];
}

function programPath(what: string, file: string): string {
  const path = join(dirname(addonPath()), file);
  if (existsSync(path)) return path;
  throw missing(what, `at ${path}`);
}

function missing(what: string, where: string): UserError {
  return new UserError(
    `${what}: nothing ${where}; build it with "npm rebuild lean-fuzz" or, in a checkout, "npm run build:addon" ` +
      `(needs a C++17 compiler; npm's --ignore-scripts skips it)`,
  );
}

let loaded: Addon | undefined;

/** The addon, loaded once. UserError (exit code 78) that says what to do where it is missing or unloadable. */
export function addon(): Addon {
  if (loaded !== undefined) return loaded;
  const path = addonPath();
  if (!existsSync(path)) throw missing('native addon', `at ${path}`);
  try {
    loaded = createRequire(import.meta.url)(path) as Addon;
    return loaded;
  } catch (error) {
    throw new UserError(`native addon: ${path} can't be loaded: ${messageOf(error)}`);
  }
}

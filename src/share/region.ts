import {
  addon,
  type NativeLogRing,
  type NativeMailbox,
  type NativeRegion,
  type NativeWorkRing,
} from '../native/addon.js';
import { messageOf, unusable, UserError } from '../util/errors.js';
import { BlockMap } from './block-map.js';
import { header, mailbox, workerSlot, workRingHeader, type CounterName } from './layout.js';

/** Sizes of a region; all are bounds, none grows. */
export interface RegionSizes {
  /** Workers: one corpus log and one findings log each. */
  workers: number;
  /** Slots and mailboxes of executors: as many as there are workers (default), or twice as many. */
  executors?: number;
  /** Work items. Default 256. */
  workCapacity?: number;
  /** Bytes of each worker's corpus log. Default 1 MiB. */
  corpusBytes?: number;
  /** Bytes of each worker's findings log. Default 2 MiB. */
  findingsBytes?: number;
  /** Slots of the feature map, a power of two. Default 2^20. */
  featureCount?: number;
  /** Blocks of the kernel's code that are watched. Default: none. */
  blocks?: number;
  /** Bytes of a mailbox' request area. Default 1 MiB. */
  requestBytes?: number;
  /** Bytes of a mailbox' response area. Default 4 MiB. */
  responseBytes?: number;
}

const page = 65536;

const planned = [
  ...(['worker_count', 'executor_count', 'slots_at', 'work_at'] as const),
  ...(['blocks_at', 'block_count', 'mailboxes_at', 'request_bytes', 'response_bytes'] as const),
] as const;

/**
 * The memory that all processes of a campaign share: a memory file mapped over a shared WebAssembly.Memory,
 * so that JavaScript sees a true SharedArrayBuffer. Nothing of it stays behind when the last process ends.
 */
export class SharedRegion {
  readonly native: NativeRegion;
  /** The whole region as 32-bit words, for Atomics. */
  readonly words: Int32Array;
  private readonly counters: BigUint64Array;
  /** Sizes and offsets, as they were when the region was opened: nothing that comes to stand there later is believed. */
  private readonly plan: Readonly<Record<(typeof planned)[number], number>>;
  /** The words of the header that say so. */
  private readonly head: Int32Array;

  private constructor(
    readonly fd: number,
    bytes: number,
    sizes?: number[],
  ) {
    const memory = new WebAssembly.Memory({ initial: bytes / page, maximum: bytes / page, shared: true });
    this.words = new Int32Array(memory.buffer);
    this.counters = new BigUint64Array(memory.buffer);
    this.native = new (addon().Region)(this.words, fd, sizes);
    this.plan = Object.fromEntries(
      planned.map((field) => [field, this.load(header[field])]),
    ) as typeof this.plan;
    this.head = this.words.slice(0, (header.response_bytes >> 2) + 1);
  }

  /** A new region; its descriptor is close-on-exec and has to be passed on to children explicitly. */
  static create(sizes: RegionSizes): SharedRegion {
    const list = [
      sizes.workers,
      sizes.executors ?? sizes.workers,
      sizes.workCapacity ?? 256,
      sizes.corpusBytes ?? 1 << 20,
      sizes.findingsBytes ?? 2 << 20,
      sizes.featureCount ?? 1 << 20,
      sizes.blocks ?? 0,
      sizes.requestBytes ?? 1 << 20,
      sizes.responseBytes ?? 4 << 20,
    ];
    const bytes = addon().bytesNeeded(list);
    if (bytes === 0) throw unusable('shared region', list.join(' '), 'sizes that fit 2 GiB together');
    return new SharedRegion(addon().createMemoryFile(bytes), bytes, list);
  }

  /** The region behind an inherited descriptor; UserError (78) that says what is wrong with it where it is none. */
  static open(fd: number): SharedRegion {
    try {
      return new SharedRegion(fd, addon().fileSize(fd));
    } catch (error) {
      throw new UserError(`shared region: ${messageOf(error)}`);
    }
  }

  /** Says sizes and offsets again, for whoever opens the region next: somebody may have written over them. */
  sayAgain(): void {
    this.words.set(this.head);
  }

  get workerCount(): number {
    return this.plan.worker_count;
  }

  get executorCount(): number {
    return this.plan.executor_count;
  }

  /** The number of a worker's executor aside; undefined in a region that has one executor a worker. */
  asideOf(worker: number): number | undefined {
    const aside = this.workerCount + worker;
    return aside < this.executorCount ? aside : undefined;
  }

  /** Bytes of each mailbox' areas. */
  get requestBytes(): number {
    return this.plan.request_bytes;
  }
  get responseBytes(): number {
    return this.plan.response_bytes;
  }

  load(offset: number): number {
    return Atomics.load(this.words, offset >> 2) >>> 0;
  }

  store(offset: number, value: number): void {
    Atomics.store(this.words, offset >> 2, value);
  }

  /** Has the zygote end an executor: what was asked for last, which may not be forked yet. Nobody waits for it. */
  endExecutor(executor: number): void {
    const slot = this.slot(executor);
    this.store(slot + workerSlot.executor_kill, this.load(slot + workerSlot.executor_wanted));
    this.native.ring(header.zygote_bell);
  }

  /** Offset of executor `index`'s slot; a worker's own is that of its first executor. */
  slot(index: number): number {
    return this.plan.slots_at + index * workerSlot.size;
  }

  /** Offset of the bell of executor `index`'s mailbox. */
  mailboxBell(index: number): number {
    const used = mailbox.size + this.requestBytes + this.responseBytes;
    const size = Math.ceil(used / page) * page;
    return this.plan.mailboxes_at + index * size + mailbox.bell;
  }

  get workBell(): number {
    return this.plan.work_at + workRingHeader.ready_bell;
  }

  addCounter(worker: number, name: CounterName, by: number): void {
    Atomics.add(this.counters, (this.slot(worker) + workerSlot[name]) >> 3, BigInt(Math.round(by)));
  }

  counter(worker: number, name: CounterName): number {
    return Number(this.exactCounter(worker, name));
  }

  exactCounter(worker: number, name: CounterName): bigint {
    return Atomics.load(this.counters, (this.slot(worker) + workerSlot[name]) >> 3);
  }

  /** Puts a counter back that can't be what it says. */
  restoreCounter(worker: number, name: CounterName, value: bigint): void {
    Atomics.store(this.counters, (this.slot(worker) + workerSlot[name]) >> 3, value);
  }

  /** Which blocks of the kernel's code the campaign has reached. */
  get blocks(): BlockMap {
    return new BlockMap(this.words, this.plan.blocks_at, this.plan.block_count);
  }

  workRing(): NativeWorkRing {
    return new (addon().WorkRing)(this.native);
  }

  mailbox(executor: number): NativeMailbox {
    return new (addon().Mailbox)(this.native, executor);
  }

  corpusLog(worker: number, from: 'oldest' | 'newest'): NativeLogRing {
    return new (addon().LogRing)(this.native, worker, 'corpus', from);
  }

  findingsLog(worker: number): NativeLogRing {
    return new (addon().LogRing)(this.native, worker, 'findings', 'oldest');
  }
}

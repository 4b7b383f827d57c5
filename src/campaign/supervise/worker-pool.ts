import cluster, { type Worker as ClusterWorker } from 'node:cluster';
import { endingWithThis } from '../../native/addon.js';
import { workerSlot } from '../../share/layout.js';
import type { SharedRegion } from '../../share/region.js';
import { ExitCode, UserError } from '../../util/errors.js';
import { entryPoint } from '../../util/package.js';
import { pause } from '../../util/until-aborted.js';
import type { ToPrimary, ToWorker, WorkerOptions } from '../message-protocol.js';
import { DeathsInARow } from './deaths-in-a-row.js';
import { LastWords } from './last-words.js';
import type { Watched } from './watchdog.js';

/** A worker that dies this often in a row, each time within the time below, ends the campaign. */
const maxQuickDeaths = 5;
const quickDeathMillis = 3000;
/** Milliseconds that workers get to end in when they have to end at once. */
const lastMillis = 300;

interface Member {
  process: ClusterWorker;
  startedAt: number;
  /** Of its slot. */
  readonly deaths: DeathsInARow;
}

/** The use of a slot, by one worker process after the other. */
interface SlotUse {
  /** By performance.now(). */
  readonly since: number;
  /** Its worker is not replaced any more, and the slot becomes free when that has ended. */
  retiring: boolean;
}

/** Workers that came together and go together. */
export interface WorkerGroup {
  readonly workers: readonly number[];
  /**
   * Lets them finish what they have in hand and gives their slots free. Resolves when they have ended; those that have
   * not after `millis` are killed, and their tickets reopened. May be called again, to shorten that.
   */
  retire(millis: number): Promise<void>;
}

/** Events of the pool; all are called from the event loop. */
export interface PoolEvents {
  message(worker: number, message: ToPrimary): void;
  /** A worker died and was replaced; `reopened` work items went back to the ring. */
  replaced(worker: number, how: string, reopened: number): void;
  /** The campaign can't go on. */
  failed(error: Error): void;
}

/** Options that all workers get; `lake` gives the Lake target as it is when one starts. */
export type PoolOptions = Omit<WorkerOptions, 'worker' | 'lake'> & {
  readonly lake: () => WorkerOptions['lake'];
};

/** The campaign's side of its workers. */
export type Workers = Pick<
  WorkerPool,
  'add' | 'freeSlots' | 'workers' | 'workerMillis' | 'isAlive' | 'send' | 'sendAll' | 'stop' | 'watched'
>;

/**
 * The cluster's workers: starts them, and replaces those that die. Workers may be added and retired while a campaign
 * runs. A slot goes from one user to the next as it is: its counters and logs go on, so that sums stay right and no
 * reader of a log has to hear of the change.
 */
export class WorkerPool {
  private readonly members = new Map<number, Member>();
  private readonly uses = new Map<number, SlotUse>();
  /** Milliseconds of those that were retired. */
  private retiredMillis = 0;
  private stopping = false;

  constructor(
    private readonly region: SharedRegion,
    private readonly options: PoolOptions,
    private readonly events: PoolEvents,
    private readonly fork: (options: WorkerOptions) => ClusterWorker = (options) =>
      forkWorker(region, options),
  ) {}

  /** Starts so many workers in free slots, or as many as there are; none when the end has begun. */
  add(count: number): WorkerGroup {
    const group = new Map<number, SlotUse>();
    for (const worker of this.stopping ? [] : this.freeSlots.slice(0, count)) {
      const use = { since: performance.now(), retiring: false };
      group.set(worker, use);
      this.uses.set(worker, use);
      this.start(worker, deathsOf(worker));
    }
    return { workers: [...group.keys()], retire: (millis) => this.retire(group, millis) };
  }

  get freeSlots(): number[] {
    return Array.from({ length: this.region.workerCount }, (_, i) => i).filter((i) => !this.uses.has(i));
  }

  /** Slots that are in use, ascending. At the end of a campaign they stay, although their workers have ended. */
  get workers(): number[] {
    return [...this.uses.keys()].sort((a, b) => a - b);
  }

  /** Wall-clock milliseconds of all workers between two times by performance.now(). */
  workerMillis(from: number, to: number): number {
    const spans = [...this.uses.values()].map(({ since }) => Math.max(0, to - Math.max(since, from)));
    return spans.reduce((sum, span) => sum + span, this.retiredMillis);
  }

  private async retire(group: ReadonlyMap<number, SlotUse>, millis: number): Promise<void> {
    // Not by number alone: a slot that becomes free may be somebody else's a moment later.
    const left = (): number[] =>
      [...group.keys()].filter((i) => this.uses.get(i) === group.get(i) && this.isAlive(i));
    for (const use of group.values()) use.retiring = true;
    for (const worker of left()) this.send(worker, { type: 'retire' });
    const deadline = performance.now() + millis;
    while (left().length > 0 && performance.now() < deadline) await pause(20);
    for (const worker of left()) this.members.get(worker)?.process.process.kill('SIGKILL');
    while (left().length > 0) await pause(5);
  }

  /** All workers, for whoever looks whether they go on. */
  get watched(): Watched[] {
    return [...this.members].flatMap(([worker, { process }]) => {
      const { pid } = process.process;
      if (pid === undefined) return [];
      const slot = this.region.slot(worker);
      const isBooting = this.region.load(slot + workerSlot.worker_pid) === 0;
      const beat = isBooting ? 0 : this.region.load(slot + workerSlot.worker_beat);
      return [{ name: `worker ${worker}`, pid, beat, isBooting, end: () => process.process.kill('SIGKILL') }];
    });
  }

  /** Which workers have a living process. */
  isAlive(worker: number): boolean {
    return this.members.has(worker);
  }

  send(worker: number, message: ToWorker): void {
    const process = this.members.get(worker)?.process;
    // One that has just been killed can't be told anything; its 'exit' follows. Without a callback that were an
    // 'error'.
    if (process?.isConnected() === true) process.send(message, () => undefined);
  }

  sendAll(message: ToWorker): void {
    for (const worker of this.members.keys()) this.send(worker, message);
  }

  /**
   * From here on nobody is replaced. Resolves when all have ended. Those that have not after `millis`, or a moment
   * after `now` is aborted, are killed.
   */
  async stop(millis: number, now?: AbortSignal): Promise<void> {
    this.stopping = true;
    const since = performance.now();
    let patience = millis;
    while (this.members.size > 0 && performance.now() - since < patience) {
      await pause(20);
      if (now?.aborted === true) patience = Math.min(patience, performance.now() - since + lastMillis);
      if (now?.aborted === true) now = undefined;
    }
    for (const { process } of this.members.values()) process.process.kill('SIGKILL');
    while (this.members.size > 0) await pause(5);
  }

  private start(worker: number, deaths: DeathsInARow): void {
    const options: WorkerOptions = { ...this.options, lake: this.options.lake(), worker };
    this.region.store(this.region.slot(worker) + workerSlot.worker_pid, 0);
    this.region.sayAgain();
    let process: ClusterWorker;
    try {
      process = this.fork(options);
    } catch (error) {
      this.stopping = true;
      this.events.failed(error as Error);
      return;
    }
    const member = { process, startedAt: performance.now(), deaths };
    const words = new LastWords(process.process.stderr);
    this.members.set(worker, member);
    process.on('message', (message: ToPrimary) => {
      if (message.type === 'fatal') {
        this.stopping = true;
        this.events.failed(new UserError(`worker ${worker}: ${message.message}`, ExitCode.unexpected));
      } else {
        this.events.message(worker, message);
      }
    });
    // Its last messages may arrive after it has ended: it counts as gone only then.
    let how: string | undefined;
    const onGone = (): void => {
      if (how === undefined || process.isConnected()) return;
      this.onExit(worker, member, words.error === '' ? how : `${how}: ${words.error}`);
    };
    process.on('disconnect', onGone);
    process.on('exit', (code, signal) => {
      how = signal || `status ${code}`;
      onGone();
    });
    process.on('error', (error) => {
      if (process.process.pid !== undefined) return; // a message that could not be sent; its end follows
      this.members.delete(worker);
      this.stopping = true;
      this.events.failed(error);
    });
  }

  private onExit(worker: number, member: Member, how: string): void {
    // Both events may find it gone.
    if (this.members.get(worker) !== member) return;
    this.members.delete(worker);
    if (this.stopping) return;
    const reopened = this.abandon(worker);
    const use = this.uses.get(worker);
    if (use?.retiring === true) {
      this.retiredMillis += performance.now() - use.since;
      this.uses.delete(worker);
      return;
    }
    const tooMany = member.deaths.add(performance.now() - member.startedAt >= quickDeathMillis, how);
    if (tooMany !== undefined) {
      this.stopping = true;
      this.events.failed(tooMany);
      return;
    }
    this.region.addCounter(worker, 'restarts', 1);
    this.events.replaced(worker, how, reopened);
    this.start(worker, member.deaths);
  }

  /** Has the executors of a worker that ended killed and its tickets reopened; returns how many those were. */
  private abandon(worker: number): number {
    // The order matters: they may still run for it, and must be gone before a successor takes the slots.
    for (const executor of [worker, this.region.asideOf(worker)])
      if (executor !== undefined) this.region.endExecutor(executor);
    return this.region.workRing().reopen(worker);
  }
}

function deathsOf(worker: number): DeathsInARow {
  return new DeathsInARow(
    maxQuickDeaths,
    (count, how) => `worker ${worker}: died ${count} times in a row at start (${how})`,
  );
}

/**
 * MiB of a worker's JavaScript heap. V8 lets a heap with much room grow to a multiple of what is alive in it before it
 * collects: without a limit of its own, a worker with 60 MiB that are alive comes to many hundreds.
 */
const heapMiB = { old: 200, semiSpace: 16 };

/**
 * Where every core has a worker or an executor, helpers of the collector take their time: with them a worker took 7 to
 * 18% more processor time for the same candidates, and was slower.
 */
const oneThread = '--single-threaded-gc';

function forkWorker(region: SharedRegion, options: WorkerOptions): ClusterWorker {
  const [launcher, ...node] = endingWithThis(process.execPath);
  cluster.setupPrimary({
    exec: entryPoint('campaign/worker-main.js'),
    execArgv: [
      ...node,
      oneThread,
      `--max-old-space-size=${heapMiB.old}`,
      `--max-semi-space-size=${heapMiB.semiSpace}`,
    ],
    args: [JSON.stringify(options)],
    // The region is the fifth: descriptor workerRegionFd of the worker.
    // Users' code prints to standard output, which is shown on standard error. The worker's own standard error, with
    // Node's words on its end, is read, not shown: one that starts just when the primary ends fails inside of Node.
    stdio: ['ignore', 2, 'pipe', 'ipc', region.fd],
    serialization: 'advanced',
  });
  return startedBy(launcher, () => cluster.fork());
}

/** Has cluster start another program: it takes what stands for Node's path, and has no setting for that. */
function startedBy<T>(program: string, start: () => T): T {
  const { execPath } = process;
  process.execPath = program;
  try {
    return start();
  } finally {
    process.execPath = execPath;
  }
}

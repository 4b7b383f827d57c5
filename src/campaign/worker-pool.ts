import cluster, { type Worker as ClusterWorker } from 'node:cluster';
import { header, StopRequest, workerSlot } from '../share/layout.js';
import type { SharedRegion } from '../share/region.js';
import { ExitCode, UserError } from '../util/errors.js';
import { entryPoint } from '../util/package.js';
import type { ToPrimary, ToWorker, WorkerOptions } from './message-protocol.js';

/** A worker that dies this often in a row, each time within the time below, ends the campaign. */
const maxQuickDeaths = 5;
const quickDeathMillis = 3000;

interface Member {
  process: ClusterWorker;
  startedAt: number;
  quickDeaths: number;
}

/** What the pool reports; all are called from the event loop. */
export interface PoolEvents {
  message(worker: number, message: ToPrimary): void;
  /** A worker died and was replaced; `reopened` work items went back to the ring. */
  replaced(worker: number, how: string, reopened: number): void;
  /** The campaign can't go on. */
  failed(error: Error): void;
}

/** The cluster's workers: starts them, and replaces those that die. */
export class WorkerPool {
  private readonly members = new Map<number, Member>();
  private stopping = false;

  constructor(
    private readonly region: SharedRegion,
    private readonly options: Omit<WorkerOptions, 'worker'>,
    private readonly events: PoolEvents,
  ) {
    cluster.setupPrimary({
      exec: entryPoint('campaign/worker-main.js'),
      execArgv: [],
      // The region is the fifth: descriptor workerRegionFd of the worker.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', region.fd],
      serialization: 'advanced',
    });
  }

  startAll(): void {
    for (let worker = 0; worker < this.region.workerCount; worker++) this.start(worker, 0);
  }

  /** Which workers have a living process. */
  isAlive(worker: number): boolean {
    return this.members.has(worker);
  }

  send(worker: number, message: ToWorker): void {
    this.members.get(worker)?.process.send(message);
  }

  /** From here on nobody is replaced. Resolves when all have ended, or after `millis`, when the rest is killed. */
  async stop(millis: number): Promise<void> {
    this.stopping = true;
    const deadline = performance.now() + millis;
    while (this.members.size > 0 && performance.now() < deadline) await pause(20);
    for (const { process } of this.members.values()) process.process.kill('SIGKILL');
    while (this.members.size > 0) await pause(5);
  }

  private start(worker: number, quickDeaths: number): void {
    const options: WorkerOptions = { ...this.options, worker };
    cluster.setupPrimary({ ...cluster.settings, args: [JSON.stringify(options)] });
    const process = cluster.fork();
    const member = { process, startedAt: performance.now(), quickDeaths };
    this.members.set(worker, member);
    process.on('message', (message: ToPrimary) => {
      if (message.type === 'fatal') {
        this.stopping = true;
        this.events.failed(new UserError(`worker ${worker}: ${message.message}`, ExitCode.unexpected));
      } else {
        this.events.message(worker, message);
      }
    });
    process.on('exit', (code, signal) => this.onExit(worker, member, signal || `status ${code}`));
  }

  private onExit(worker: number, member: Member, how: string): void {
    this.members.delete(worker);
    if (this.stopping || this.region.load(header.stop) !== StopRequest.run) return;
    const quick = performance.now() - member.startedAt < quickDeathMillis;
    const quickDeaths = quick ? member.quickDeaths + 1 : 0;
    if (quickDeaths >= maxQuickDeaths) {
      this.stopping = true;
      this.events.failed(
        new UserError(`worker ${worker}: died ${quickDeaths} times in a row at start (${how})`),
      );
      return;
    }
    // The order matters: its executor may still run for it, and must be gone before a successor takes the slot.
    const slot = this.region.slot(worker);
    this.region.store(
      slot + workerSlot.executor_kill,
      this.region.load(slot + workerSlot.executor_generation),
    );
    this.region.native.ring(header.zygote_bell);
    const reopened = this.region.workRing().reopen(worker);
    this.region.addCounter(worker, 'restarts', 1);
    this.events.replaced(worker, how, reopened);
    this.start(worker, quickDeaths);
  }
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

import { header, workerSlot } from '../../share/layout.js';
import { ExecutorState, StopRequest } from '../../share/states.js';
import type { SharedRegion } from '../../share/region.js';
import { UserError } from '../../util/errors.js';

/** Milliseconds for which no process can be had before that is an error. */
const forkMillis = 60_000;

/** Thrown when the campaign is told to stop at once while something is asked of an executor. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** A worker's requests to the fork server for its executor (native/engine/fork_server.h), and the server's answers. */
export class ExecutorSlot {
  private readonly slot: number;
  private readonly bell: number;
  /** The executor that was asked for here last; 0 is none. */
  private generation = 0;

  constructor(
    private readonly region: SharedRegion,
    worker: number,
    /** Hears of what the user should know: that no process can be had. */
    private readonly notice: (text: string) => void,
  ) {
    this.slot = region.slot(worker);
    this.bell = region.mailboxBell(worker);
  }

  /** Whether there is an executor, and it is the one that was asked for here. */
  get isAlive(): boolean {
    return this.isOwn && this.load('executor_state') === ExecutorState.running;
  }

  /** Whether the executor that was asked for here is the slot's last one, alive or dead. */
  get isOwn(): boolean {
    return this.generation !== 0 && this.load('executor_generation') === this.generation;
  }

  /** The executor's process; 0 where there is none. */
  get pid(): number {
    return this.load('executor_pid');
  }

  /** How the executor has ended, as waitpid(2) gave it. */
  get status(): number {
    return this.load('executor_wait_status');
  }

  /** How often the bell has been rung; read before looking, and given to `sleep` where there was nothing to see. */
  get rung(): number {
    return this.region.load(this.bell);
  }

  async sleep(rung: number, millis: number): Promise<void> {
    await this.region.native.waitAsync(this.bell, rung, millis);
  }

  throwIfStopped(): void {
    if (this.region.load(header.stop) === StopRequest.now) throw new Stopped('the campaign was stopped');
  }

  /** Asks for a new executor, which ends an older one, and waits for it. UserError where none can be had. */
  async fork(): Promise<void> {
    const wanted = this.load('executor_wanted') + 1;
    this.store('executor_wanted', wanted);
    const since = performance.now();
    let isTold = false;
    await this.waitUntil(() => {
      if (this.load('executor_generation') === wanted) return true;
      // The number that is asked for may have been overwritten since.
      if (this.load('executor_wanted') !== wanted) this.store('executor_wanted', wanted);
      if (this.load('executor_state') !== ExecutorState.refused) return false;
      const problem = `fork: no process for the executor (errno ${this.status})`;
      if (!isTold) this.notice(`${problem}; it is tried again`);
      isTold = true;
      if (performance.now() - since > forkMillis)
        throw new UserError(
          `${problem} for ${forkMillis / 1000} s; are there limits of processes or memory?`,
        );
      return false;
    });
    this.generation = wanted;
  }

  /** Ends the executor and waits until it is dead. */
  async kill(): Promise<void> {
    if (!this.isAlive) return;
    this.store('executor_kill', this.generation);
    await this.waitUntil(() => {
      if (this.isAlive && this.load('executor_kill') !== this.generation)
        this.store('executor_kill', this.generation);
      return !this.isAlive;
    });
  }

  private async waitUntil(condition: () => boolean): Promise<void> {
    for (;;) {
      const { rung } = this;
      if (condition()) return;
      this.throwIfStopped();
      await this.sleep(rung, 200);
    }
  }

  private load(word: keyof typeof workerSlot): number {
    return this.region.load(this.slot + workerSlot[word]);
  }

  private store(word: keyof typeof workerSlot, value: number): void {
    this.region.store(this.slot + workerSlot[word], value);
    this.region.native.ring(header.zygote_bell);
  }
}

/** A status as waitpid(2) gives it, in words. */
export function describeStatus(status: number): string {
  const signal = status & 127;
  return signal === 0 ? `exit status ${(status >> 8) & 255}` : `killed by signal ${signal}`;
}

import { ZygoteProcess } from '../../execute/zygote/zygote-process.js';
import type { ZygoteOptions } from '../../execute/zygote/zygote-options.js';
import { startZygote, type BootEvents } from '../../execute/zygote/start-zygote.js';
import { importsOf } from '../../execute/native/core-library.js';
import { expectUnchanged } from '../../execute/native/library-folder.js';
import { header } from '../../share/layout.js';
import type { SharedRegion } from '../../share/region.js';
import { UserError } from '../../util/errors.js';
import { DeathsInARow } from './deaths-in-a-row.js';
import type { Watched } from './watchdog.js';

/** A zygote that ends this often without one fork in between ends the campaign. */
const maxIdleDeaths = 3;

/** Keeps a zygote running: starts a new one whenever it dies. */
export class ZygoteKeeper {
  private readonly stopped = new AbortController();
  private readonly watching: Promise<void>;
  private readonly deaths = new DeathsInARow(
    maxIdleDeaths,
    (count, how) => `zygote: ended ${count} times without serving a fork${how}`,
  );
  private isServing = true;

  private constructor(
    private readonly region: SharedRegion,
    private readonly options: ZygoteOptions,
    private zygote: ZygoteProcess,
    private readonly onReplaced: () => void,
    private readonly onFailed: (error: Error) => void,
  ) {
    this.watching = this.watch();
  }

  /**
   * Resolves when the first zygote is ready; rejects with its UserError where it can't boot. The
   * signal ends the boot.
   */
  static async start(
    region: SharedRegion,
    options: ZygoteOptions,
    onReplaced: () => void,
    onFailed: (error: Error) => void,
    events: BootEvents,
    signal: AbortSignal,
  ): Promise<ZygoteKeeper> {
    const zygote = await startZygote(region, options, events, signal);
    return new ZygoteKeeper(region, options, zygote, onReplaced, onFailed);
  }

  /** From here on one that ends is not replaced. */
  leave(): void {
    this.stopped.abort();
  }

  async stop(): Promise<void> {
    this.leave();
    await this.zygote.kill();
    // A successor may have been booting.
    await this.watching;
  }

  /** A call, so that the compiler knows that it may change while a promise is awaited. */
  private isStopping(): boolean {
    return this.stopped.signal.aborted;
  }

  private async watch(): Promise<void> {
    try {
      for (;;) {
        const forks = this.region.load(header.forks);
        await this.zygote.ended();
        if (this.isStopping()) return;
        this.isServing = false;
        this.count(this.region.load(header.forks) !== forks);
        await this.replace();
        if (this.isStopping()) await this.zygote.kill();
      }
    } catch (error) {
      if (!this.isStopping()) this.onFailed(error as Error);
    }
  }

  /** Starts a new one. One that dies before it serves counts like one that dies before it has forked. */
  private async replace(): Promise<void> {
    const { signal } = this.stopped;
    for (;;) {
      this.onReplaced();
      const { native, imports } = this.options;
      // All that the campaign knows is about this Lean. So it need not be tried again, in slots that have workers now.
      if (native !== undefined) await expectUnchanged(native);
      // A core library that has gone with the cache is compiled again.
      const again =
        native === undefined || imports === undefined ? {} : { imports: await importsOf(native, signal) };
      try {
        this.zygote = await ZygoteProcess.start(this.region, { ...this.options, ...again }, { signal });
        this.isServing = true;
        return;
      } catch (error) {
        if (this.isStopping() || !(error instanceof UserError)) throw error;
        this.count(false, ` (${error.message})`);
      }
    }
  }

  private count(hasForked: boolean, how?: string): void {
    const tooMany = this.deaths.add(hasForked, how);
    if (tooMany !== undefined) throw tooMany;
  }

  /** The one that serves, for whoever looks whether it goes on; nobody while one boots. */
  get watched(): Watched | undefined {
    const { zygote, region } = this;
    if (!this.isServing || zygote.pid === undefined) return undefined;
    const beat = region.load(header.zygote_beat);
    return { name: 'the zygote', pid: zygote.pid, beat, end: () => zygote.end() };
  }
}

import type { LakeOptions } from '../../api/lake.js';
import type { LakeTarget } from '../../execute/lake/lake-commands.js';
import { startLakeHost, type LakeHost } from '../../execute/lake/prepare-template.js';
import { DeathsInARow } from './deaths-in-a-row.js';
import { ServerPulse } from './server-pulse.js';
import { Watchdog, type Watched } from './watchdog.js';

/** Copies per worker: while one is restored, the next is used. */
const copiesPerWorker = 2;
/** A server that dies so often in a row, each time before it has served for so long, ends the campaign. */
const maxQuickDeaths = 3;
const quickDeathMillis = 60_000;
/** How often the first server is looked after; later the primary looks. */
const lookMillis = 500;

/** Events of the keeper; all are called from the event loop. */
export interface LakeEvents {
  notice(text: string): void;
  /** Another server serves: workers find it there. */
  moved(target: LakeTarget): void;
  /** The campaign can't go on. */
  failed(error: Error): void;
}

/** Keeps a template server running: starts another one whenever it dies, whose template is built again. */
export class LakeKeeper {
  private readonly stopped = new AbortController();
  private host: LakeHost | undefined;
  private pulse: ServerPulse | undefined;
  private copies: number;
  private watching: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: LakeOptions,
    private readonly commandMillis: number,
    workers: number,
    private readonly events: LakeEvents,
  ) {
    this.copies = workers * copiesPerWorker;
  }

  /** Resolves when the template is built; UserError where it can't be, the signal's reason where that is aborted. */
  static async start(
    options: LakeOptions,
    commandMillis: number,
    workers: number,
    events: LakeEvents,
    signal: AbortSignal,
  ): Promise<LakeKeeper> {
    const keeper = new LakeKeeper(options, commandMillis, workers, events);
    const dog = new Watchdog((text) => events.notice(text));
    const first = (): Watched[] => (keeper.watched === undefined ? [] : [keeper.watched]);
    const timer = setInterval(() => dog.look(first), lookMillis);
    try {
      await keeper.serve(signal);
    } finally {
      clearInterval(timer);
    }
    keeper.watching = keeper.watch();
    return keeper;
  }

  /** The host that serves, or served last. */
  get current(): LakeHost {
    if (this.host === undefined) throw new Error('the template server has not started');
    return this.host;
  }

  /** The server, for whoever looks whether it goes on; nobody while one starts. */
  get watched(): Watched | undefined {
    return this.pulse?.watched;
  }

  /** Has copies made for so many workers, in the background. Where they find no room, workers wait for each other's. */
  grow(workers: number): void {
    this.copies = Math.max(this.copies, workers * copiesPerWorker);
    void this.current.server.seal(this.copies).catch((error: unknown) => {
      if (!this.stopped.signal.aborted)
        this.events.notice(`no more copies of the template: ${(error as Error).message}`);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    this.pulse?.stop();
    await this.host?.server.stop();
    // A successor may have been starting.
    await this.watching;
    await this.host?.server.stop();
  }

  private async serve(signal: AbortSignal): Promise<void> {
    const { options, copies, commandMillis } = this;
    let pulse: ServerPulse | undefined;
    try {
      this.host = await startLakeHost(options, copies, commandMillis, signal, {
        onServer: (server) => (this.pulse = pulse = new ServerPulse(server, true)),
      });
    } catch (error) {
      pulse?.stop();
      throw error;
    }
    // From here on it has nothing else to do than to answer.
    pulse?.stop();
    this.pulse = new ServerPulse(this.host.server);
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopped;
    try {
      const deaths = new DeathsInARow(
        maxQuickDeaths,
        (count) => `template server: it has ended ${count} times in a row`,
      );
      for (;;) {
        const since = performance.now();
        await this.current.server.exited;
        this.pulse?.stop();
        if (signal.aborted) return;
        const tooMany = deaths.add(performance.now() - since >= quickDeathMillis);
        if (tooMany !== undefined) throw tooMany;
        this.events.notice('the template server ended and is being replaced: its template is built again');
        await this.serve(signal);
        this.events.moved(this.current.target);
      }
    } catch (error) {
      if (!signal.aborted) this.events.failed(error as Error);
    }
  }
}

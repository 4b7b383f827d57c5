import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { StopReason } from '../../api/campaign.js';
import type { MachineCounts } from '../../api/machine.js';
import { headIn } from '../../share/entry-codec.js';
import { troubleOf } from '../../util/machine-trouble.js';
import { endsWithin, pause } from '../../util/until-aborted.js';
import { Bandwidth } from './bandwidth.js';
import { ExhaustedLeads } from './exhausted-leads.js';
import { GiveOut } from './give-out.js';
import { renameMachine, type MachineIdentity } from './machine-identity.js';
import { SeenMachines } from './seen-machines.js';
import { SharedFeatures } from './shared-features.js';
import { SharedLimits } from './shared-limits.js';
import type { SyncHost, SyncSettings } from './sync-host.js';
import { SyncState } from './sync-state.js';
import { TakeIn } from './take-in.js';
import { TransportTrouble, type Download, type Transport } from './transport.js';

/** Milliseconds between two reports of a machine, and between two looks at those of the others, for each of them. */
const reportMillis = 5_000;
const lookMillis = 10_000;
const lookMillisEach = 100;
const tidyMillis = 10_000;
/** Milliseconds between two looks at what all machines have done, where their limits are this machine's, too. */
const progressMillis = 1_000;
const progressMillisEach = 10;
/** Milliseconds between two tries where a place can't be used, at most. */
const maxRetryMillis = 30_000;
/** Milliseconds for a round's share of a large backlog, and for all that is left when a campaign ends. */
const roundMillis = 2_000;
const lastMillis = 10_000;
/** Entries that are taken in at once: meanwhile nothing else is done. */
const takenAtOnce = 32;

/**
 * Shares a campaign with other machines by one place: a round each interval, in the background of the primary. Whatever
 * happens to the place, the campaign goes on alone, and what is to be shared waits in its database.
 */
export class SyncLoop {
  /** The limits that all machines have together. */
  readonly limits: SharedLimits;
  private readonly session = randomUUID();
  private readonly state: SyncState;
  private readonly features = new SharedFeatures();
  private readonly blocks = new SharedFeatures();
  private readonly up: Bandwidth;
  private readonly down: Bandwidth;
  private readonly takeIn: TakeIn;
  private readonly giveOut: GiveOut;
  private readonly leads: ExhaustedLeads;
  private readonly ending = new AbortController();
  private readonly said = new Set<string>();
  private running: Promise<void> | undefined;
  /** Tries in a row that failed. */
  private failures = 0;
  private isAway = false;
  private isOpen = false;
  private nextReport = 0;
  private nextLook = 0;
  private nextTidy = 0;
  private nextProgress = 0;
  private isFirstProgress = true;
  private baseline = 0;
  /** Whether what others have shared is no reason to keep it back: they do not know whose it was. */
  private sharesAll = false;
  private readonly machines = new SeenMachines();

  constructor(
    private readonly transport: Transport,
    private readonly host: SyncHost,
    private readonly settings: SyncSettings,
    private identity: MachineIdentity,
  ) {
    const { database, region, foundOn } = host;
    this.state = new SyncState(database.sync, transport.place);
    this.up = new Bandwidth(settings.bytesPerSecond);
    this.down = new Bandwidth(settings.bytesPerSecond);
    this.takeIn = new TakeIn(region, host.levels);
    this.leads = new ExhaustedLeads(this.state);
    this.giveOut = new GiveOut(database, this.state, this.features, this.blocks, this.leads, foundOn);
    const candidates = (): number => host.report().candidates;
    const notice = (text: string): void => host.notice(text);
    this.limits = new SharedLimits(transport.place, { candidates, notice }, settings.limits === 'all');
  }

  get counts(): MachineCounts {
    return this.machines.counts(this.identity.machine, this.isAway);
  }

  /** Entries and findings of others that could not be read. */
  get damaged(): number {
    return this.takeIn.damaged;
  }

  start(): void {
    this.limits.begin();
    this.running ??= this.run();
  }

  /** This machine's campaign ends for that reason; the others hear of it where their limits are the same. */
  reach(reason: StopReason): void {
    if (reason !== 'signal') this.limits.reach(reason, this.identity.machine);
  }

  /** Leads that this machine's workers have looked behind often enough. */
  addExhausted(leads: readonly string[]): void {
    this.leads.add(leads);
  }

  /** Those that other machines have looked behind often enough. */
  get exhausted(): string[] {
    return this.leads.ofOthers;
  }

  /** Shares what is left, says that this machine has ended, and leaves. */
  async finish(now: AbortSignal): Promise<void> {
    this.ending.abort();
    const { running } = this;
    if (running === undefined) return this.transport.close();
    // A place that hangs must not hold the campaign.
    if (await endsWithin(running, lastMillis, now))
      await endsWithin(
        this.attempt(() => this.round(true)),
        2 * lastMillis,
        now,
      );
    const left =
      this.host.isStoreReady() && this.settings.direction !== 'down' ? this.giveOut.findingsLeft : 0;
    if (left > 0)
      this.host.notice(
        `${this.transport.place}: ${left} findings are not shared yet; they are kept, and shared when this campaign goes on`,
      );
    return this.transport.close();
  }

  /** Ends without another word to the others; nothing where it has finished. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.transport.close();
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      const begun = performance.now();
      await this.attempt(() => this.round(false));
      const most = Math.max(this.settings.intervalMillis, maxRetryMillis);
      const wait = Math.min(this.settings.intervalMillis * 2 ** Math.min(this.failures, 10), most);
      // A round is part of its interval, and never all of it: the campaign has to go on, too.
      await pause(Math.max(wait / 10, wait - (performance.now() - begun)), signal);
    }
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      if (this.isAway) this.host.notice(`${this.transport.place}: reached again; catching up`);
      this.isAway = false;
      this.failures = 0;
    } catch (error) {
      this.failures++;
      // Of the disk others say what is to be said; the round is made again.
      if (troubleOf(error) !== undefined) return;
      if (!(error instanceof TransportTrouble)) return this.giveUp(error);
      this.isOpen = false;
      if (!this.isAway)
        this.host.notice(
          `${this.transport.place}: ${error.message}; this machine goes on alone, and tries again now and then`,
        );
      this.isAway = true;
    }
  }

  /** An error of ours, or of the store: the campaign hears of it where it hears of all others. */
  private giveUp(error: unknown): void {
    this.ending.abort();
    this.host.store(() => {
      throw error;
    });
  }

  private async round(atEnd: boolean): Promise<void> {
    if (!this.host.isStoreReady()) return;
    if (!this.isOpen) await this.open();
    const until = performance.now() + (atEnd ? lastMillis : roundMillis);
    // Shares of others can be read even where the place has no room for more, so that comes first.
    await this.read(atEnd, until);
    if (this.settings.direction !== 'down') await this.publish(atEnd, until);
    await this.exchangeProgress(atEnd);
    await this.report(atEnd);
  }

  private async open(): Promise<void> {
    const { machine } = this.identity;
    const { identity, began } = await this.transport.open(machine);
    const { collect } = this.settings;
    if (collect === 'on' || (collect === 'auto' && began === machine)) this.host.collector.collectAll();
    this.host.store(() => {
      this.host.database.together(() => this.state.enter(identity));
      this.baseline = this.state.baseline(this.limits.atStart);
      this.leads.load();
    });
    this.features.clear();
    this.blocks.clear();
    this.nextReport = 0;
    this.nextProgress = 0;
    this.isOpen = true;
  }

  private async publish(atEnd: boolean, until: number): Promise<void> {
    for (let isMore = true; isMore && performance.now() < until && this.host.isStoreReady();) {
      const outgoing = this.giveOut.next(this.up.left, atEnd);
      const { machine } = this.identity;
      if (!outgoing.isEmpty) await this.transport.publish({ ...outgoing, machine, kernel: this.host.kernel });
      this.up.use(outgoing.bytes);
      this.host.store(() => this.host.database.together(() => outgoing.acknowledge()));
      isMore = outgoing.isMore;
      if (!isMore && outgoing.isEmpty) this.sharesAll = false;
    }
  }

  private async read(atEnd: boolean, until: number): Promise<void> {
    const { database, kernel, levels } = this.host;
    const wantsEntries = this.settings.direction !== 'up' && !atEnd;
    for (let isMore = true; isMore && performance.now() < until && this.host.isStoreReady();) {
      const download = await this.transport.read({
        machine: this.identity.machine,
        kernel,
        levels: wantsEntries ? levels : undefined,
        cursors: this.state.cursors,
        maxBytes: this.down.left,
        has: (id) => database.hasEntry(id),
      });
      if (!this.sharesAll) download.features.forEach((features) => this.features.add(features));
      download.passedOver.forEach((why, machine) => this.sayOnce(`${machine}: ${why}`));
      await this.take(download);
      isMore = download.isMore;
    }
  }

  /** Stores what came, in parts; how far it was read is kept with the last of it. */
  private async take({ entries, findings, exhausted, cursors }: Download): Promise<void> {
    const { host } = this;
    const taken = findings.flatMap(({ machine, bytes }) => {
      const read = this.takeIn.finding(bytes);
      return read === undefined ? [] : [{ origin: { ...read.on, machine }, finding: read.finding }];
    });
    if (taken.length > 0)
      host.store(() => taken.forEach(({ origin, finding }) => host.collector.takeFindingOf(origin, finding)));
    if (exhausted.length > 0)
      host.store(() => {
        const fresh = host.database.together(() => this.leads.take(exhausted));
        if (fresh.length > 0) host.exhaust(fresh);
      });
    for (let from = 0; from < entries.length; from += takenAtOnce) {
      const part = entries.slice(from, from + takenAtOnce);
      this.down.use(part.reduce((sum, { bytes }) => sum + bytes.length, 0));
      const fresh = part.flatMap((one) => this.takeIn.entry(one) ?? []);
      for (const { entry } of fresh) {
        this.features.add(entry.features);
        this.blocks.add(entry.blocks ?? []);
      }
      host.store(() =>
        host.database.together(() =>
          fresh.forEach(({ machine, entry, bytes }) => host.collector.takeEntryOf(machine, entry, bytes)),
        ),
      );
      if (fresh.length > 0) host.spread(fresh.map(({ bytes }) => bytes));
      await turn();
    }
    if (cursors.size > 0) host.store(() => host.database.together(() => this.state.keepCursors(cursors)));
  }

  private async exchangeProgress(atEnd: boolean): Promise<void> {
    const now = performance.now();
    if (!atEnd && now < this.nextProgress) return;
    const { machine } = this.identity;
    const all = await this.transport.progress(this.limits.own(machine, this.baseline));
    this.limits.take(all, machine, this.isFirstProgress);
    this.isFirstProgress = false;
    const wait = this.limits.areShared
      ? Math.max(progressMillis, all.length * progressMillisEach)
      : Math.max(lookMillis, all.length * lookMillisEach);
    this.nextProgress = now + wait;
  }

  private async report(atEnd: boolean): Promise<void> {
    const now = performance.now();
    if (atEnd || now >= this.nextReport) {
      this.nextReport = now + (this.settings.reportMillis ?? reportMillis);
      await this.reportOwn(atEnd);
    }
    if (atEnd || now >= this.nextLook) {
      const machines = this.machines.take(await this.transport.machines());
      this.nextLook = now + Math.max(lookMillis, machines.length * lookMillisEach);
      this.host.store(() => this.host.database.setValue('machines', JSON.stringify(machines)));
    }
    if (this.settings.direction === 'down' || now < this.nextTidy) return;
    this.nextTidy = now + tidyMillis;
    await this.transport.tidy((id) => this.featuresOf(id));
  }

  private async reportOwn(atEnd: boolean): Promise<void> {
    const state = atEnd ? 'ended' : 'running';
    const report = { ...this.host.report(), ...this.identity, session: this.session, state } as const;
    const before = await this.transport.report(report);
    const isOther = before !== undefined && before !== this.session && before !== this.state.session;
    this.host.store(() => (this.state.session = this.session));
    // Of two that see each other one has to stay.
    if (isOther && !atEnd && before < this.session) this.rename();
  }

  /** Another process reports under this machine's name, as the copy of a campaign's folder does. */
  private rename(): void {
    const { machine } = this.identity;
    this.host.store(() => {
      // The other one has taken for its own what was shared under this name, and this one what it has shared.
      this.state.forget();
      this.sharesAll = true;
      this.identity = renameMachine(this.host.database);
      this.host.renumber(this.identity.number);
      this.host.notice(
        `${this.transport.place}: another machine is called ${machine}; this one is ${this.identity.machine} from now on`,
      );
    });
    this.isOpen = false;
  }

  private featuresOf(id: string): Uint32Array | undefined {
    return headIn(this.host.database.entryBytes(id))?.features;
  }

  private sayOnce(text: string): void {
    if (this.said.has(text) || this.said.size >= 1000) return;
    this.said.add(text);
    this.host.notice(`${this.transport.place}: ${text}`);
  }
}

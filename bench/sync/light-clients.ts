import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineTransport } from '../../src/campaign/sync/engine/engine-transport.js';
import type { MachineReport } from '../../src/api/machine.js';
import type { Recorded } from './recorded.js';
import type { BenchServer } from './server.js';

const kernel = '0123456789abcdef';

/** How light clients replay what was recorded. */
export interface Replay {
  readonly clients: number;
  readonly seconds: number;
  readonly secondsPerEntry: number;
  readonly secondsPerFinding: number;
  /** Bytes of entries that the server is to keep. */
  readonly keptBytes: number;
}

/** The figures of a replay. */
export interface Replayed {
  /** Milliseconds from when an entry was given to the server until a client had it, for each client that took it. */
  readonly lags: number[];
  /** Milliseconds that rounds of clients took. */
  readonly rounds: number[];
  readonly findings: number;
  /** Findings that clients should have read and did not, all clients together. */
  readonly lost: number;
  readonly entries: number;
}

/**
 * Machines without a campaign: what sync does with the server, at its pace, with entries and findings that a real
 * campaign has made. Each entry is told apart by its first bytes, which say when it was sent.
 */
export async function replay(server: BenchServer, recorded: Recorded, how: Replay): Promise<Replayed> {
  const shared = { lags: [] as number[], rounds: [] as number[], sent: 0 };
  const clients = Array.from(
    { length: how.clients },
    (_, number) => new LightClient(server, recorded, how, number, shared),
  );
  const until = performance.now() + how.seconds * 1000;
  await Promise.all(clients.map((client) => client.run(until)));
  // A last round of reading: entries and findings that were sent last have to be read, too.
  await Promise.all(clients.map((client) => client.finish()));
  const given = clients.reduce((sum, { given: own }) => sum + own, 0);
  const lost = clients.reduce((sum, { given: own, read }) => sum + (given - own) - read.size, 0);
  return { lags: shared.lags, rounds: shared.rounds, findings: given, lost, entries: shared.sent };
}

class LightClient {
  readonly machine: string;
  /** Findings that it gave, and others' that it read. */
  given = 0;
  readonly read = new Set<string>();
  private readonly transport: EngineTransport;
  private readonly cursors = new Map<string, string>();
  private readonly has = new Set<string>();
  private reportAt = 0;
  private lookAt = 0;
  private progressAt = 0;
  private tidyAt = 0;

  constructor(
    server: BenchServer,
    private readonly recorded: Recorded,
    private readonly how: Replay,
    private readonly number: number,
    private readonly shared: { readonly lags: number[]; readonly rounds: number[]; sent: number },
  ) {
    this.machine = `light-${number}`;
    this.transport = new EngineTransport(server.address('clients'), how.keptBytes);
  }

  async run(until: number): Promise<void> {
    const { secondsPerEntry, secondsPerFinding, clients } = this.how;
    await this.transport.open(this.machine);
    await this.take();
    const offset = (this.number / clients) * 1000;
    await wait(offset);
    let entryAt = performance.now() + Math.random() * secondsPerEntry * 1000;
    let findingAt = performance.now() + Math.random() * secondsPerFinding * 1000;
    while (performance.now() < until) {
      const begun = performance.now();
      await this.take();
      const [entries, findings] = [begun >= entryAt ? 1 : 0, begun >= findingAt ? 1 : 0];
      if (entries > 0) entryAt += secondsPerEntry * 1000;
      if (findings > 0) findingAt += secondsPerFinding * 1000;
      if (entries + findings > 0) await this.give(entries, findings);
      await this.say(begun);
      this.shared.rounds.push(performance.now() - begun);
      await wait(Math.max(0, begun + 1000 - performance.now()));
    }
  }

  async finish(): Promise<void> {
    await this.take();
    await this.transport.close();
  }

  private async give(entries: number, findings: number): Promise<void> {
    const number = this.shared.sent;
    this.shared.sent += entries;
    const sent = Array.from({ length: entries }, (_, n) => {
      const id = (number + n).toString(16).padStart(16, '0');
      const bytes = Buffer.from(this.recorded.entry(number + n));
      bytes.writeDoubleLE(performance.now());
      return { id, level: 'kernel', newFeatures: 2, bytes };
    });
    const made = Array.from({ length: findings }, () => {
      const bytes = Buffer.from(this.recorded.finding(this.number + this.given));
      bytes.writeUInt32LE(this.number, 0);
      bytes.writeUInt32LE(this.given++, 4);
      return bytes;
    });
    const features = Uint32Array.from({ length: 2 * entries }, (_, n) => 2 * number + n);
    await this.transport.publish({
      ...{ machine: this.machine, kernel, entries: sent, findings: made, features, exhausted: [] },
    });
  }

  private async take(): Promise<void> {
    for (let isMore = true; isMore;) {
      const download = await this.transport.read({
        ...{ machine: this.machine, kernel, levels: ['kernel'], cursors: this.cursors, maxBytes: 1 << 22 },
        has: (id) => this.has.has(id),
      });
      const now = performance.now();
      for (const { id, bytes } of download.entries) {
        this.has.add(id);
        this.shared.lags.push(now - Buffer.from(bytes).readDoubleLE());
      }
      for (const { bytes } of download.findings) this.read.add(Buffer.from(bytes).toString('hex', 0, 8));
      download.cursors.forEach((cursor, kind) => this.cursors.set(kind, cursor));
      isMore = download.isMore;
    }
  }

  /** Progress, a report, a look at the machines, tidying: each now and then, as often as sync does it. */
  private async say(now: number): Promise<void> {
    const { clients } = this.how;
    if (now >= this.progressAt) {
      await this.transport.progress({ machine: this.machine, candidates: 0, seconds: 0 });
      this.progressAt = now + Math.max(10_000, clients * 100);
    }
    if (now >= this.reportAt) {
      await this.transport.report(reportOf(this.machine, this.number));
      this.reportAt = now + 5000;
    }
    if (now >= this.lookAt) {
      await this.transport.machines();
      this.lookAt = now + Math.max(10_000, clients * 100);
    }
    if (now < this.tidyAt) return;
    this.tidyAt = now + 10_000;
    await this.transport.tidy(() => undefined);
  }
}

function reportOf(machine: string, number: number): MachineReport {
  return {
    ...{ machine, number, session: `s-${number}`, host: 'bench', state: 'running', packageVersion: '0' },
    ...{ lean: 'none', kernel, level: 'kernel', cores: 1, elapsedSeconds: 0, tests: 0, testsPerMinute: 0 },
    ...{ candidates: 0, corpus: 0, features: 0, leads: 0, solutions: 0 },
  };
}

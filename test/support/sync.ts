import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MachineReport, SeenMachine } from '../../src/api/machine.js';
import type { OwnReport, SyncHost, SyncSettings } from '../../src/campaign/sync/sync-host.js';
import { SyncLoop } from '../../src/campaign/sync/sync-loop.js';
import type { Progress } from '../../src/campaign/sync/progress.js';
import {
  TransportTrouble,
  type Download,
  type Opened,
  type Transport,
  type Upload,
  type Wanted,
} from '../../src/campaign/sync/transport.js';
import { Collector } from '../../src/campaign/supervise/collector.js';
import { machineOf, type MachineIdentity } from '../../src/campaign/sync/machine-identity.js';
import type { CorpusEntry } from '../../src/api/entries.js';
import { contentId, encodeEntry } from '../../src/share/entry-codec.js';
import type { SharedRegion } from '../../src/share/region.js';
import { CampaignDatabase } from '../../src/store/database.js';
import { candidate, entry, unit } from './fakes.js';
import { embedded } from './leans.js';
import { smallRegion } from './regions.js';
import { temporaryFolder } from './temporary-folder.js';

export const kernel = '0123456789abcdef';

/** A report without what sync itself adds. */
const own: OwnReport = {
  ...{ host: 'here', packageVersion: '0.1.0', lean: '4.35.0', kernel, level: 'source', cores: 2 },
  ...{ elapsedSeconds: 60, tests: 600, testsPerMinute: 600, candidates: 70, corpus: 8, features: 90 },
  ...{ leads: 1, solutions: 0 },
};

export function machineReport(parts: Partial<MachineReport> = {}): MachineReport {
  return {
    ...{
      machine: 'other-1',
      number: 5,
      session: 's-1',
      host: 'far',
      state: 'running',
      packageVersion: '0.1.0',
    },
    ...{ lean: '4.35.0', kernel, level: 'source', cores: 2, elapsedSeconds: 60, tests: 600 },
    ...{ testsPerMinute: 600, candidates: 70, corpus: 8, features: 90, leads: 1, solutions: 0 },
    ...parts,
  };
}

/** An entry whose id is that of its content. */
export function realEntry(
  text: string,
  features: readonly number[],
  parts: Partial<CorpusEntry> = {},
): CorpusEntry {
  const made = candidate({ units: [unit({ text })] });
  return entry({ candidate: made, id: contentId(made), features: Uint32Array.from(features), ...parts });
}

/** A campaign's database and store, as sync sees them, and what it was told. */
export function campaignForSync(folder = temporaryFolder()) {
  const region: SharedRegion = smallRegion();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  onTestFinished(() => database.close());
  const heard = {
    ...{ notices: [] as string[], spread: 0, numbers: [] as number[], findings: [] as string[] },
    ...{ exhausted: [] as string[], known: [] as (string | undefined)[], candidates: 70 },
  };
  const collector = new Collector(region, database, {
    ...{ campaignFolder: folder, solutionsFolder: join(folder, 's'), leadsFolder: join(folder, 'leads') },
    ...{ known: [], target: 'embedded', lean: embedded, mutant: undefined, elapsedSeconds: () => 1 },
    onFinding: ({ id }, _, known) => {
      heard.findings.push(id);
      heard.known.push(known);
    },
    onFolder: () => undefined,
    onError: ({ message }) => heard.notices.push(message),
    notice: (text) => heard.notices.push(text),
  });
  const host: SyncHost = {
    ...{ database, collector, region, kernel, levels: ['source'] },
    foundOn: { target: 'embedded', lean: embedded, mutant: undefined },
    report: () => ({ ...own, candidates: heard.candidates }),
    exhaust: (leads) => heard.exhausted.push(...leads),
    spread: (entries) => (heard.spread += entries.length),
    store: (action) => action(),
    isStoreReady: () => true,
    renumber: (number) => heard.numbers.push(number),
    notice: (text) => heard.notices.push(text),
  };
  const keep = (one: CorpusEntry): void => void database.addEntry({ entry: one, bytes: encodeEntry(one) }, 1);
  return { folder, region, database, collector, host, heard, keep };
}

/** How a test's campaign shares: as often as it can. */
export const quick: SyncSettings = {
  ...{ direction: 'both', intervalMillis: 1, bytesPerSecond: 1 << 30, limits: 'own', collect: 'auto' },
};

export function loopOf(
  transport: Transport,
  campaign: ReturnType<typeof campaignForSync>,
  settings: Partial<SyncSettings> = {},
  identity: MachineIdentity = machineOf(campaign.database),
): SyncLoop {
  const loop = new SyncLoop(transport, campaign.host, { ...quick, ...settings }, identity);
  onTestFinished(() => loop.stop());
  return loop;
}

/** A place in memory where machines meet, which can be taken away and emptied. */
export class MemoryPlace {
  identity = 'first';
  began = '';
  trouble: string | undefined;
  entries: { machine: string; id: string; bytes: Uint8Array }[] = [];
  findings: { machine: string; bytes: Uint8Array }[] = [];
  reports = new Map<string, MachineReport>();
  progress = new Map<string, Progress>();
  exhausted: { machine: string; lead: string }[] = [];
  /** How many reports came. */
  reported = 0;
  /** How many bytes of entries each read asked for. */
  asked: number[] = [];

  transport(): Transport {
    const at = (cursors: ReadonlyMap<string, string>, kind: string): number => Number(cursors.get(kind) ?? 0);
    return {
      place: 'memory',
      open: (machine) =>
        this.use((): Opened => {
          this.began ||= machine;
          return { identity: this.identity, began: this.began };
        }),
      publish: ({ machine, entries, findings, exhausted }: Upload) =>
        this.use(() => {
          this.entries.push(
            ...entries.map(({ id, bytes }) => ({ machine, id, bytes: Uint8Array.from(bytes) })),
          );
          this.findings.push(...findings.map((bytes) => ({ machine, bytes })));
          this.exhausted.push(...exhausted.map((lead) => ({ machine, lead })));
        }),
      read: ({ machine, cursors, levels, maxBytes, ...wanted }: Wanted) =>
        this.use((): Download => {
          this.asked.push(maxBytes);
          const isOther = (one: { machine: string }): boolean => one.machine !== machine;
          return {
            entries: (levels === undefined ? [] : this.entries.slice(at(cursors, 'entries'))).filter(
              (one) => isOther(one) && !wanted.has(one.id),
            ),
            findings: this.findings.slice(at(cursors, 'findings')).filter(isOther),
            features: [],
            exhausted: this.exhausted.filter(isOther).map(({ lead }) => lead),
            cursors: new Map([
              ['entries', String(this.entries.length)],
              ['findings', String(this.findings.length)],
            ]),
            ...{ isMore: false, passedOver: new Map<string, string>() },
          };
        }),
      report: (report) =>
        this.use(() => {
          this.reported++;
          const before = this.reports.get(report.machine)?.session;
          this.reports.set(report.machine, report);
          return before;
        }),
      machines: () =>
        this.use((): SeenMachine[] =>
          [...this.reports.values()].map((report) => ({ report, secondsAgo: 0 })),
        ),
      progress: (said) =>
        this.use(() => {
          const all = [...this.progress.values()];
          this.progress.set(said.machine, said);
          return all;
        }),
      tidy: () => this.use(() => undefined),
      close: () => Promise.resolve(),
    };
  }

  /** Everything that was there is gone, as in an engine that was emptied. */
  empty(): void {
    this.identity += '+';
    this.entries = [];
    this.findings = [];
    this.reports.clear();
    this.progress.clear();
    this.exhausted = [];
  }

  private use<T>(action: () => T): Promise<T> {
    if (this.trouble !== undefined) return Promise.reject(new TransportTrouble(this.trouble));
    return Promise.resolve(action());
  }
}

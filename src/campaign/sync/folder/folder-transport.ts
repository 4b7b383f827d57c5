import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { machineName, type MachineReport, type SeenMachine } from '../../../api/machine.js';
import { troubleOf } from '../../../util/machine-trouble.js';
import type { Progress } from '../progress.js';
import {
  findingRoom,
  maxEntryBytes,
  maxFindingBytes,
  syncFormat,
  TransportTrouble,
  type Download,
  type Opened,
  type Transport,
  type Upload,
  type Wanted,
} from '../transport.js';
import { isFolder, orAbsent, ownFolder, putFile, readPlain } from './files.js';
import { addExhausted, exhaustedOf, progressOf, putProgress } from './own-notes.js';
import { QueueCursor } from './queue-cursor.js';
import { listQueue, queueFolders, queueName, type QueueFile } from './queue-files.js';
import { maxStatsBytes, readStats, statsFile } from './stats-file.js';

/** Machines that are read, and files of each in one go. */
const maxMachines = 1024;
const filesAtOnce = 256;
/** Looks at a folder of which nothing seems to be new: clocks of servers are coarse. */
const looksAnyway = 3;

const identityFile = '.identity';
const firstFile = '.lean-fuzz-began';

/** A folder of another machine as it was at the last look. */
interface Look {
  readonly changed: number;
  /** How often it looked the same. */
  readonly same: number;
}

type Kind = keyof typeof queueFolders;

/**
 * Machines that meet in a folder: a network file system, a mounted bucket, or what rsync brings. Each machine has a folder
 * of its own, in which nobody else writes, in AFL++'s layout:
 *
 *   DIR/<machine>/fuzzer_stats                    what it says of itself
 *   DIR/<machine>/queue/id:000000,hash:...        entries
 *   DIR/<machine>/crashes/id:000000,hash:...      findings
 *   DIR/<machine>/.identity                       another text where the folder was made anew
 *   DIR/<machine>/.progress, .exhausted           what it has done, and leads that it has looked behind often enough
 *   DIR/.lean-fuzz-began                          the machine that came first
 *
 * Files appear by a rename and are never changed. Everything that others wrote is data from strangers.
 */
export class FolderTransport implements Transport {
  readonly place: string;
  private readonly folder: string;
  private readonly startedAt = new Date();
  private own = '';
  private reads = 0;
  private readonly next: Record<Kind, number> = { entries: 0, findings: 0 };
  private readonly looks = new Map<string, Look>();
  /** When the last report of each machine was first seen, by this machine's clock. */
  private readonly seen = new Map<string, { readonly mark: string; readonly at: number | null }>();

  constructor(folder: string) {
    this.folder = resolve(folder);
    this.place = `sync folder ${this.folder}`;
  }

  open(machine: string): Promise<Opened> {
    return this.using(async () => {
      this.own = machine;
      this.looks.clear();
      await mkdir(this.folder, { recursive: true });
      await ownFolder(this.ownPath());
      for (const [kind, name] of Object.entries(queueFolders) as [Kind, string][]) {
        await ownFolder(this.ownPath(name));
        // A file whose number was not kept any more is one that is there already.
        this.next[kind] = 1 + ((await listQueue(this.ownPath(name))).at(-1)?.number ?? -1);
      }
      return { identity: await this.identity(), began: await this.first(machine) };
    });
  }

  /** Another one where this machine's folder was made anew. */
  private async identity(): Promise<string> {
    const known = await readPlain(this.ownPath(identityFile), 100);
    if (known !== undefined && known.length > 0) return known.toString('utf8');
    const identity = randomUUID();
    await putFile(this.ownPath(identityFile), identity);
    return identity;
  }

  /** The machine that came first. The one file that is nobody's own: whoever makes it is the first. */
  private async first(machine: string): Promise<string> {
    try {
      await writeFile(this.at(firstFile), machine, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return (await readPlain(this.at(firstFile), 200))?.toString('utf8') ?? '';
  }

  publish({ entries, findings, exhausted }: Upload): Promise<void> {
    return this.using(async () => {
      for (const name of Object.values(queueFolders))
        if (!(await isFolder(this.ownPath(name)))) throw this.gone(this.ownPath(name));
      for (const { id, level, newFeatures, bytes } of entries)
        await this.put('entries', { hash: id, level, new: newFeatures }, bytes);
      for (const bytes of findings) {
        const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
        await this.put('findings', { hash }, bytes);
      }
      await addExhausted(this.ownPath(), exhausted);
    });
  }

  read(wanted: Wanted): Promise<Download> {
    return this.using(async () => {
      const entries: { machine: string; id: string; bytes: Uint8Array }[] = [];
      const findings: { machine: string; bytes: Uint8Array }[] = [];
      const exhausted = new Set<string>();
      const cursors = new Map<string, string>();
      const passedOver = new Map<string, string>();
      let left = wanted.maxBytes;
      let room = findingRoom;
      let isMore = false;
      // Another one comes first each time: what a machine has too much of must not keep those behind it from being read.
      const others = await this.others();
      const first = this.reads++ % Math.max(1, others.length);
      for (const machine of [...others.slice(first), ...others.slice(0, first)]) {
        const stats = await this.statsOf(machine);
        if (stats === undefined) continue;
        if (stats.format !== String(syncFormat)) {
          passedOver.set(machine, `its format is ${stats.format.slice(0, 20)}, expected ${syncFormat}`);
          continue;
        }
        (await exhaustedOf(this.at(machine))).forEach((lead) => exhausted.add(lead));
        // Of each machine, also where another one has more.
        const hasMore = await this.follow(machine, 'findings', wanted.cursors, cursors, async ({ name }) => {
          if (findings.length >= filesAtOnce || room <= 0) return false;
          const bytes = await readPlain(this.at(machine, queueFolders.findings, name), maxFindingBytes);
          room -= bytes?.length ?? 0;
          if (bytes !== undefined) findings.push({ machine, bytes });
          return true;
        });
        isMore ||= hasMore;
        const { kernel, levels } = wanted;
        if (levels === undefined) continue;
        if (stats.report?.kernel !== kernel) {
          const its = stats.report === undefined ? 'unknown' : stats.report.lean;
          passedOver.set(
            machine,
            `its kernel is another one (Lean ${its}); its findings are read, its entries are not`,
          );
          continue;
        }
        const isCut = await this.follow(
          machine,
          'entries',
          wanted.cursors,
          cursors,
          async ({ name, parts }) => {
            const { hash = '', level = '' } = parts;
            if (!levels.includes(level) || wanted.has(hash)) return true;
            if (left <= 0 || entries.length >= filesAtOnce) return false;
            const bytes = await readPlain(this.at(machine, queueFolders.entries, name), maxEntryBytes);
            left -= bytes?.length ?? 0;
            if (bytes !== undefined) entries.push({ machine, id: hash, bytes });
            return true;
          },
        );
        isMore ||= isCut && left > 0;
      }
      return { entries, findings, features: [], exhausted: [...exhausted], cursors, isMore, passedOver };
    });
  }

  report(report: MachineReport): Promise<string | undefined> {
    return this.using(async () => {
      const before = await this.statsOf(this.own);
      await putFile(this.ownPath('fuzzer_stats'), statsFile(report, this.startedAt, new Date()));
      return before?.report?.session;
    });
  }

  machines(): Promise<SeenMachine[]> {
    return this.using(async () => {
      const found: SeenMachine[] = [];
      for (const machine of [this.own, ...(await this.others())]) {
        const report = machine === '' ? undefined : (await this.statsOf(machine))?.report;
        if (report?.machine === machine) found.push({ report, ...this.ageOf(report) });
      }
      return found;
    });
  }

  progress(own: Progress): Promise<Progress[]> {
    return this.using(async () => {
      const said: Progress[] = [];
      for (const machine of [this.own, ...(await this.others())])
        said.push(...[(await progressOf(this.at(machine), machine)) ?? []].flat());
      await putProgress(this.ownPath(), own);
      return said;
    });
  }

  /** Nobody but a machine itself writes in its folder, and nothing is ever taken away. */
  tidy(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Hands over the files of a queue that were not read yet, in their order, as long as that is wanted. Returns whether
   * some are left.
   */
  private async follow(
    machine: string,
    kind: Kind,
    before: ReadonlyMap<string, string>,
    after: Map<string, string>,
    take: (file: QueueFile) => Promise<boolean>,
  ): Promise<boolean> {
    const folder = this.at(machine, queueFolders[kind]);
    if (!(await isFolder(folder))) return false;
    const changed = (await stat(folder)).mtimeMs;
    const look = this.looks.get(folder);
    if (look?.changed === changed && look.same >= looksAnyway) return false;
    const key = `${kind} ${machine}`;
    const cursor = QueueCursor.of(before.get(key));
    let isCut = false;
    let isNew = false;
    for (const file of await listQueue(folder)) {
      if (cursor.isRead(file.number)) continue;
      if (!(await take(file))) {
        isCut = true;
        break;
      }
      cursor.read(file.number);
      isNew = true;
    }
    if (isNew) after.set(key, cursor.toString());
    if (isCut) this.looks.delete(folder);
    else this.looks.set(folder, { changed, same: look?.changed === changed ? look.same + 1 : 0 });
    return isCut;
  }

  private async others(): Promise<string[]> {
    const names = (await orAbsent(readdir(this.folder))) ?? [];
    const machines = names
      .filter((name) => machineName.test(name) && name !== this.own)
      .slice(0, maxMachines);
    const isThere = await Promise.all(machines.map((name) => isFolder(this.at(name))));
    return machines.filter((_, index) => isThere[index]);
  }

  private async statsOf(machine: string): Promise<ReturnType<typeof readStats>> {
    const bytes = await readPlain(this.at(machine, 'fuzzer_stats'), maxStatsBytes);
    return bytes === undefined ? undefined : readStats(bytes);
  }

  /** Seconds since a report changed, as this machine saw it: nobody's clock but its own is believed. */
  private ageOf(report: MachineReport): Pick<SeenMachine, 'secondsAgo'> {
    const mark = `${report.session} ${report.elapsedSeconds} ${report.tests}`;
    const last = this.seen.get(report.machine);
    const now = performance.now();
    if (last?.mark === mark) return last.at === null ? {} : { secondsAgo: (now - last.at) / 1000 };
    // The first look does not tell how old a report is.
    this.seen.set(report.machine, { mark, at: last === undefined ? null : now });
    return last === undefined ? {} : { secondsAgo: 0 };
  }

  private async put(kind: Kind, parts: Parameters<typeof queueName>[1], bytes: Uint8Array): Promise<void> {
    await putFile(this.ownPath(queueFolders[kind], queueName(this.next[kind], parts)), bytes);
    this.next[kind]++;
  }

  private ownPath(...names: readonly string[]): string {
    return this.at(this.own, ...names);
  }

  private at(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  private gone(path: string): TransportTrouble {
    return new TransportTrouble(`a folder of this machine's own at ${path}, found none`);
  }

  /** Does something at the place; an error of the system there is thrown as the place's trouble. */
  private async using<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === undefined) throw error;
      throw new TransportTrouble(`${trouble.expected}: ${trouble.said}`);
    }
  }
}

import { randomUUID } from 'node:crypto';
import { machineName, type MachineReport, type SeenMachine } from '../../../api/machine.js';
import { ByteReader, MalformedBytes } from '../../../util/bytes.js';
import { ascending } from '../../../util/codec.js';
import { addressInWords, type EngineAddress } from '../../../util/engine-address.js';
import { packageVersion } from '../../../util/package.js';
import type { Progress } from '../progress.js';
import {
  maxExhaustedText,
  maxFindingBytes,
  syncFormat,
  TransportTrouble,
  type Download,
  type Opened,
  type Transport,
  type Upload,
  type Wanted,
} from '../transport.js';
import { Connection } from './connection.js';
import { EntryReader, entriesAtOnce } from './entry-reader.js';
import { tidyKept } from './kept-entries.js';
import { keysOf, type Keys } from './keys.js';
import { putReport, readReports } from './machine-reports.js';
import { readPayloads } from './payloads.js';
import { putProgress } from './progress-hash.js';
import { uploadCommands } from './upload-commands.js';
import { listOf, optionalText, streamsOf, type StreamItem } from './replies.js';

const findingsAtOnce = 64;

const findingId = /^[0-9a-f]{32}$/;

/** Machines that meet in a Redis or Valkey. The keys are described in keys.ts; docs/many-machines.md says why they are so. */
export class EngineTransport implements Transport {
  readonly place: string;
  private readonly connection: Connection;
  private readonly keys: Keys;
  private own = '';
  private identity = '';
  private reader: EntryReader;

  constructor(
    address: EngineAddress,
    /** Bytes of entries that are kept for machines that come late. */
    private readonly keptBytes: number,
  ) {
    this.place = addressInWords(address);
    this.connection = new Connection(address);
    this.keys = keysOf(address.campaign);
    this.reader = new EntryReader(this.connection, this.keys, this.own);
  }

  async open(machine: string): Promise<Opened> {
    this.own = machine;
    this.reader = new EntryReader(this.connection, this.keys, machine);
    await this.connection.open();
    const { about } = this.keys;
    // Only what is not there is set: whoever is first has said it for all.
    const [, , , , fields] = await this.connection.ask([
      ['HSETNX', about, 'format', String(syncFormat)],
      ['HSETNX', about, 'identity', randomUUID()],
      ['HSETNX', about, 'began', machine],
      ['HSETNX', about, 'version', packageVersion],
      ['HMGET', about, 'format', 'identity', 'began', 'version'],
    ]);
    const [format, identity, began, version] = listOf(fields).map((field) => optionalText(field) ?? '');
    if (format !== String(syncFormat)) {
      this.connection.close();
      throw new TransportTrouble(
        `a campaign of format ${syncFormat}, found one of format ${(format ?? '').slice(0, 20)} ` +
          `(lean-fuzz ${(version ?? '').slice(0, 20)}); ?campaign=NAME names another`,
      );
    }
    this.identity = identity ?? '';
    return { identity: this.identity.slice(0, 64), began: (began ?? '').slice(0, 100) };
  }

  async publish(upload: Upload): Promise<void> {
    const commands = uploadCommands(this.keys, upload);
    if (commands.length > 0) await this.connection.together(commands);
  }

  async read(wanted: Wanted): Promise<Download> {
    const { keys, reader } = this;
    const cursors = new Map(wanted.cursors);
    const passedOver = new Map<string, string>();
    const isLate = wanted.levels !== undefined && (await reader.isLate(cursors));
    const kinds = [
      ...(['findings', 'features', 'exhausted'] as const),
      ...(wanted.levels === undefined || isLate ? [] : (['entries'] as const)),
    ];
    const [identity, reply] = await this.connection.ask([
      ['HGET', keys.about, 'identity'],
      [
        ...['XREAD', 'COUNT', String(entriesAtOnce), 'STREAMS'],
        ...kinds.map((kind) => keys[kind]),
        ...kinds.map((kind) => cursors.get(kind) ?? '0-0'),
      ],
    ]);
    this.checkIdentity(identity);
    const read = streamsOf(reply);
    const findings = await this.findings(read.get(keys.findings) ?? [], cursors);
    const features = this.ofOthers(read.get(keys.features) ?? [], 'features', cursors)
      .filter((fields) => fields.get('kernel')?.toString() === wanted.kernel)
      .flatMap((fields) => featuresIn(fields.get('features')));
    const exhausted = this.ofOthers(read.get(keys.exhausted) ?? [], 'exhausted', cursors)
      .map((fields) => fields.get('lead')?.toString('utf8') ?? '')
      .filter((lead) => lead !== '' && lead.length <= maxExhaustedText);
    const announced = read.get(keys.entries) ?? [];
    const entries = isLate
      ? await reader.takeLate(wanted, cursors, passedOver)
      : await reader.takeAnnounced(wanted, announced, cursors, passedOver);
    const isFull = [...read.values()].some((items) => items.length >= entriesAtOnce);
    return {
      ...{ entries: entries.entries, findings: findings.taken, features, exhausted, passedOver },
      cursors: new Map([...cursors].filter(([kind, at]) => wanted.cursors.get(kind) !== at)),
      isMore: findings.isCut || entries.isCut || (isFull && wanted.maxBytes > 0),
    };
  }

  report(report: MachineReport): Promise<string | undefined> {
    return putReport(this.connection, this.keys, report);
  }

  machines(): Promise<SeenMachine[]> {
    return readReports(this.connection, this.keys, true);
  }

  progress(own: Progress): Promise<Progress[]> {
    return putProgress(this.connection, this.keys, own);
  }

  tidy(featuresOf: (id: string) => Uint32Array | undefined): Promise<void> {
    return tidyKept(this.connection, this.keys, this.own, this.keptBytes, featuresOf);
  }

  close(): Promise<void> {
    this.connection.close();
    return Promise.resolve();
  }

  /** An engine may be emptied under a connection that stays, and others may have begun anew since. */
  private checkIdentity(found: unknown): void {
    if (optionalText(found) === this.identity) return;
    this.connection.close();
    throw new TransportTrouble('the campaign that was there, it is gone: the engine was emptied');
  }

  /** Items that others have put into a stream, which counts as read up to the last item. */
  private ofOthers(
    items: readonly StreamItem[],
    kind: string,
    cursors: Map<string, string>,
  ): StreamItem['fields'][] {
    const last = items.at(-1);
    if (last !== undefined) cursors.set(kind, last.id);
    return items.map(({ fields }) => fields).filter((one) => one.get('machine')?.toString() !== this.own);
  }

  private async findings(
    items: readonly StreamItem[],
    cursors: Map<string, string>,
  ): Promise<{ taken: Download['findings']; isCut: boolean }> {
    const part = items.slice(0, findingsAtOnce);
    const wanted = part.flatMap(({ fields }, index) => {
      const machine = fields.get('machine')?.toString() ?? '';
      const id = fields.get('id')?.toString() ?? '';
      const isOther = machine !== this.own && machineName.test(machine) && findingId.test(id);
      return isOther ? [{ machine, key: this.keys.finding(id), index }] : [];
    });
    const { found, looked } = await readPayloads(this.connection, wanted, maxFindingBytes);
    // The first finding that there was no room for comes next.
    const end = wanted[looked]?.index ?? part.length;
    const last = part[end - 1];
    if (last !== undefined) cursors.set('findings', last.id);
    return {
      taken: found.map(([{ machine }, bytes]) => ({ machine, bytes })),
      isCut: end < items.length,
    };
  }
}

function featuresIn(bytes: Buffer | undefined): Uint32Array[] {
  try {
    return bytes === undefined ? [] : [ascending.read(new ByteReader(bytes))];
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return [];
  }
}

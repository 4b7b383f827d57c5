import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineTransport } from '../../src/campaign/sync/engine/engine-transport.js';
import type { SentEntry, Upload } from '../../src/campaign/sync/transport.js';
import type { BenchServer } from './server.js';

const kernel = '0123456789abcdef';
/** Bytes of an entry and of a finding: about what those of the kernel level have. */
const entryBytes = 2048;
const findingBytes = 8192;

/** How many a second arrive, from the first that is sent to the last that is read; both ends are in this process. */
export async function rateOf(
  server: BenchServer,
  campaign: string,
  { entries = 0, findings = 0 },
): Promise<number> {
  const address = server.address(campaign);
  const [from, to] = [new EngineTransport(address, 1 << 28), new EngineTransport(address, 1 << 28)];
  try {
    await from.open('from-1');
    await to.open('to-1');
    const cursors = new Map<string, string>();
    const read = async (): Promise<number> => {
      const wanted = { machine: 'to-1', kernel, levels: ['kernel'], cursors, maxBytes: 1 << 30 };
      const download = await to.read({ ...wanted, has: () => false });
      download.cursors.forEach((cursor, kind) => cursors.set(kind, cursor));
      return download.entries.length + download.findings.length;
    };
    await read();
    const begun = performance.now();
    const sending = send(from, entries, findings);
    for (let left = entries + findings; left > 0;) {
      const came = await read();
      left -= came;
      if (came === 0) await wait(1);
    }
    await sending;
    return ((entries + findings) / (performance.now() - begun)) * 1000;
  } finally {
    await from.close();
    await to.close();
  }
}

async function send(from: EngineTransport, entries: number, findings: number): Promise<void> {
  const nothing: Upload = {
    ...{ machine: 'from-1', kernel, entries: [], findings: [], exhausted: [] },
    features: new Uint32Array(0),
  };
  for (let sent = 0; sent < entries; sent += 250) {
    const some = Array.from({ length: 250 }, (_, n) => entryOf(sent + n));
    const features = Uint32Array.from({ length: 500 }, (_, n) => 2 * (sent + n));
    await from.publish({ ...nothing, entries: some, features });
  }
  for (let sent = 0; sent < findings; sent += 25)
    await from.publish({
      ...nothing,
      findings: Array.from({ length: 25 }, (_, n) => bytesOf(sent + n, findingBytes)),
    });
}

function entryOf(number: number): SentEntry {
  const id = number.toString(16).padStart(16, '0');
  return { id, level: 'kernel', newFeatures: 2, bytes: bytesOf(number, entryBytes) };
}

function bytesOf(number: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(length, number & 255);
  bytes.writeUInt32LE(number);
  return bytes;
}

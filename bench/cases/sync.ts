import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineTransport } from '../../src/campaign/sync/engine/engine-transport.js';
import { TransportTrouble, type SentEntry } from '../../src/campaign/sync/transport.js';
import { readAddress } from '../../src/util/engine-address.js';
import type { BenchCase, Measurement } from '../case.js';

const kernel = '0123456789abcdef';
/** Bytes of an entry and of a finding: about what those of the kernel level have. */
const entryBytes = 2048;
const findingBytes = 8192;

/** Entries and findings a second from one machine to another through a real server, LEAN_FUZZ_TEST_REDIS. */
export const sync: BenchCase = {
  name: 'sync',
  about: 'entries and findings a second from a machine to another through a Redis (LEAN_FUZZ_TEST_REDIS)',
  slow: true,
  async run({ quick, note }) {
    const program = process.env['LEAN_FUZZ_TEST_REDIS'];
    if (program === undefined) throw new Error('LEAN_FUZZ_TEST_REDIS: expected a redis-server');
    const rounds = quick ? 2 : 7;
    const rates = { entries: [] as number[], findings: [] as number[] };
    await withServer(program, async (port) => {
      for (let round = 0; round < rounds; round++) {
        note(`round ${round + 1} of ${rounds}`);
        rates.entries.push(await rateOf(port, `entries-${round}`, 4000, 0));
        rates.findings.push(await rateOf(port, `findings-${round}`, 0, 500));
      }
    });
    return [
      { name: 'entries', samples: rates.entries, unit: '/s', goal: { atLeast: 2000 } },
      { name: 'findings', samples: rates.findings, unit: '/s', goal: { atLeast: 50 } },
    ] satisfies Measurement[];
  },
};

/** How many a second arrive, from the first that is sent to the last that is read. */
async function rateOf(port: number, campaign: string, entries: number, findings: number): Promise<number> {
  const address = readAddress(`redis://127.0.0.1:${port}/?campaign=${campaign}`);
  if (address === undefined) throw new Error('no address');
  const [from, to] = [new EngineTransport(address, 1 << 28), new EngineTransport(address, 1 << 28)];
  try {
    await from.open('from-1');
    await to.open('to-1');
    const cursors = new Map<string, string>();
    const read = async (): Promise<number> => {
      const wanted = { machine: 'to-1', cursors, maxBytes: 1 << 30, has: () => false };
      const download = await to.read({ ...wanted, entries: { kernel, levels: ['kernel'] } });
      download.cursors.forEach((cursor, kind) => cursors.set(kind, cursor));
      return download.entries.length + download.findings.length;
    };
    await read();
    const start = performance.now();
    const send = async (): Promise<void> => {
      for (let sent = 0; sent < entries; sent += 250) {
        const some = Array.from({ length: 250 }, (_, n) => entryOf(sent + n));
        const features = Uint32Array.from({ length: 500 }, (_, n) => 2 * (sent + n));
        await from.publish({ machine: 'from-1', kernel, entries: some, findings: [], features });
      }
      for (let sent = 0; sent < findings; sent += 25) {
        const some = Array.from({ length: 25 }, (_, n) => bytesOf(sent + n, findingBytes));
        await from.publish({
          machine: 'from-1',
          kernel,
          entries: [],
          findings: some,
          features: new Uint32Array(0),
        });
      }
    };
    const sending = send();
    for (let left = entries + findings; left > 0;) {
      const came = await read();
      left -= came;
      if (came === 0) await wait(1);
    }
    await sending;
    return ((entries + findings) / (performance.now() - start)) * 1000;
  } finally {
    await from.close();
    await to.close();
  }
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

async function withServer(program: string, action: (port: number) => Promise<void>): Promise<void> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const folder = mkdtempSync(join(tmpdir(), 'lean-fuzz-bench-'));
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const libraries = join(dirname(resolve(program)), '..', 'lib', `${machine}-linux-gnu`);
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const server = spawn(program, settings, {
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    stdio: 'ignore',
  });
  try {
    await untilReady(port);
    await action(port);
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilReady(port: number): Promise<void> {
  const address = readAddress(`redis://127.0.0.1:${port}`);
  for (let tries = 0; ; tries++) {
    const transport = address === undefined ? undefined : new EngineTransport(address, 1);
    try {
      await transport?.open('probe-1');
      return;
    } catch (error) {
      if (!(error instanceof TransportTrouble) || tries >= 100) throw error;
      await wait(100);
    } finally {
      await transport?.close();
    }
  }
}

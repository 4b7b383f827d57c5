import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis';
import { readAddress, type EngineAddress } from '../../src/util/engine-address.js';
import { messageOf } from '../../src/util/errors.js';
import { start, withTemporaryFolder } from '../cleanup.js';

/** Numbers of a server, by the names that its INFO has. */
export type ServerNumbers = Readonly<Record<string, number>>;

/** A real server for a benchmark: LEAN_FUZZ_TEST_REDIS names the program. */
export class BenchServer {
  constructor(readonly port: number) {}

  url(campaign: string): string {
    return `redis://127.0.0.1:${this.port}/?campaign=${campaign}`;
  }

  address(campaign: string): EngineAddress {
    const address = readAddress(this.url(campaign));
    if (address === undefined) throw new Error(`no address: ${this.url(campaign)}`);
    return address;
  }

  /** What it says of itself. */
  async numbers(): Promise<ServerNumbers> {
    const [info] = await this.ask([['INFO']]);
    const lines = String(info).split(/\r?\n/);
    const pairs = lines.flatMap((line) => {
      const [name = '', value = ''] = line.split(':');
      return value !== '' && Number.isFinite(Number(value)) ? [[name, Number(value)] as const] : [];
    });
    return Object.fromEntries(pairs);
  }

  async ask(commands: readonly (readonly string[])[]): Promise<unknown[]> {
    const socket = {
      host: '127.0.0.1',
      port: this.port,
      reconnectStrategy: false,
      connectTimeout: 2000,
    } as const;
    const client = createClient({ RESP: 2, disableOfflineQueue: true, socket });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await Promise.all(commands.map((command) => client.sendCommand([...command])));
    } finally {
      client.destroy();
    }
  }
}

/** Gives `action` a new server that keeps nothing on disk, and ends it. */
export async function withServer<T>(action: (server: BenchServer) => Promise<T>): Promise<T> {
  const program = process.env['LEAN_FUZZ_TEST_REDIS'];
  if (program === undefined)
    throw new Error('LEAN_FUZZ_TEST_REDIS: expected a redis-server or valkey-server');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return withTemporaryFolder(async (folder) => {
    // Taken out of its package, it has its libraries beside it.
    const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
    const libraries = join(dirname(resolve(program)), '..', 'lib', `${machine}-linux-gnu`);
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    const env = { ...process.env, LD_LIBRARY_PATH: libraries };
    const child = start(program, settings, { env, stdio: 'ignore' });
    const server = new BenchServer(port);
    try {
      await untilReady(server);
      return await action(server);
    } finally {
      child.kill('SIGKILL');
    }
  });
}

async function untilReady(server: BenchServer): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await server.ask([['PING']]);
      return;
    } catch (error) {
      if (tries >= 100) throw new Error(`no server: ${messageOf(error)}`, { cause: error });
      await wait(100);
    }
  }
}

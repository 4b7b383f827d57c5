import { setTimeout as wait } from 'node:timers/promises';
import { readAddress, type EngineAddress } from '../../src/util/engine-address.js';
import { messageOf } from '../../src/util/errors.js';
import { start, withTemporaryFolder } from '../cleanup.js';
import { askServer, freePort, launchOf } from './real-server.js';

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

  /** The numbers in its INFO, by their names there. */
  async numbers(): Promise<ServerNumbers> {
    const [info] = await this.ask([['INFO']]);
    const lines = String(info).split(/\r?\n/);
    const pairs = lines.flatMap((line) => {
      const [name = '', value = ''] = line.split(':');
      return value !== '' && Number.isFinite(Number(value)) ? [[name, Number(value)] as const] : [];
    });
    return Object.fromEntries(pairs);
  }

  ask(commands: readonly (readonly string[])[]): Promise<unknown[]> {
    return askServer(this.port, commands);
  }
}

/** Gives `action` a new server that keeps nothing on disk, and ends it. */
export async function withServer<T>(action: (server: BenchServer) => Promise<T>): Promise<T> {
  const program = process.env['LEAN_FUZZ_TEST_REDIS'];
  if (program === undefined)
    throw new Error('LEAN_FUZZ_TEST_REDIS: expected a redis-server or valkey-server');
  const port = await freePort();
  return withTemporaryFolder(async (folder) => {
    const { args, env } = launchOf(program, port, folder);
    const child = start(program, args, { env, stdio: 'ignore' });
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

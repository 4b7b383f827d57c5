import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createClient } from 'redis';
import { onTestFinished, vi } from 'vitest';
import { findProgram } from '../../src/util/find-program.js';
import { temporaryFolder } from './temporary-folder.js';

/**
 * The server of tests: LEAN_FUZZ_TEST_REDIS names a redis-server or valkey-server, or one is on the PATH. Undefined where
 * there is none: then the tests that need it are left out, and one line says so.
 */
export function redisProgram(tests: string): string | undefined {
  const named = process.env['LEAN_FUZZ_TEST_REDIS'];
  const program = findProgram(named ?? 'redis-server') ?? findProgram('valkey-server');
  if (program === undefined)
    console.warn(`LEFT OUT: ${tests}: no redis-server or valkey-server (LEAN_FUZZ_TEST_REDIS names one)`);
  return program;
}

/**
 * The engines of tests that are to hold for each kind: a Redis as above, and the Valkey that LEAN_FUZZ_TEST_VALKEY names or
 * that is on the PATH. What is missing is left out, which one line says.
 */
export function engines(tests: string): readonly { readonly kind: string; readonly program: string }[] {
  const redis = redisProgram(tests);
  const valkey = findProgram(process.env['LEAN_FUZZ_TEST_VALKEY'] ?? 'valkey-server');
  if (valkey === undefined)
    console.warn(`LEFT OUT: ${tests}, on a Valkey: no valkey-server (LEAN_FUZZ_TEST_VALKEY names one)`);
  return [
    ...(redis === undefined ? [] : [{ kind: 'Redis', program: redis }]),
    ...(valkey === undefined || valkey === redis ? [] : [{ kind: 'Valkey', program: valkey }]),
  ];
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A real server, which keeps nothing on disk and ends with the test. */
export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    readonly port: number,
    private readonly folder: string,
  ) {
    onTestFinished(() => this.stop());
  }

  static async start(program: string, ...settings: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(program, await freePort(), temporaryFolder());
    await server.start(...settings);
    return server;
  }

  url(campaign = 'test', user = ''): string {
    return `redis://${user}127.0.0.1:${this.port}/?campaign=${campaign}`;
  }

  async start(...settings: readonly string[]): Promise<void> {
    // Taken out of its package, it has its libraries beside it.
    const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
    const libraries = join(dirname(resolve(this.program)), '..', 'lib', `${machine}-linux-gnu`);
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--dir', this.folder];
    const child = spawn(this.program, [...own, ...settings], {
      env: { ...process.env, LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH'] ?? ''].join(':') },
      stdio: 'ignore',
    });
    this.child = child;
    const password = settings[settings.indexOf('--requirepass') + 1];
    await vi.waitFor(
      () => this.ask([['PING']], settings.includes('--requirepass') ? (password ?? '') : undefined),
      { timeout: 20_000, interval: 100 },
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Answers to commands of the test's own. */
  async ask(commands: readonly (readonly string[])[], password?: string): Promise<unknown[]> {
    const client = createClient({
      RESP: 2,
      disableOfflineQueue: true,
      ...(password === undefined ? {} : { password }),
      socket: { host: '127.0.0.1', port: this.port, reconnectStrategy: false, connectTimeout: 2000 },
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await Promise.all(commands.map((command) => client.sendCommand([...command])));
    } finally {
      client.destroy();
    }
  }
}

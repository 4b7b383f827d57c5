import { spawn, type ChildProcess } from 'node:child_process';
import { onTestFinished, vi } from 'vitest';
import { askServer, freePort, launchOf } from '../../bench/sync/real-server.js';
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
    const { args, env } = launchOf(this.program, this.port, this.folder);
    const child = spawn(this.program, [...args, ...settings], { env, stdio: 'ignore' });
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
  ask(commands: readonly (readonly string[])[], password?: string): Promise<unknown[]> {
    return askServer(this.port, commands, password);
  }
}

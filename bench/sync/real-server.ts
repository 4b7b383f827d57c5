import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createClient } from 'redis';

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** How a redis-server or valkey-server is started that keeps nothing on disk. */
export function launchOf(
  program: string,
  port: number,
  folder: string,
): { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv } {
  // Taken out of its package, it has its libraries beside it.
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const libraries = join(dirname(resolve(program)), '..', 'lib', `${machine}-linux-gnu`);
  return {
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    env: { ...process.env, LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH'] ?? ''].join(':') },
  };
}

/** A server's answers to some commands. */
export async function askServer(
  port: number,
  commands: readonly (readonly string[])[],
  password?: string,
): Promise<unknown[]> {
  const client = createClient({
    RESP: 2,
    disableOfflineQueue: true,
    ...(password === undefined ? {} : { password }),
    socket: { host: '127.0.0.1', port, reconnectStrategy: false, connectTimeout: 2000 },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await Promise.all(commands.map((command) => client.sendCommand([...command])));
  } finally {
    client.destroy();
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAddress } from '../../options/address.js';
import { messageOf, unusable } from '../../util/errors.js';

/** A server that answers requests until it is closed. */
export interface LocalServer {
  /** With the port that the system gave where 0 was asked for. */
  readonly url: string;
  close(): Promise<void>;
}

/** Answers one request whose path is known to be one of ours. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves some paths at an address. On loopback only requests that name it are answered: a page from elsewhere whose
 * name leads here must not read them. UserError (78) that names the option where the address is not to be had.
 */
export async function serveAt(
  option: string,
  address: string,
  answers: Readonly<Record<string, Answer>>,
): Promise<LocalServer> {
  const { host, port } = parseAddress(address) ?? { host: '127.0.0.1', port: 0 };
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(host);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    const answer = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
    const named = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
    if (isLoopback && !['127.0.0.1', '::1', 'localhost'].includes(named)) return refuse(response, 403);
    if (answer === undefined) return refuse(response, 404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    response.setHeader('cache-control', 'no-store');
    answer(request, response);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
  } catch (error) {
    throw unusable(option, address, `an address that is free (${messageOf(error)})`);
  }
  server.on('error', () => undefined);
  // It must not keep the process.
  server.unref();
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: 403 | 404 | 405): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`);
}

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineTransport } from '../../src/campaign/sync/engine/engine-transport.js';
import { readAddress } from '../../src/util/engine-address.js';
import { findProgram } from '../../src/util/find-program.js';
import { packageRoot } from '../../src/util/package.js';
import { leanFuzz } from '../support/campaign.js';
import { freePort } from '../../bench/sync/real-server.js';
import { engines, RedisServer } from '../support/redis-server.js';
import { machineReport } from '../support/sync.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const tests = 'an engine with users and certificates';
const openssl = findProgram('openssl');
const programs = engines(tests);
// A file without any test would fail.
if (programs.length === 0) it(tests, ({ skip }) => skip('no redis-server or valkey-server'));
if (openssl === undefined) console.warn(`LEFT OUT: ${tests}: no openssl`);

/** Makes an authority, and a certificate of it for a name. */
function certificate(folder: string, name: string): Record<'authority' | 'key' | 'certificate', string> {
  const at = (file: string): string => join(folder, `${name}-${file}`);
  const run = (...args: string[]): unknown => execFileSync(openssl ?? '', args, { stdio: 'ignore' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  run('req', '-x509', ...newKey, '-keyout', at('ca.key'), '-out', at('ca.crt'), '-subj', '/CN=of a test');
  run('req', ...newKey, '-keyout', at('own.key'), '-out', at('own.csr'), '-subj', `/CN=${name}`);
  writeFileSync(at('ext'), `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}\n`);
  const signed = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('ext')];
  run('x509', '-req', '-in', at('own.csr'), ...signed, '-out', at('own.crt'));
  return { authority: at('ca.crt'), key: at('own.key'), certificate: at('own.crt') };
}

/** All that `lean-fuzz status` says of an address, by a process of its own: authorities are read when one begins. */
async function statusOf(url: string, authority?: string): Promise<string> {
  const environment = authority === undefined ? {} : { NODE_EXTRA_CA_CERTS: authority };
  const { stdout, stderr } = await leanFuzz(['status', url], { environment });
  return `${stdout}${stderr}`.trim();
}

describe.each(programs)('a $kind that speaks TLS', ({ program }) => {
  it.runIf(openssl !== undefined)(
    'is reached where its certificate is trusted; else one line says what was expected',
    async () => {
      const folder = temporaryFolder();
      const [good, other] = [certificate(folder, '127.0.0.1'), certificate(folder, 'elsewhere.example')];
      const secure = async (of: typeof good): Promise<string> => {
        const port = await freePort();
        const files = ['--tls-cert-file', of.certificate, '--tls-key-file', of.key];
        const tls = ['--tls-port', String(port), ...files, '--tls-ca-cert-file', of.authority];
        await RedisServer.start(program, ...tls, '--tls-auth-clients', 'no');
        return `rediss://127.0.0.1:${port}/?campaign=test`;
      };
      const [url, misnamed] = [await secure(good), await secure(other)];
      const plain = await RedisServer.start(program);
      const said = await Promise.all([
        statusOf(url, good.authority),
        statusOf(url),
        statusOf(url, other.authority),
        statusOf(misnamed, other.authority),
        statusOf(url.replace('rediss', 'redis')),
        statusOf(plain.url().replace('redis', 'rediss')),
      ]);
      const untrusted =
        /got ".*", expected a certificate of 127\.0\.0\.1 that is trusted here \(NODE_EXTRA_CA_CERTS names a file of more authorities\): |a certificate of 127\.0\.0\.1 that is trusted here/;
      // It is reached: nobody has shared anything there.
      expect(said[0]).toMatch(/expected one that machines have shared/);
      expect(said.slice(1, 4)).toEqual([1, 2, 3].map(() => expect.stringMatching(untrusted) as string));
      expect(said.slice(4)).toEqual([4, 5].map(() => expect.stringMatching(/TLS/) as string));
      expect(said.map((line) => line.split('\n').length)).toEqual([1, 1, 1, 1, 1, 1]);
    },
  );
});

describe.each(programs)('a $kind with users', ({ program }) => {
  /** The rights that the page names. */
  const page = readFileSync(join(packageRoot, 'docs/many-machines.md'), 'utf8');
  const rights = (/`(~lean-fuzz:NAME:\*)` and `([^`]+)`/.exec(page) ?? []).slice(1).join(' ').split(' ');

  it('serves a user with the rights that the page names; a missing one is named with its command and key', async () => {
    const server = await RedisServer.start(program);
    const mine = rights.map((right) => right.replace('NAME', 'test'));
    expect(mine.length).toBeGreaterThan(20);
    const users: Record<string, string[]> = {
      good: mine,
      'no-write': mine.filter((right) => right !== '+xadd'),
      'no-key': mine.map((right) => (right.startsWith('~') ? '~other:*' : right)),
    };
    await server.ask(
      Object.entries(users).map(([name, may]) => ['ACL', 'SETUSER', name, 'on', '>secret', ...may]),
    );
    const use = async (user: string): Promise<void> => {
      const address = readAddress(server.url('test', `${user}:secret@`));
      if (address === undefined) throw new Error('no address');
      // So little is kept that all of what is shared is thinned out.
      const transport = new EngineTransport(address, 1);
      try {
        await transport.open('one-1');
        const entry = { id: '00000000000000aa', level: 'kernel', newFeatures: 1, bytes: Uint8Array.of(1, 2) };
        const features = Uint32Array.of(1);
        const upload = { machine: 'one-1', kernel: 'k', entries: [entry], findings: [Uint8Array.of(3)] };
        await transport.publish({ ...upload, features, exhausted: ['lead'] });
        const wanted = { kernel: 'k', levels: ['kernel'], maxBytes: 100, has: () => false };
        const { cursors } = await transport.read({ ...wanted, machine: 'one-1', cursors: new Map() });
        await transport.read({ ...wanted, machine: 'one-1', cursors });
        await transport.report(machineReport({ machine: 'one-1' }));
        await transport.machines();
        await transport.progress({ machine: 'one-1', candidates: 1, seconds: 1 });
        await transport.tidy(() => undefined);
      } finally {
        await transport.close();
      }
    };
    await use('good');
    await expect(use('no-write')).rejects.toThrow(
      /^expected a user that may use XADD on lean-fuzz:test:2:features: NOPERM/,
    );
    await expect(use('no-key')).rejects.toThrow(
      /^expected a user that may use HSETNX on lean-fuzz:test:about: NOPERM/,
    );
    await expect(use('nobody')).rejects.toThrow(
      /^expected an engine that takes this user and password: WRONGPASS/,
    );
    // The page's rights are enough to see how it stands, too, and for what another machine reads.
    expect(await statusOf(server.url('test', 'good:secret@'))).toMatch(/begun by one-1/);
  });
});

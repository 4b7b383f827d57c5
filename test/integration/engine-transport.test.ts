import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { EngineTransport } from '../../src/campaign/sync/engine/engine-transport.js';
import { readEngine } from '../../src/campaign/sync/engine/engine-status.js';
import type { Wanted } from '../../src/campaign/sync/transport.js';
import { encodeFinding } from '../../src/share/entry-codec.js';
import { readAddress, type EngineAddress } from '../../src/util/engine-address.js';
import { finding } from '../support/fakes.js';
import { engines, RedisServer } from '../support/redis-server.js';
import { slowWay } from '../support/slow-way.js';
import { campaignForSync, kernel, loopOf, machineReport, realEntry } from '../support/sync.js';

function addressOf(url: string): EngineAddress {
  const address = readAddress(url);
  if (address === undefined) throw new Error(`no address: ${url}`);
  return address;
}

function transportAt(url: string, keptBytes = 1 << 28): EngineTransport {
  const transport = new EngineTransport(addressOf(url), keptBytes);
  onTestFinished(() => transport.close());
  return transport;
}

const id = (number: number): string => number.toString(16).padStart(16, '0');
const entry = (number: number, bytes = Uint8Array.of(number)) => ({
  id: id(number),
  level: 'source',
  newFeatures: 1,
  bytes,
});
const upload = { kernel, findings: [], entries: [], features: new Uint32Array(0), exhausted: [] };
const wanted = (
  machine: string,
  cursors: ReadonlyMap<string, string> = new Map(),
  maxBytes = 1 << 20,
): Wanted => ({
  ...{ machine, cursors, maxBytes, has: () => false },
  ...{ kernel, levels: ['source'] },
});

/** Everything that a machine can read, round by round, and how far it is then. */
async function readAll(
  transport: EngineTransport,
  machine: string,
  before: ReadonlyMap<string, string> = new Map(),
) {
  const cursors = new Map(before);
  const entries: string[] = [];
  const findings: Uint8Array[] = [];
  const features: number[] = [];
  for (let isMore = true; isMore;) {
    const download = await transport.read(wanted(machine, cursors));
    download.cursors.forEach((cursor, kind) => cursors.set(kind, cursor));
    entries.push(...download.entries.map((one) => one.id));
    findings.push(...download.findings.map(({ bytes }) => bytes));
    features.push(...download.features.flatMap((some) => [...some]));
    isMore = download.isMore;
  }
  return { entries: entries.sort(), findings, features, cursors };
}

describe.each(engines('sharing a campaign by a server'))('a real $kind', ({ program }) => {
  const start = (...settings: readonly string[]) => RedisServer.start(program, ...settings);
  const until = (condition: () => void): Promise<void> =>
    vi.waitFor(condition, { timeout: 40_000, interval: 20 });
  const never = new AbortController().signal;

  it('carries entries, findings, features and reports; a late machine gets all that is kept', async () => {
    const server = await start();
    const [one, other, late] = [
      transportAt(server.url()),
      transportAt(server.url()),
      transportAt(server.url()),
    ];
    const began = await one.open('one-1');
    expect(await other.open('other-1')).toEqual(began);
    expect(began).toMatchObject({ began: 'one-1' });
    const first = await readAll(other, 'other-1');
    expect(first.entries).toEqual([]);
    const features = Uint32Array.of(3, 9, 1 << 30);
    await one.publish({
      ...upload,
      machine: 'one-1',
      entries: [entry(1), entry(2)],
      findings: [Uint8Array.of(7, 255)],
      features,
    });
    const second = await readAll(other, 'other-1', first.cursors);
    expect(second).toMatchObject({ entries: [id(1), id(2)], features: [...features] });
    expect(second.findings).toEqual([Buffer.of(7, 255)]);
    expect((await readAll(other, 'other-1', second.cursors)).entries).toEqual([]);
    expect((await readAll(one, 'one-1')).entries).toEqual([]);
    // The stream has been trimmed away: what is kept is not.
    await server.ask([['XTRIM', 'lean-fuzz:test:2:entries', 'MAXLEN', '0']]);
    await late.open('late-1');
    const third = await readAll(late, 'late-1');
    expect([third.entries, third.findings.length]).toEqual([[id(1), id(2)], 1]);
    expect(await one.report(machineReport({ machine: 'one-1' }))).toBeUndefined();
    expect(await one.report(machineReport({ machine: 'one-1', session: 's-2' }))).toBe('s-1');
    const [seen] = await other.machines();
    expect(seen?.report).toEqual(machineReport({ machine: 'one-1', session: 's-2' }));
    expect(seen?.secondsAgo).toBeLessThan(60);
    expect(await readEngine(addressOf(server.url()))).toMatchObject({
      ...{ format: '2', began: 'one-1', findings: 1, entries: 2, entryBytes: 2 },
      machines: [{ report: { machine: 'one-1' } }],
    });
    // Payloads that were put in the place of others, or grew, are left alone.
    await server.ask([['SET', `lean-fuzz:test:2:entry:${id(1)}`, 'x'.repeat((1 << 20) + 1)]]);
    expect(await readAll(transportAt(server.url()), 'x-1').catch((error: unknown) => String(error))).toMatch(
      /expected a connection/,
    );
    const fourth = transportAt(server.url());
    await fourth.open('fourth-1');
    expect((await readAll(fourth, 'fourth-1')).entries).toEqual([id(2)]);
  });

  it('keeps what is shared within its bounds', async () => {
    const server = await start();
    const one = transportAt(server.url(), 500);
    await one.open('one-1');
    const entries = Array.from({ length: 20 }, (_, n) => entry(n, new Uint8Array(100)));
    await one.publish({ ...upload, machine: 'one-1', entries });
    // Four of them show all that any does.
    await one.tidy((name) => Uint32Array.of(Number.parseInt(name, 16) % 4));
    const status = await readEngine(addressOf(server.url()));
    expect(status).toMatchObject({ entries: 4, entryBytes: 400 });
    const [payloads] = await server.ask([['KEYS', 'lean-fuzz:test:2:entry:*']]);
    expect(payloads).toHaveLength(4);
  });

  it('a machine that is away goes on alone, says so once, and loses nothing, whatever becomes of the server', async () => {
    const server = await start();
    const [one, other] = [campaignForSync(), campaignForSync()];
    const loops = [one, other].map((campaign) =>
      loopOf(new EngineTransport(addressOf(server.url()), 1 << 28), campaign, {
        intervalMillis: 20,
        collect: 'on',
      }),
    );
    one.keep(realEntry('def a := 1', [1]));
    loops.forEach((loop) => loop.start());
    await until(() => expect(other.database.countEntries()).toBe(1));
    // It dies, with all that it had, and comes back empty.
    await server.stop();
    one.keep(realEntry('def b := 1', [2]));
    one.collector.takeFinding(encodeFinding(finding()));
    await until(() => expect([one, other].map(({ heard }) => heard.notices.length)).toEqual([1, 1]));
    await server.start();
    await until(() => expect(other.database.countEntries()).toBe(2));
    await until(() => expect(other.database.findings.countSolutionsOfOthers()).toBe(1));
    // It is emptied under a connection that stays.
    await server.ask([
      ['FLUSHALL'],
      // Somebody else has begun anew before anybody looks.
      ['HSET', 'lean-fuzz:test:about', 'format', '2', 'identity', 'another', 'began', 'third-1'],
    ]);
    await until(() => expect(other.heard.notices.some((text) => text.includes('was emptied'))).toBe(true));
    const count = async (): Promise<number> => (await readEngine(addressOf(server.url()))).findings;
    await vi.waitFor(async () => expect(await count()).toBe(1), { timeout: 40_000 });
    // It is full: others are still read, and findings wait.
    await server.ask([
      ['CONFIG', 'SET', 'maxmemory', '1'],
      ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
    ]);
    one.keep(realEntry('def c := 1', [3]));
    await until(() =>
      expect(one.heard.notices.some((text) => text.includes('expected room in the engine: OOM'))).toBe(true),
    );
    await server.ask([['CONFIG', 'SET', 'maxmemory', '0']]);
    await until(() => expect(other.database.countEntries()).toBe(3));
    await Promise.all(loops.map((loop) => loop.finish(never)));
    const away = one.heard.notices.filter((text) => text.includes('goes on alone'));
    expect(
      away.every(
        (text) =>
          text.startsWith(`redis://127.0.0.1:${server.port}/0?campaign=test: expected`) ||
          text.includes('emptied'),
      ),
    ).toBe(true);
  });

  it('shows nothing of what a machine that dies in the middle has sent', async () => {
    const server = await start();
    const [one, other] = [transportAt(server.url()), transportAt(server.url())];
    await one.open('one-1');
    await other.open('other-1');
    const first = await readAll(other, 'other-1');
    const dying = connect(server.port, '127.0.0.1');
    const key = `lean-fuzz:test:2:entry:${id(1)}`;
    const whole = ['*1', '$5', 'MULTI', '*3', '$3', 'SET', `$${key.length}`, key, '$1', 'x'];
    const half = ['*3', '$4', 'XADD', '$24', 'lean-fuzz:test'];
    const said = once(dying, 'data');
    dying.write([...whole, ...half].join('\r\n'));
    expect(String((await said)[0])).toMatch(/^\+OK/);
    dying.destroy();
    await one.publish({ ...upload, machine: 'one-1', entries: [entry(2)] });
    expect((await readAll(other, 'other-1', first.cursors)).entries).toEqual([id(2)]);
    expect(await server.ask([['EXISTS', key]])).toEqual([0]);
  });

  it('is used by a slow way as by a quick one, and by two machines of one name', async () => {
    const server = await start();
    const port = await slowWay(server.port, 60);
    const url = `redis://127.0.0.1:${port}/?campaign=test`;
    const twin = { machine: 'twin-00000000', number: 9 };
    const campaigns = [campaignForSync(), campaignForSync(), campaignForSync()];
    campaigns.forEach((campaign, n) => campaign.keep(realEntry(`def a := ${n}`, [n])));
    const loops = campaigns.map((campaign, n) =>
      loopOf(
        new EngineTransport(addressOf(url), 1 << 28),
        campaign,
        { intervalMillis: 20, reportMillis: 100 },
        n < 2 ? twin : undefined,
      ),
    );
    loops.forEach((loop) => loop.start());
    await until(() => expect(campaigns.map(({ database }) => database.countEntries())).toEqual([3, 3, 3]));
    await Promise.all(loops.map((loop) => loop.finish(never)));
    const notices = campaigns.flatMap(({ heard }) => heard.notices);
    expect(notices).toEqual([expect.stringMatching(/another machine is called twin-00000000/)]);
  });

  it('says what is wrong in one line: a password, another format, keys of others', async () => {
    const server = await start('--requirepass', 'sesame');
    const said = (user: string) =>
      transportAt(server.url('test', user))
        .open('one-1')
        .catch((error: unknown) => String(error));
    expect(await said('')).toMatch(/expected an engine that takes this user and password: NOAUTH/);
    expect(await said(':wrong-one@')).toMatch(
      /expected an engine that takes this user and password: WRONGPASS(?!.*wrong-one)/,
    );
    expect(await said(':sesame@')).toEqual({ identity: expect.any(String) as string, began: 'one-1' });
    await server.ask([['HSET', 'lean-fuzz:test:about', 'format', '999']], 'sesame');
    expect(await said(':sesame@')).toMatch(
      /expected a campaign of format 2, found one of format 999 \(lean-fuzz .*\); \?campaign=NAME/,
    );
    await server.ask([['SET', 'lean-fuzz:other:about', 'x']], 'sesame');
    const url = server.url('other', ':sesame@');
    await expect(transportAt(url).open('one-1')).rejects.toThrow(/keys of lean-fuzz: WRONGTYPE/);
  });
});

describe('what is no engine', () => {
  /** A server that says what a test wants to each line that it gets. */
  async function impostor(answer: (socket: Socket) => void): Promise<string> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    });
    const address = server.address();
    return `redis://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  }

  it.each([
    [
      'another protocol',
      (socket: Socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /Unknown RESP type/,
    ],
    [
      'answers of another kind',
      (socket: Socket) => void socket.on('data', () => socket.write(':5\r\n'.repeat(20))),
      /expected/,
    ],
    ['a closed door', (socket: Socket) => void socket.destroy(), /expected a Redis or Valkey that answers/],
    ['nothing at all', () => undefined, /expected an answer within 5 s: there was none/],
  ])('is one line: %s', async (_, answer, line) => {
    const transport = transportAt(await impostor(answer));
    await expect(transport.open('one-1')).rejects.toThrow(line);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { Running, summaryOf } from '../support/campaign.js';
import { mayMakeNamespaces, Namespace } from '../support/namespaces.js';
import { fetchedLean } from '../support/native-lean.js';
import { redisProgram, RedisServer } from '../support/redis-server.js';
import { slowWay } from '../support/slow-way.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const tests = 'machines on networks of their own';
const lean = fetchedLean(tests);
const program = redisProgram(tests);
const isPossible = lean !== undefined && program !== undefined && mayMakeNamespaces(tests);

/** A clock that is hours ahead, as a module that a process loads first. */
const clock = `const now = Date.now, Real = Date, ahead = 7 * 3600_000;
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length === 0 ? [now() + ahead] : given)); }
  static now() { return now() + ahead; }
};
`;

/** Entries that others sent to a campaign. */
function fromOthers(campaign: string): number {
  const database = new Database(join(campaign, 'campaign.sqlite'), { readonly: true });
  try {
    return database.prepare('SELECT count(machine) FROM corpus').pluck().get() as number;
  } finally {
    database.close();
  }
}

describe.runIf(isPossible)('two machines on networks of their own', () => {
  it(
    'one behind a slow way, one whose way is cut and whose clock is hours ahead, share all the same',
    { timeout: 180_000 },
    async () => {
      const folder = temporaryFolder();
      const [near, far] = [new Namespace(1), new Namespace(2)];
      const server = await RedisServer.start(program ?? '', '--protected-mode', 'no', '--bind', '0.0.0.0');
      const isDelayed = far.delay(100);
      if (!isDelayed)
        console.warn('LEFT OUT: a link that tc netem delays: this kernel has none; a proxy delays instead');
      const port = isDelayed ? server.port : await slowWay(server.port, 100, far.host);
      const ahead = join(folder, 'clock.mjs');
      writeFileSync(ahead, clock);
      const start = (name: string, at: Namespace, to: number, environment: NodeJS.ProcessEnv = {}): Running =>
        new Running(
          [
            ...['run', '--lean', lean ?? '', '--level', 'kernel', '--cores', '1', '--seed', '7', '--json'],
            ...[
              '--minimize-time',
              '0s',
              '--no-confirm',
              '--coverage',
              'off',
              '--campaign',
              join(folder, name),
            ],
            ...[
              '--solutions',
              join(folder, `${name}-solutions`),
              '--sync',
              `redis://${at.host}:${to}/?campaign=apart`,
            ],
          ],
          { within: at.within, environment },
        );
      const one = start('near', near, server.port, { NODE_OPTIONS: `--import file://${ahead}` });
      const other = start('far', far, port);
      const notices = (run: Running): string[] =>
        run.lines.filter(({ type }) => type === 'notice').map(({ text }) => String(text));
      const until = (condition: () => void): Promise<void> =>
        vi.waitFor(condition, { timeout: 60_000, interval: 200 });
      const taken = (): number[] => ['near', 'far'].map((name) => fromOthers(join(folder, name)));
      await until(() => expect([one, other].every(({ status }) => status !== undefined)).toBe(true));
      await until(() => expect(Math.min(...taken())).toBeGreaterThan(3));
      // How long ago the other was seen is counted by nobody's clock but the engine's.
      const seen = (run: Running) => run.status?.machines?.seen[0];
      await until(() => expect([one, other].map((run) => seen(run)?.state)).toEqual(['running', 'running']));
      for (const run of [one, other]) expect(seen(run)?.secondsAgo).toBeLessThan(120);
      near.cut();
      await until(() => expect(notices(one).some((text) => text.includes('goes on alone'))).toBe(true));
      const before = [one.status?.candidates ?? 0, ...taken()];
      await until(() => expect(one.status?.candidates ?? 0).toBeGreaterThan((before[0] ?? 0) + 20));
      near.mend();
      await until(() => expect(notices(one).some((text) => text.includes('reached again'))).toBe(true));
      await until(() => expect(taken().every((count, n) => count > (before[n + 1] ?? 0))).toBe(true));
      [one, other].forEach((run) => run.kill('SIGTERM'));
      const summaries = (await Promise.all([one.ended, other.ended])).map(summaryOf);
      expect(summaries.map(({ machines }) => machines?.isAway)).toEqual([false, false]);
      expect(notices(one).filter((text) => text.includes('goes on alone'))).toHaveLength(1);
      expect(notices(other).filter((text) => text.startsWith('redis://'))).toEqual([]);
    },
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { leanFuzz, Running, summaryOf, traceOf } from '../support/campaign.js';
import { fetchedLean } from '../support/native-lean.js';
import { redisProgram, RedisServer } from '../support/redis-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const tests = 'campaigns of several machines';
const lean = fetchedLean(tests);
const program = redisProgram(tests);

/** Arguments of a machine with one worker and a seed that all machines have. */
function machine(folder: string, name: string, ...more: readonly string[]): string[] {
  return [
    ...['run', '--lean', lean ?? '', '--level', 'kernel', '--cores', '1', '--seed', '7', '--json', '--trace'],
    ...['--minimize-time', '0s', '--no-confirm', '--coverage', 'off'],
    ...['--campaign', join(folder, name), '--solutions', join(folder, `${name}-solutions`), ...more],
  ];
}

function entriesByMachine(campaign: string): { own: number; others: number } {
  const database = new Database(join(campaign, 'campaign.sqlite'), { readonly: true });
  try {
    return database
      .prepare('SELECT count(*) FILTER (WHERE machine IS NULL) AS own, count(machine) AS others FROM corpus')
      .get() as { own: number; others: number };
  } finally {
    database.close();
  }
}

describe.runIf(lean !== undefined && program !== undefined)('two machines at a real server', () => {
  it(
    'build on what the other finds, never make the same, and outlive the server',
    { timeout: 120_000 },
    async () => {
      const folder = temporaryFolder();
      const server = await RedisServer.start(program ?? '', '--requirepass', 'sesame');
      const url = server.url('test', ':sesame@');
      const password = { environment: { LEAN_FUZZ_SYNC: url } };
      const runs = ['a', 'b'].map((name) => new Running(machine(folder, name), password));
      const others = (): number[] => ['a', 'b'].map((name) => entriesByMachine(join(folder, name)).others);
      const hasStarted = (): boolean =>
        runs.every(({ lines }) => lines.some(({ type }) => type === 'status'));
      await vi.waitFor(() => expect(hasStarted()).toBe(true), { timeout: 60_000 });
      await vi.waitFor(() => expect(Math.min(...others())).toBeGreaterThan(3), {
        timeout: 60_000,
        interval: 200,
      });
      const status = await leanFuzz(['status', url]);
      expect(status.stdout).toMatch(/machines 2 \(2 running/);
      await server.stop();
      const notices = (): string[][] =>
        runs.map(({ lines }) =>
          lines.filter(({ type }) => type === 'notice').map(({ text }) => String(text)),
        );
      const away = /^redis:\/\/127\.0\.0\.1:\d+\/0\?campaign=test: .*this machine goes on alone/;
      await vi.waitFor(
        () => expect(notices().every((texts) => texts.some((text) => away.test(text)))).toBe(true),
        {
          timeout: 60_000,
        },
      );
      const before = runs.map(({ status: shown }) => shown?.candidates ?? 0);
      await vi.waitFor(
        () =>
          expect(runs.every(({ status: shown }, n) => (shown?.candidates ?? 0) > (before[n] ?? 0) + 20)).toBe(
            true,
          ),
        { timeout: 60_000 },
      );
      runs.forEach((run) => run.kill('SIGTERM'));
      const ended = await Promise.all(runs.map((run) => run.ended));
      const summaries = ended.map(summaryOf);
      expect(summaries.map(({ machines }) => machines?.isAway)).toEqual([true, true]);
      // No candidate was made twice, although both have the same seed.
      const [one, other] = ['a', 'b'].map(
        (name) => new Set(traceOf(join(folder, name)).map(({ run }) => run)),
      );
      expect([...(one ?? [])].filter((run) => other?.has(run))).toEqual([]);
      // The password is in no file and in no line of theirs.
      for (const name of ['a', 'b'])
        for (const file of ['campaign.sqlite', 'summary.json', 'trace.ndjson'])
          expect(readFileSync(join(folder, name, file)).includes('sesame')).toBe(false);
      expect(ended.some(({ stdout, stderr }) => `${stdout}${stderr}`.includes('sesame'))).toBe(false);
    },
  );
});

describe.runIf(lean !== undefined && program !== undefined)('limits of all machines', () => {
  it.each(['server', 'folder'])(
    'end two machines at a %s together, and one that comes later at once',
    async (kind) => {
      const folder = temporaryFolder();
      const shared = join(folder, 'shared');
      const place =
        kind === 'folder'
          ? ['--sync-dir', shared, '--sync-interval', '200ms']
          : ['--sync', (await RedisServer.start(program ?? '')).url('limited')];
      const limits = [...place, '--runs', '600', '--sync-limits', 'all'];
      const runs = ['a', 'b'].map((name) => new Running(machine(folder, name, ...limits)));
      const ended = await Promise.all(runs.map((run) => run.ended));
      const summaries = ended.map(summaryOf);
      expect(summaries.map(({ stoppedBy }) => stoppedBy)).toEqual(['runs', 'runs']);
      // As they heard of each other: a few more may be made, never all by each of them.
      const made = summaries.reduce((sum, { candidates }) => sum + candidates, 0);
      expect(made).toBeGreaterThanOrEqual(600);
      expect(made).toBeLessThan(1200);
      const lines = (text: string): number =>
        ended.flatMap(({ stdout }) => stdout.split('\n')).filter((line) => line.includes(text)).length;
      expect(lines('the campaign ends for all machines: all of its candidates are made')).toBeGreaterThan(0);
      expect(lines('for all machines: all of its candidates are made')).toBe(2);
      const late = await leanFuzz(machine(folder, 'late', ...limits));
      expect(late.stdout).toMatch(
        /the campaign is over already: all of its candidates are made, said \S+; this machine ends/,
      );
      expect(summaryOf(late)).toMatchObject({ stoppedBy: 'runs' });
      if (kind === 'folder') return;
      const own = await leanFuzz(machine(folder, 'own', ...place, '--runs', '20'));
      expect(own.stdout).toMatch(/over already: .*; this machine goes on, its limits are its own/);
      expect(summaryOf(own)).toMatchObject({ stoppedBy: 'runs', candidates: 20 });
    },
  );
});

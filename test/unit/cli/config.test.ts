import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configuredOptions } from '../../../src/index.js';
import { outputLine } from '../../../src/report/json/line-schema.js';
import { printed } from '../../support/printed.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder = '';
const home = process.cwd();

beforeEach(() => {
  folder = temporaryFolder();
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  vi.unstubAllEnvs();
});

function configure(config: object): void {
  writeFileSync(join(folder, 'lean-fuzz.config.json'), JSON.stringify(config));
}

describe('lean-fuzz config', () => {
  it('prints each value with where it comes from: line, environment, file, default', async () => {
    configure({ depth: 3, level: 'kernel', runs: 7, sync: 'redis://u:secret@h' });
    vi.stubEnv('LEAN_FUZZ_LEVEL', 'both');
    vi.stubEnv('LEAN_FUZZ_RUNS', '8');
    writeFileSync(join(folder, '.env'), 'LEAN_FUZZ_DEPTH=4\nLEAN_FUZZ_RUNS=10\n');
    const { out, error } = await printed('config', '--runs', '9', '--time', '2m');
    const rows = Object.fromEntries<readonly string[]>(
      out
        .trim()
        .split('\n')
        .map((line) => [line.split(' ')[0] ?? '', line.split(/ {2,}/).slice(1)] as const),
    );
    expect(rows).toMatchObject({
      ...{ runs: ['9', '--runs'], level: ['both', 'LEAN_FUZZ_LEVEL'], depth: ['4', '.env: LEAN_FUZZ_DEPTH'] },
      ...{ timeMillis: ['120s', '--time'], target: ['embedded', 'default'], seed: ['random', 'default'] },
      sync: ['redis://h:6379/0?campaign=default', 'lean-fuzz.config.json: sync'],
    });
    expect(error).toBe('');
    const json = await printed('config', '--json');
    const line = outputLine.parse(JSON.parse(json.out) as object);
    if (line.type !== 'config') throw new Error(line.type);
    expect(line.options).toContainEqual({
      ...{ key: 'sync', flag: '--sync', value: 'redis://h:6379/0?campaign=default' },
      ...{ source: 'file', name: 'lean-fuzz.config.json: sync' },
    });
    expect(line.options).toContainEqual({
      key: 'seed',
      flag: '--seed',
      value: null,
      source: 'default',
      name: null,
    });
  });

  it.each([
    [{ depth: 'deep' }, 'lean-fuzz.config.json: depth: got "deep", expected a whole number from 1 to 1000'],
    [{ target: 'lake', level: 'both' }, 'lean-fuzz.config.json: level: got "both", expected source'],
    [
      { dept: 1 },
      'lean-fuzz.config.json: got "dept", expected an option as docs/options.md names it; did you mean depth?',
    ],
  ])('refuses %j, and names file and key', async (config, message) => {
    configure(config);
    const { error, code } = await printed('config');
    expect(error).toBe(
      `lean-fuzz: ${message}${message.endsWith('?') ? '\n' : error.slice(11 + message.length)}`,
    );
    expect([code, error.split('\n').length]).toEqual([2, 2]);
  });

  it('lets the line have its way where the file says what does not go with it', async () => {
    configure({ sync: 'redis://h', target: 'lake', isolated: false });
    const { out, error, code } = await printed('config', '--sync-dir', 's', '--level', 'kernel');
    expect(error.trim().split('\n')).toEqual([
      'lean-fuzz: lean-fuzz.config.json: sync is not used: it does not go with --sync-dir',
      'lean-fuzz: lean-fuzz.config.json: target is not used: it does not go with --level',
    ]);
    expect(out).toMatch(/^sync +none +default$/m);
    expect(code).toBeUndefined();
  });

  it('is what a program gets that asks for it, and only then', async () => {
    configure({ depth: 3, level: 'kernel' });
    vi.stubEnv('LEAN_FUZZ_LEVEL', 'source');
    expect(await configuredOptions()).toEqual({ depth: 3, level: 'source' });
  });
});

describe('other commands', () => {
  it('gen reads its options there, and the line comes first', async () => {
    configure({ level: 'kernel', seed: 5, cores: 300 });
    const first = async (...args: string[]): Promise<string> => {
      const { out, error } = await printed('gen', ...args);
      expect(error).toBe('');
      return out.split('\n').slice(0, 3).join(' ');
    };
    expect(await first()).toMatch(/^-- seed 5, candidate 0 (?!set_option)/);
    vi.stubEnv('LEAN_FUZZ_SEED', '6');
    vi.stubEnv('LEAN_FUZZ_LEVEL', 'source');
    expect(await first()).toMatch(/^-- seed 6, candidate 0 set_option/);
    expect(await first('--seed', '7')).toMatch(/^-- seed 7, /);
  });

  it.each([[['judge', 'a.lean']], [['selftest']], [['check', 'a.lean']]])(
    '%j reads which Lean runs there, and names the place of one that is not there',
    async (args) => {
      writeFileSync(join(folder, 'a.lean'), '');
      configure({ lean: './moon' });
      const { error, code } = await printed(...args);
      expect(error).toMatch(/^lean-fuzz: lean-fuzz\.config\.json: lean: got ".\/moon", expected .+\n$/);
      vi.stubEnv('LEAN_FUZZ_LEAN', './mars');
      const again = await printed(...args);
      expect(again.error).toMatch(/^lean-fuzz: LEAN_FUZZ_LEAN: got ".\/mars", /);
      expect([code, again.code]).toEqual(args[0] === 'check' ? [78, 78] : [2, 2]);
    },
  );

  it('leave alone what only has the same name', async () => {
    configure({ timeMillis: '1h', jobMillis: 5, lean: './moon', checkers: ['no command'] });
    const { error } = await printed('minimize', join(folder, 'none'));
    expect(error).toMatch(/none/);
    expect(error).not.toMatch(/moon|command/);
    expect((await printed('certify', join(folder, 'none'))).error).toMatch(/config\.json: checkers: got/);
  });
});

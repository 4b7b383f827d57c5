import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('lean-fuzz new', () => {
  it('leaves nothing where there is no room for all of it, and names the file', async () => {
    const cwd = temporaryFolder();
    // Where a file gets no longer, the system names the call alone, as of a full disk.
    const within = ['sh', '-c', 'ulimit -f 1; exec "$@"', 'sh'];
    const ended = await leanFuzz(['new', 'mutator', 'half'], { cwd, within });
    expect(ended.stderr).toMatch(/^lean-fuzz: name: got "half\.mjs", expected .*EFBIG.*'half\.mjs'\)\n$/);
    expect(ended.code).toBe(78);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('writes a mutator and a grammar that run as they are, in any folder', async () => {
    const cwd = temporaryFolder();
    const wrote = await leanFuzz(['new', 'mutator', 'my-first'], { cwd });
    expect(wrote).toMatchObject({ code: 0, stderr: '' });
    expect(wrote.stdout).toMatch(
      /^wrote my-first\.mjs; try it:\n {2}\S.* --mutator \S*my-first\.mjs --time 60s\n$/,
    );
    expect((await leanFuzz(['new', 'grammar', 'words.ts'], { cwd })).stdout).toContain('wrote words.ts');
    const gen = await leanFuzz(['gen', '--grammar', 'words.ts', '--count', '3', '--depth', '20'], { cwd });
    expect(gen).toMatchObject({ code: 0, stderr: '' });
    expect(gen.stdout.match(/^example .*:= by (rfl|omega|decide)$/gm)?.length).toBeGreaterThan(3);
    const ended = await leanFuzz(
      [
        ...[
          '--json',
          '--lean',
          quickLean,
          '--cores',
          '1',
          '--runs',
          '80',
          '--seed',
          '1',
          '--coverage',
          'off',
        ],
        ...['--mutator', 'my-first.mjs', '--campaign', 'c', '--trace'],
      ],
      { cwd },
    );
    expect(ended.stderr).toBe('');
    expect(summaryOf(ended).candidates).toBe(80);
    expect(ended.stdout).toMatch(/mutator my-first: \d+ calls, 0 failed, 0 results refused/);
    expect(readFileSync(join(cwd, 'c', 'trace.ndjson'), 'utf8')).toContain('custom:my-first');
  });

  it('refuses another kind, a bad name, and to write over a file', async () => {
    const cwd = temporaryFolder();
    await leanFuzz(['new', 'grammar', 'g'], { cwd });
    for (const [args, words] of [
      [['oracle', 'x'], 'kind: got "oracle", expected mutator or grammar'],
      [['mutator', 'My Mutator'], 'name: got "My Mutator", expected lower-case letters, digits and -'],
      [['grammar', 'g'], 'name: got "g.mjs", expected a file that is not there yet'],
    ] as const) {
      const { code, stderr } = await leanFuzz(['new', ...args], { cwd });
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining(`lean-fuzz: ${words}`) as string,
      });
    }
    const { code } = await leanFuzz(['new', 'grammar', 'no/such/folder.mjs'], { cwd });
    expect(code).toBe(78);
  });
});

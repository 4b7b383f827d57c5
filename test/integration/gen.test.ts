import { describe, expect, it } from 'vitest';
import { leanFuzz } from '../support/campaign.js';

describe('gen', () => {
  it('prints candidates of both levels, each as it is at its level', async () => {
    const printed = async (level: string): Promise<string[]> => {
      const { code, stdout } = await leanFuzz([
        'gen',
        '--level',
        level,
        '--count',
        '200',
        '--seed',
        '2',
        '--depth',
        '3',
      ]);
      expect(code).toBe(0);
      return stdout.split(/^-- seed 2, candidate \d+$/m).slice(1);
    };
    const [source, kernel, both] = [await printed('source'), await printed('kernel'), await printed('both')];
    const levels = both.map((one, run) =>
      one === source[run] ? 'source' : one === kernel[run] ? 'kernel' : '?',
    );
    expect(new Set(levels)).toEqual(new Set(['source', 'kernel']));
  });

  it('refuses another level in one line', async () => {
    expect(await leanFuzz(['gen', '--level', 'all'])).toMatchObject({
      code: 2,
      stderr: 'lean-fuzz: --level: got "all", expected source, kernel or both\n',
    });
  });
});

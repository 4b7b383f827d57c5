import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/util/package.js';
import { printed } from '../../support/printed.js';

const commands = [
  ...['run', 'ci', 'gen', 'judge', 'replay', 'minimize', 'certify', 'check', 'compare', 'export', 'report'],
  ...[
    'coverage',
    'confirm',
    'selftest',
    'doctor',
    'regress',
    'repair',
    'status',
    'health',
    'new',
    'completion',
    'config',
  ],
  ...['corpus stats', 'corpus list', 'corpus show', 'corpus export', 'corpus import', 'corpus cmin'],
];

describe('--help', () => {
  it('shows the options of run that matter most', async () => {
    const { out } = await printed('--help');
    for (const flag of [
      '--cores <n>',
      '--time <time>',
      '--level <level>',
      '--lean <which>',
      '--campaign <dir>',
    ])
      expect(out).toContain(`  ${flag} `);
    expect(out).toContain('$ npx lean-fuzz --time 10m');
  });

  it.each(commands)('%s has an example', async (command) => {
    const { out } = await printed(...command.split(' '), '--help');
    expect(out).toContain(`$ npx lean-fuzz${command === 'run' ? '' : ` ${command}`}`);
  });
});

describe('wrong usage', () => {
  it('is one line', async () => {
    const { error, code } = await printed('run', '--core', '1');
    expect(error).toBe("lean-fuzz: unknown option '--core' (Did you mean --cores?)\n");
    expect(code).toBe(2);
  });

  it.each(commands)('of %s has its code', async (command) => {
    const { error, code } = await printed(...command.split(' '), '--no-such-option');
    expect(error).toMatch(/^lean-fuzz: unknown option '--no-such-option'[^\n]*\n$/);
    // The codes of check are answers, those of the arena.
    expect(code).toBe(command === 'check' ? 78 : 2);
  });

  it.each([
    ...[
      'replay',
      'minimize',
      'certify',
      'confirm',
      'report',
      'status',
      'health',
      'coverage',
      'regress',
      'repair',
    ],
    ...['corpus list', 'corpus stats', 'export --arena out'],
  ])('of %s is a folder that holds nothing, is a file, or is not there', async (command) => {
    // Not the package's own folder: what a campaign has found there may stand in it.
    for (const folder of ['/nope', join(packageRoot, 'src'), join(packageRoot, 'package.json')]) {
      const { error, code } = await printed(...command.split(' '), folder);
      expect([folder, error, code]).toEqual([folder, expect.stringMatching(/^lean-fuzz: [^\n]+\n$/), 2]);
    }
  });
});

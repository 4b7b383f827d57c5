import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/util/package.js';

const folder = join(packageRoot, 'src', 'library');
const page = readFileSync(join(packageRoot, 'src', 'index.ts'), 'utf8');

/** Each function that a file of the library exports, with the comment in front of it. */
const functions = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const found = text.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export (?:async )?function\*? (\w+)/g);
  return [...found].map(([, comment = '', name = '']) => ({ name, comment }));
});
const isPublic = (name: string): boolean => new RegExp(`[{,\\s]${name}[,\\s}]`).test(page);

describe('the functions of the library', () => {
  it('say what they take, what they throw, and with which exit code', () => {
    const known = functions.filter(({ name }) => isPublic(name));
    const names = [
      'campaign',
      'check',
      'configuredOptions',
      'judge',
      'minimize',
      'replay',
      'report',
      'runCampaign',
    ];
    expect(known.map(({ name }) => name).sort()).toEqual(names);
    for (const { name, comment } of known) {
      expect(comment, name).toContain('@throws');
      if (name !== 'configuredOptions') expect(comment, name).toContain('@param');
      if (name !== 'campaign') expect(comment, name).toMatch(/exit code/);
    }
  });
});

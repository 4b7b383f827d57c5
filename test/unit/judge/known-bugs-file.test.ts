import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTable } from '../../../src/judge/known-bugs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

it.each([
  ['missing', undefined, 'ENOENT'],
  ['cut off', '{"format": "lean-fuzz kn', 'JSON'],
  ['of another form', '{"format": "other"}', 'of another form'],
])('names the table of known bugs where it is %s', (_, text, why) => {
  const path = join(temporaryFolder(), 'bugs.json');
  if (text !== undefined) writeFileSync(path, text);
  expect(() => readTable(path)).toThrow(`table of known bugs: got "${path}", expected the file that comes`);
  expect(() => readTable(path)).toThrow(why);
});

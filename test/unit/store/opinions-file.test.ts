import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accepts, noAnswer, refuses } from '../../../src/api/answer.js';
import type { Opinion } from '../../../src/api/opinion.js';
import { nativeHeading } from '../../../src/store/finding-files.js';
import { writeOpinions } from '../../../src/store/opinions-file.js';
import { embedded } from '../../support/leans.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const other = { ...embedded, kind: 'native', version: '4.35.0', path: '/lib/libleanshared.so' } as const;

const opinions: Opinion[] = [
  { by: { kind: 'lean', lean: embedded }, answer: accepts },
  { by: { kind: 'lean', lean: other }, answer: refuses('c: no') },
  { by: { kind: 'checker', name: 'slow', command: 'slow "$IN"' }, answer: noAnswer('too late') },
];

describe('writeOpinions', () => {
  it('records them, says them in the README with the command that asks again, and replaces older ones', () => {
    const folder = temporaryFolder();
    const readme = join(folder, 'README.md');
    writeFileSync(readme, `# lead\n${nativeHeading}\n- confirmed\n`);
    writeOpinions(folder, opinions);
    writeOpinions(folder, opinions);
    const record = JSON.parse(readFileSync(join(folder, 'opinions.json'), 'utf8')) as object;
    expect(record).toEqual({ format: 'lean-fuzz opinions', version: 1, opinions });
    const text = readFileSync(readme, 'utf8');
    expect(text.match(/## Who answers what/g)).toHaveLength(1);
    expect(text).toMatch(/- accepts: 4\\?\.28\.0/);
    expect(text).toMatch(/- refuses \(c: no\): 4\\?\.35\.0/);
    expect(text).toMatch(/- no answer \(too late\): slow/);
    expect(text).toMatch(/compare \. --lean embedded --lean \/lib\n/);
    expect(text.endsWith(`${nativeHeading}\n- confirmed\n`)).toBe(true);
  });

  it('needs no README', () => {
    const folder = temporaryFolder();
    writeOpinions(folder, []);
    expect(existsSync(join(folder, 'README.md'))).toBe(false);
  });
});

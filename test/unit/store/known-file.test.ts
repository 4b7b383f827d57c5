import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKnownFile } from '../../../src/store/known-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function fileOf(content: unknown): string {
  const path = join(temporaryFolder(), 'known.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('readKnownFile', () => {
  it('reads entries as they are', () => {
    const entry = { kind: 'lead', signature: 'a *', about: 'seen before' } as const;
    expect(readKnownFile(fileOf({ format: 'lean-fuzz known', version: 1, known: [entry] }))).toEqual([entry]);
  });

  it.each([
    ['no JSON', '{', 'expected a JSON file of known signatures'],
    ['another format', { format: 'x', version: 1, known: [] }, 'format "x", version 1'],
    ['another version', { format: 'lean-fuzz known', version: 2, known: [] }, 'version 2'],
    ['no list', { format: 'lean-fuzz known', version: 1 }, '"known": [...]'],
    ['null', null, 'format undefined'],
    [
      'an entry that lacks something',
      { format: 'lean-fuzz known', version: 1, known: [{ kind: 'lead', signature: 'a' }] },
      'entry 1',
    ],
    [
      'an entry of another kind',
      { format: 'lean-fuzz known', version: 1, known: [{ kind: 'crash', signature: 'a', about: 'b' }] },
      'expected kind',
    ],
  ])('refuses %s, naming the file', (_, content, said) => {
    const path = fileOf(content);
    let message = '';
    try {
      readKnownFile(path);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.startsWith(path)).toBe(true);
    expect(message).toContain(said);
    expect(message).not.toContain('\n');
  });

  it('refuses a file that is not there', () => {
    expect(() => readKnownFile('/nowhere/known.json')).toThrow('/nowhere/known.json');
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copySparsely } from '../../../src/store/copy-sparsely.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('copySparsely', () => {
  it('copies what there is, and replaces nothing', () => {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    const bytes = Buffer.concat([Buffer.alloc(3 << 20), Buffer.from('middle'), Buffer.alloc((2 << 20) + 5)]);
    writeFileSync(from, bytes);
    copySparsely(from, to);
    expect(readFileSync(to).equals(bytes)).toBe(true);
    expect(() => copySparsely(from, to)).toThrow(/EEXIST/);
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../../../src/api/lean.js';
import { checkersBeside, knownBut, withoutTwice } from '../../../../src/execute/checker/found-checkers.js';
import { embedded } from '../../../support/leans.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('checkers beside a Lean', () => {
  it('are those in the folder of its lean, each called as it wants to be', () => {
    const root = join(temporaryFolder(), "a lean's");
    mkdirSync(join(root, 'bin'), { recursive: true });
    const lean = { ...embedded, kind: 'native', root } as unknown as NativeLean;
    expect(checkersBeside(lean)).toEqual([]);
    for (const program of ['nanoda_bin', 'lean4lean']) writeFileSync(join(root, 'bin', program), '');
    const quoted = (program: string): string => `'${join(root, 'bin', program).replace("'", `'\\''`)}'`;
    expect(checkersBeside(lean)).toEqual([
      { name: 'nanoda', command: quoted('nanoda_bin') },
      { name: 'lean4lean', command: `${quoted('lean4lean')} --import "$IN"` },
    ]);
  });

  it('are none beside the embedded one', () => {
    expect(checkersBeside({ ...embedded, kind: 'embedded' })).toEqual([]);
    expect(checkersBeside(undefined)).toEqual([]);
  });

  it('give way to one of the same name that was named before', () => {
    const [mine, theirs, other] = ['mine', 'theirs', 'other'].map((command) => ({ name: 'nanoda', command }));
    expect(withoutTwice([mine as never], [theirs as never, { ...other, name: 'x' } as never])).toEqual([
      { name: 'nanoda', command: 'mine' },
      { name: 'x', command: 'other' },
    ]);
    expect(knownBut([{ name: 'nanoda', command: '' }]).map(({ name }) => name)).toEqual(['lean4lean']);
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/api/entries.js';
import { writeFindingFolder, type FindingFile } from '../../../src/store/finding-folder.js';
import { packageVersion } from '../../../src/util/package.js';
import { finding } from '../../support/fakes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const context = { leanVersion: '4.28.0', mutant: undefined, elapsedSeconds: 12.5 };
const text = 'def f := 1\n\ntheorem soundness_check : False := by decide\n';

function write(solutions: string, of: Finding = finding()): string {
  return writeFindingFolder(solutions, of, text, context);
}
function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('writeFindingFolder', () => {
  it('writes the Lean text, everything about it as JSON, and how to replay it', () => {
    const folder = write(temporaryFolder());
    expect(readdirSync(folder).sort()).toEqual(['Finding.lean', 'README.md', 'finding.json']);
    expect(read(folder, 'Finding.lean')).toBe(text);
    expect(read(folder, 'README.md')).toContain('npx lean-fuzz replay .');
    expect(JSON.parse(read(folder, 'finding.json'))).toMatchObject({
      ...{ format: 'lean-fuzz finding', kind: 'solution', axioms: ['propext'], seed: 7, run: 3 },
      ...{ leanVersion: '4.28.0', packageVersion, kernelMutant: null, text },
    } satisfies Partial<FindingFile>);
  });

  it('is named by kind and content', () => {
    const solutions = temporaryFolder();
    write(solutions);
    expect(readdirSync(solutions)).toEqual([`solution-${finding().id}`]);
  });

  it('says aloud when the kernel had a planted bug', () => {
    const folder = writeFindingFolder(temporaryFolder(), finding(), text, {
      ...context,
      mutant: 'positivity',
    });
    expect(read(folder, 'README.md')).toContain('planted bug (positivity)');
    expect(JSON.parse(read(folder, 'finding.json'))).toMatchObject({ kernelMutant: 'positivity' });
  });

  it('replaces an older folder of the same finding as a whole', () => {
    const solutions = temporaryFolder();
    writeFileSync(join(write(solutions), 'stray'), 'left from before');
    expect(readdirSync(write(solutions)).sort()).toEqual(['Finding.lean', 'README.md', 'finding.json']);
  });

  it('takes away what an interrupted writer of the same process left', () => {
    const solutions = temporaryFolder();
    const leftover = join(solutions, `.solution-${finding().id}.${process.pid}.tmp`);
    mkdirSync(leftover);
    writeFileSync(join(leftover, 'half'), '');
    write(solutions);
    expect(readdirSync(solutions)).toEqual([`solution-${finding().id}`]);
  });

  it('leaves nothing half-written where it can not go on', () => {
    const solutions = temporaryFolder();
    const unprintable = finding({ candidate: { ...finding().candidate, lineage: unserializable() } });
    expect(() => write(solutions, unprintable)).toThrow();
    expect(readdirSync(solutions)).toEqual([]);
  });
});

/** A lineage that can't be written down: stands in for a disk that is full in the middle of the writing. */
function unserializable(): Finding['candidate']['lineage'] {
  return { seed: 7n as unknown as number, run: 3, parents: [], mutators: [] };
}

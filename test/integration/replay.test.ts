import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityOf, type NativeLean } from '../../src/api/lean.js';
import type { Claim } from '../../src/api/execution.js';
import { replay } from '../../src/index.js';
import type { FindingFile } from '../../src/store/finding-files.js';
import { leanFuzz } from '../support/campaign.js';
import { hanging, loop } from '../support/endless-units.js';
import { candidate, unit } from '../support/fakes.js';
import { findingOf, kernelSolution } from '../support/finding-folders.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Only the finding.json of a folder, in another place, with some parts changed. */
function moved(folder: string, parts: Partial<FindingFile>): string {
  const path = join(temporaryFolder(), 'from-elsewhere.json');
  copyFileSync(join(folder, 'finding.json'), path);
  const file = JSON.parse(readFileSync(path, 'utf8')) as FindingFile;
  writeFileSync(path, JSON.stringify({ ...file, ...parts }));
  return path;
}

const native = await nativeLean('limits of a replay');

describe.skipIf(native === undefined)('replay on a native Lean', () => {
  it('bounds it as the finding says that it was bounded', async () => {
    const of = native as NativeLean;
    const claim = { name: 'claim', constant: 'hanging', step: { kind: 'declaration', words: hanging.words } };
    const all = candidate({ level: 'kernel', units: [loop] });
    const folder = findingOf(temporaryFolder(), all, claim as Claim, { kind: 'lead' });
    const limits = {
      ...{ kernelHeartbeats: 20_000, maxHeartbeats: 4000, maxRecDepth: 512 },
      ...{ stackBytes: 64 << 20, memoryMiB: 1024 },
    };
    const path = moved(folder, { lean: identityOf(of), limits });
    const { rounds } = await replay(path, { times: 1, lean: of.root, jobMillis: 30_000 });
    // Without that bound it would go on until the wall clock ends it.
    expect(rounds).toEqual([
      { kind: 'noAnswer', why: expect.stringContaining('deterministicTimeout') as string },
    ]);
  });
});

describe('replay', () => {
  it('runs a finding from its finding.json alone, and says that it is of another Lean', async () => {
    const path = moved(kernelSolution(temporaryFolder()), { leanVersion: '4.99.0' });
    const ended = await leanFuzz(['replay', path, '--times', '2']);
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    const [note, ...rounds] = ended.stdout.trim().split('\n');
    expect(note).toMatch(/^note: found on Lean 4\.99\.0, replayed on Lean 4\.28\.0 \(embedded, commit /);
    expect(rounds.at(-1)).toContain('stable (2 of 2)');
  });

  it('says that a lead about nothing odd is not reproduced', async () => {
    const calm = candidate({ units: [unit({ text: 'def f := 1', expected: 'reject' })] });
    const ended = await leanFuzz([
      ...['replay', findingOf(temporaryFolder(), calm, undefined, { kind: 'lead' }), '--times', '1'],
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('not reproduced (0 of 1)');
    expect(ended.stdout).not.toContain('note:');
  });
});

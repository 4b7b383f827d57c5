import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FindingFile } from '../../src/store/finding-files.js';
import { leanFuzz } from '../support/campaign.js';
import { candidate, unit } from '../support/fakes.js';
import { findingOf, kernelSolution } from '../support/finding-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Only the finding.json of a folder, in another place, with some parts changed. */
function moved(folder: string, parts: Partial<FindingFile>): string {
  const path = join(temporaryFolder(), 'from-elsewhere.json');
  copyFileSync(join(folder, 'finding.json'), path);
  const file = JSON.parse(readFileSync(path, 'utf8')) as FindingFile;
  writeFileSync(path, JSON.stringify({ ...file, ...parts }));
  return path;
}

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

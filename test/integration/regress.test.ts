import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { leanFuzz } from '../support/campaign.js';
import { candidate, unit } from '../support/fakes.js';
import { findingOf, kernelSolution } from '../support/finding-folders.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('runs all findings below a folder again, and goes on behind one that can’t be read', async () => {
  const folder = temporaryFolder();
  const solution = kernelSolution(folder);
  const calm = candidate({ units: [unit({ text: 'def f := 1', expected: 'reject' })] });
  const lead = findingOf(folder, calm, undefined, { kind: 'lead' });
  mkdirSync(join(folder, 'spoilt'));
  writeFileSync(join(folder, 'spoilt', 'finding.json'), '{"format": "another"}');
  const ended = await leanFuzz(['regress', folder, '--json']);
  expect(ended).toMatchObject({ code: 77, stderr: '' });
  const lines = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { folder?: string; answer?: string });
  const answers = new Map(lines.map(({ folder: of, answer }) => [of, answer]));
  expect(answers.get(solution)).toBe('reproduced');
  expect(answers.get(lead)).toBe('not reproduced');
  expect(answers.get(join(folder, 'spoilt'))).toBe('unknown');
  expect(lines.at(-1)).toEqual({
    type: 'regress summary',
    findings: { accepts: 1, refuses: 1, noAnswer: 1 },
    entries: { same: 0, otherwise: 0, 'not run': 0 },
  });
});

it('runs the corpus of a campaign again', async () => {
  const lean = quickLean;
  const folder = join(temporaryFolder(), 'campaign');
  const args = ['--lean', lean, '--level', 'kernel', '--cores', '1', '--runs', '40', '--seed', '3'];
  const solutions = join(folder, 'solutions');
  const campaign = await leanFuzz([...args, '--json', '--campaign', folder, '--solutions', solutions]);
  expect([0, 77]).toContain(campaign.code);
  const ended = await leanFuzz(['regress', folder]);
  expect(ended.stderr).toBe('');
  const [, same = '0', otherwise, unrun] =
    /corpus: (\d+) entries as before, (\d+) otherwise, (\d+) not run/.exec(ended.stdout) ?? [];
  expect(Number(same)).toBeGreaterThan(5);
  expect([otherwise, unrun]).toEqual(['0', '0']);
});

it('names a folder without findings', async () => {
  const folder = temporaryFolder();
  const ended = await leanFuzz(['regress', folder]);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain(`folder: got "${folder}", expected one with findings below it`);
});

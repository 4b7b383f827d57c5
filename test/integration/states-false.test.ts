import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package.js';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('takes a proof of False under any name for a solution, and its signature says what is false', async () => {
  const folder = temporaryFolder();
  const imported = join(folder, 'imported');
  mkdirSync(imported);
  const text = readFileSync(join(packageRoot, 'selftest', 'stuck-sort.lean'), 'utf8');
  expect(text).toContain('theorem soundness_check : False');
  writeFileSync(join(imported, 'Collapse.lean'), text.replaceAll('soundness_check', 'collapse'));
  const ended = await leanFuzz([
    ...['run', '--json', '--lean', 'embedded', '--level', 'source', '--cores', '1', '--runs', '1'],
    ...[
      '--import',
      imported,
      '--campaign',
      join(folder, 'campaign'),
      '--solutions',
      join(folder, 'solutions'),
    ],
  ]);
  expect(ended.code).toBe(77);
  const summary = summaryOf(ended);
  expect(summary).toMatchObject({ solutions: 1, newSolutions: 1, unlooked: 0 });
  const [solution = ''] = summary.solutionFolders;
  const finding = JSON.parse(readFileSync(join(solution, 'finding.json'), 'utf8')) as object;
  expect(finding).toMatchObject({
    kind: 'solution',
    signature: expect.stringMatching(/^solution states false equation /) as string,
    reasons: expect.arrayContaining(['stuck states what is false (false equation)']) as string[],
  });
}, 240_000);

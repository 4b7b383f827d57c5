import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { undeclaredIn } from '../../src/kernel/export/undeclared.js';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { checked } from '../support/ndjson-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A line of `export --json`. */
interface Case {
  readonly type: 'case' | 'left out';
  readonly id: string;
  readonly outcome: string | null;
  readonly lacks: readonly string[];
}

it('exports all that a campaign has found as test cases, each of which our own kernel rejects', async () => {
  const folder = temporaryFolder();
  const ended = await leanFuzz([
    ...['--json', '--lean', 'embedded', '--level', 'kernel', '--cores', '1', '--seed', '3'],
    ...['--stop-on-solution', '--time', '150s', '--minimize-time', '2s', '--campaign', folder],
    ...['--solutions', join(folder, 'solutions')],
  ]);
  expect(ended.code).toBe(77);
  const { solutionFolders, knownSolutionFolders } = summaryOf(ended);
  const solutions = [...solutionFolders, ...knownSolutionFolders].map(
    (path) => (JSON.parse(readFileSync(join(path, 'finding.json'), 'utf8')) as { id: string }).id,
  );
  expect(solutions).not.toEqual([]);

  const arena = join(folder, 'cases');
  const { code, stdout, stderr } = await leanFuzz(['export', folder, '--arena', arena, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const cases = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
  expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(solutions));
  for (const { id, type, outcome, lacks } of cases) {
    expect(type).toBe('case');
    const ndjson = readFileSync(join(arena, `${id}.ndjson`), 'utf8');
    const yaml = readFileSync(join(arena, `${id}.yaml`), 'utf8');
    expect(checked(ndjson).answer.kind, id).toBe('refuses');
    expect(yaml).toMatch(/^description: \|\n( {2}[^\n]+\n)+file: [^\n]+\n(outcome: reject\n)?$/);
    expect(yaml.includes('\noutcome: reject\n')).toBe(outcome !== null);
    // A term that the format can't say, such as a free variable, stands in it as something undeclared, and no outcome
    // is expected.
    const isFaithful = lacks.every((lack) => lack.endsWith('are left out: none can be derived'));
    // In the theory equality is transitive: what holds by that alone is refused by Leans, and by nobody else for sure.
    const isSure = solutions.includes(id) || !yaml.includes('an equality by transitivity alone');
    expect(isFaithful && isSure, lacks.join()).toBe(outcome !== null);
    if (lacks.length === 0) expect(undeclaredIn(ndjson)).toEqual([]);
  }
}, 300_000);

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('a kernel with a planted bug', () => {
  it('is caught: a proof of False is found, kept and reproduced', async () => {
    const folder = temporaryFolder();
    const planted = ['--json', '--lean', quickLean, '--level', 'source', '--kernel-mutant', 'positivity'];
    // On one core a campaign repeats itself. Not every seed reaches False within a minute on the embedded Lean: what
    // the generator draws decides, and a change to it may ask for another one.
    const once = ['--cores', '1', '--seed', quickLean === 'embedded' ? '49' : '10'];
    const solutions = ['--solutions', join(folder, 'solutions')];
    const ended = await leanFuzz([
      ...[...planted, ...once, ...solutions, '--campaign', folder],
      ...['--stop-on-solution', '--time', '120s'],
    ]);
    const summary = summaryOf(ended);
    expect(ended.code).toBe(77);
    expect(summary).toMatchObject({ stoppedBy: 'solution' });
    expect(summary.solutions).toBeGreaterThanOrEqual(1);
    const [solution = ''] = summary.solutionFolders;
    expect(readdirSync(solution).sort()).toEqual(
      expect.arrayContaining(['Finding.lean', 'README.md', 'finding.json']),
    );
    expect(readFileSync(join(solution, 'Finding.lean'), 'utf8').trim()).not.toBe('');
    expect(readFileSync(join(solution, 'README.md'), 'utf8')).toContain('npx lean-fuzz replay');
    expect(JSON.parse(readFileSync(join(solution, 'finding.json'), 'utf8'))).toMatchObject({
      kind: 'solution',
      seed: summary.seed,
      kernelMutant: 'positivity',
      leanVersion: summary.leanVersion,
      reasons: expect.arrayContaining([expect.any(String)]) as string[],
    });
    expect(readdirSync(join(folder, 'solutions')).filter((name) => name.startsWith('.'))).toEqual([]);

    const replayed = await leanFuzz(['replay', solution]);
    expect(replayed.stdout).toContain('stable (3 of 3)');
    expect(replayed.code).toBe(77);

    // The same campaign, now that its solution is known: it is listed, and nothing more.
    const { run, signature } = JSON.parse(readFileSync(join(solution, 'finding.json'), 'utf8')) as {
      run: number;
      signature: string;
    };
    const known = join(folder, 'known.json');
    const entry = { kind: 'solution', signature, about: 'planted' };
    writeFileSync(known, JSON.stringify({ format: 'lean-fuzz known', version: 1, known: [entry] }));
    const again = await leanFuzz([
      ...[...planted, ...once, ...solutions, '--campaign', join(folder, 'again')],
      ...['--known', known, '--stop-on-solution', 'new', '--runs', String(run + 4)],
    ]);
    const calm = summaryOf(again);
    expect(again.code).toBe(0);
    expect(calm).toMatchObject({ stoppedBy: 'runs', newSolutions: 0, knownSolutions: 1 });
    expect(calm.knownSolutionFolders).toEqual([solution]);
  }, 240_000);
});

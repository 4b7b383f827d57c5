import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { storedFinding } from '../../src/store/stored-finding.js';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { outputLine } from '../../src/report/json/line-schema.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { wrongBuild } from '../support/wrong-build.js';

const native = await nativeLean('campaigns on a native Lean');

interface FindingFile {
  readonly id: string;
  readonly kind: string;
  readonly signature: string;
  readonly kernelMutant: string | null;
  readonly limits: object;
  readonly lean: { readonly version: string };
}

function findingIn(folder: string): FindingFile {
  return JSON.parse(readFileSync(join(folder, 'finding.json'), 'utf8')) as FindingFile;
}

describe.skipIf(native === undefined)('a campaign on a native Lean', () => {
  const real = native as NativeLean;

  it('refuses a planted bug that this Lean has no place for, and leaves no folder behind', async () => {
    const folder = join(temporaryFolder(), 'campaign');
    const refused = await leanFuzz([
      ...['--campaign', folder, '--level', 'kernel', '--lean', real.root, '--time', '1s'],
      ...['--kernel-mutant', 'no_such_function+0x10'],
    ]);
    expect(refused.stderr).toMatch(/^lean-fuzz: --kernel-mutant: got "no_such_function\+0x10.*\n$/);
    expect(refused.code).toBe(2);
    expect(existsSync(folder)).toBe(false);
  });

  it('brings a planted bug to False from an empty corpus, and says which bug it was', async () => {
    const folder = temporaryFolder();
    const options = [
      ...['--json', '--campaign', folder, '--solutions', join(folder, 'solutions'), '--level', 'kernel'],
      ...['--lean', real.root, '--cores', '1'],
    ];
    const found = await leanFuzz([
      ...options,
      ...['--kernel-mutant', 'positivity', '--stop-on-solution', '--time', '120s', '--seed', '1'],
    ]);
    expect(found.code).toBe(77);
    for (const text of found.stdout.trim().split('\n')) {
      const line = JSON.parse(text) as object;
      expect(outputLine.parse(line)).toEqual(line);
    }
    const afl = (name: string): string => readFileSync(join(folder, 'afl', 'worker-0', name), 'utf8');
    const done = Number(/^execs_done {8}: (\d+)$/m.exec(afl('fuzzer_stats'))?.[1]);
    expect(done).toBe(summaryOf(found).candidates);
    expect(afl('fuzzer_stats')).toMatch(/^saved_crashes {5}: [1-9]/m);
    expect(afl('plot_data').trim().split('\n').at(-1)).toContain(`, ${done}, `);
    const [solution = ''] = summaryOf(found).solutionFolders;
    expect(findingIn(solution)).toMatchObject({
      kind: 'solution',
      kernelMutant: 'positivity',
      lean: { version: real.version },
      limits: {
        ...{ kernelHeartbeats: 200_000, maxHeartbeats: 4000, maxRecDepth: 512, memoryMiB: 1024 },
        ...{ stackBytes: 64 << 20, natMaxBytes: 128 << 20 },
      },
    });
    // The database alone knows what bounded it, too.
    const { id, limits } = findingIn(solution);
    expect(storedFinding(folder, id)).toMatchObject({ limits, jobMillis: 10_000 });
    const replayed = await leanFuzz(['replay', solution]);
    expect(replayed.stdout).toContain('stable (3 of 3)');

    // The same folder belongs to the kernel with the bug.
    const other = await leanFuzz([...options, '--runs', '4', '--kernel-mutant', 'prop-projection']);
    expect(other).toMatchObject({
      code: 2,
      stderr:
        'lean-fuzz: --kernel-mutant: got "prop-projection", expected positivity, as the campaign that is resumed has it\n',
    });
  }, 300_000);

  it('runs on where the Lean is wrong about a canary, and keeps that as a lead', async () => {
    const folder = temporaryFolder();
    const build = wrongBuild(real);
    const ended = await leanFuzz([
      ...['--json', '--campaign', folder, '--solutions', join(folder, 'solutions'), '--level', 'kernel'],
      ...['--lean', build, '--cores', '1', '--runs', '4', '--seed', '1'],
    ]);
    expect([0, 77]).toContain(ended.code);
    expect(summaryOf(ended).stoppedBy).toBe('runs');
    const leads = readdirSync(join(folder, 'leads')).map((name) => join(folder, 'leads', name));
    const lead = leads.find(
      (one) => findingIn(one).signature === 'soundness canary data projected out of a proposition',
    );
    expect(lead).toBeDefined();
    expect(ended.stderr + ended.stdout).toContain(
      'data projected out of a proposition: accepted, expected a refusal',
    );

    const replayed = await leanFuzz(['replay', lead ?? '']);
    expect(replayed.stdout).toContain('stable (3 of 3)');
    const elsewhere = await leanFuzz(['replay', lead ?? '', '--lean', real.root]);
    expect(elsewhere.stdout).toContain('not reproduced');
  }, 300_000);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asText } from '../../src/store/candidate-text.js';
import { freeVariable } from '../../src/campaign/offline/selftest/kernel-cases.js';
import { constant, nat } from '../../src/ir/expr.js';
import { define } from '../../src/ir/hoas.js';
import { loadFinding, type LoadedFinding } from '../../src/store/load-finding.js';
import { leanFuzz, type Ended } from '../support/campaign.js';
import { candidate, claim, unit } from '../support/fakes.js';
import { findingOf, kernelSolution, sourceSolution } from '../support/finding-folders.js';
import { kernelUnit } from '../support/kernel-units.js';
import { temporaryFolder } from '../support/temporary-folder.js';

async function minimize(
  finding: string,
  ...args: string[]
): Promise<{ ended: Ended; smaller?: LoadedFinding; folder: string }> {
  const out = temporaryFolder();
  const ended = await leanFuzz(['minimize', finding, '--out', out, ...args]);
  const [name] = readdirSync(out);
  const folder = join(out, name ?? '');
  return { ended, folder, ...(name === undefined ? {} : { smaller: loadFinding(folder) }) };
}

describe('minimize', () => {
  it('brings a kernel-level proof of False down to what it needs, over two executors', async () => {
    const finding = kernelSolution(temporaryFolder());
    const { ended, smaller, folder } = await minimize(finding, '--time', '90s', '--cores', '2');
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    expect(smaller?.candidate.units.length).toBeLessThan(8);
    expect(smaller?.candidate.units.flatMap(({ declares }) => declares).join(' ')).not.toContain('junk');
    expect(smaller?.file).toMatchObject({ kind: 'solution', mutators: ['minimize'] });
    expect(smaller?.file.reasons.at(-1)).toContain('declarations of size');
    const replayed = await leanFuzz(['replay', folder, '--times', '1']);
    expect(replayed).toMatchObject({ code: 77 });
  }, 180_000);

  it('cuts a text down to the lines and words that it needs', async () => {
    const finding = sourceSolution(temporaryFolder());
    const { ended, smaller } = await minimize(finding, '--time', '60s', '--cores', '1');
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    const text = asText(smaller?.candidate.units ?? [], smaller?.claim);
    expect(text).not.toMatch(/Packed|halve|_\d/);
    expect(text).toContain('theorem soundness_check : False');
    expect(text.length).toBeLessThan(250);
  }, 180_000);

  it('keeps the mechanism of a lead', async () => {
    const [odd] = freeVariable.inOpaque.candidate.units;
    if (odd?.form !== 'kernel') throw new Error('a unit of the kernel level was expected');
    const found = candidate({
      level: 'kernel',
      units: [
        kernelUnit(define('junk', [], constant('Nat'), nat(7))),
        odd.with({ kind: 'broken free variable', expected: 'reject' }),
      ],
    });
    const finding = findingOf(temporaryFolder(), found, undefined, { kind: 'lead' });
    const before = loadFinding(finding);
    const ended = await leanFuzz(['minimize', finding, '--cores', '1']);
    const [folder, smaller] = [finding, loadFinding(finding)];
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(smaller.candidate.units).toHaveLength(1);
    expect(smaller.file.id).toBe(before.file.id);
    const [former = ''] = readdirSync(join(finding, 'history'));
    expect(loadFinding(join(finding, 'history', former))).toEqual(before);
    expect(readFileSync(join(folder, 'listing.txt'), 'utf8')).toContain('$_kernel_fresh.');
    const replayed = await leanFuzz(['replay', folder, '--times', '1']);
    expect(replayed.stdout).toContain('stable (1 of 1)');
  }, 60_000);

  it('says so where the finding does not reproduce, and writes nothing', async () => {
    const honest = candidate({ units: [unit({ text: 'def f := 1' })] });
    const { ended, smaller } = await minimize(findingOf(temporaryFolder(), honest, claim));
    expect(ended.code).toBe(78);
    expect(ended.stderr).toMatch(
      /^lean-fuzz: .*solution-.*: got "not reproduced", expected a finding that reproduces here\n$/,
    );
    expect(smaller).toBeUndefined();
  }, 60_000);
});

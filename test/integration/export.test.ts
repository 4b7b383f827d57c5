import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { undeclaredIn } from '../../src/kernel/export/undeclared.js';
import { leanFuzz } from '../support/campaign.js';
import { kernelSolution, sourceSolution } from '../support/finding-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The test case of a finding's export, and how the command ended. */
async function exported(
  finding: string,
  arena: string,
): Promise<{ id: string; ndjson: string; yaml: string; stdout: string }> {
  const { stdout, stderr, code } = await leanFuzz(['export', finding, '--arena', arena, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const { id } = JSON.parse(stdout) as { id: string };
  const read = (ending: string): string => readFileSync(join(arena, `${id}.${ending}`), 'utf8');
  return { id, ndjson: read('ndjson'), yaml: read('yaml'), stdout };
}

describe('export --arena', () => {
  it('writes a finding of the kernel level as a test case that our own kernel rejects', async () => {
    const arena = join(temporaryFolder(), 'checkout', 'tests', 'found');
    mkdirSync(join(arena, '..', '..', 'schemas'), { recursive: true });
    writeFileSync(join(arena, '..', '..', 'schemas', 'test.json'), '{}');
    const { id, ndjson, yaml } = await exported(kernelSolution(temporaryFolder()), arena);
    expect(undeclaredIn(ndjson)).toEqual([]);
    expect(yaml).toContain(`\nfile: tests/found/${id}.ndjson\noutcome: reject\n`);
    expect(yaml).toContain('\n  exercises: ');
    const { code, stdout } = await leanFuzz(['check', join(arena, `${id}.ndjson`)]);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^rejected: line \d+: /)]);
  });

  it('says what a proof at source level comes to, with all of the library that it rests on', async () => {
    const arena = join(temporaryFolder(), 'cases');
    const { id, ndjson, yaml } = await exported(sourceSolution(temporaryFolder()), arena);
    expect(undeclaredIn(ndjson)).toEqual([]);
    expect(yaml).toContain(`\nfile: ${id}.ndjson\noutcome: reject\n`);
  });

  it('is refused in one line where there is no finding, and where the folder can not be', async () => {
    const nothing = await leanFuzz(['export', temporaryFolder(), '--arena', 'x']);
    expect([nothing.code, nothing.stdout]).toEqual([2, '']);
    expect(nothing.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
    const folder = '/proc/nope';
    const unwritable = await leanFuzz(['export', kernelSolution(temporaryFolder()), '--arena', folder]);
    expect(unwritable.code).toBe(78);
    expect(unwritable.stderr).toMatch(/^lean-fuzz: --arena: got "\/proc\/nope"[^\n]+\n$/);
    expect(existsSync(folder)).toBe(false);
  });
});

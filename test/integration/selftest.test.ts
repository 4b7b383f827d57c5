import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { selftestCases } from '../../src/campaign/offline/selftest/cases.js';
import type { SelftestResult } from '../../src/campaign/offline/selftest/run.js';
import { selftest } from '../../src/cli/commands/selftest.js';
import { ExitCode } from '../../src/util/errors.js';
import { packageRoot } from '../../src/util/package.js';

describe('lean-fuzz selftest', () => {
  it('flags every known bug and no control', async () => {
    const { exitCode, stdout } = await execa(
      process.execPath,
      [join(packageRoot, 'bin/lean-fuzz.js'), 'selftest', '--json'],
      { reject: false },
    );
    const lines = stdout.split('\n').map((line) => JSON.parse(line) as { type: string } & SelftestResult);
    const summary = lines.pop();
    expect(lines.filter(({ ok }) => !ok)).toEqual([]);
    expect(lines.map(({ name, got }) => [name, got])).toEqual(
      selftestCases.map(({ name, expected }) => [name, expected]),
    );
    expect(summary).toMatchObject({ type: 'summary', cases: selftestCases.length, failed: 0 });
    expect(exitCode).toBe(ExitCode.clean);
  });

  it('says which case is not as expected, and exits with 78', async () => {
    const cases = selftestCases
      .filter(({ name }) => name.startsWith('14484-'))
      .map((one) => (one.name === '14484-in-theorem' ? { ...one, expected: 'solution' as const } : one));
    const lines: string[] = [];
    const exitCode = await selftest(cases, false, { write: (line: string) => lines.push(line.trimEnd()) });
    expect(lines.filter((line) => line.startsWith('FAILED'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('FAILED'))).toContain('14484-in-theorem');
    expect(lines.at(-1)).toContain(`${cases.length} cases, 1 failed`);
    expect(exitCode).toBe(ExitCode.unexpected);
  });
});

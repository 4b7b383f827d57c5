import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leanFuzz } from '../support/campaign.js';
import { isLongForm } from '../support/long-form.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Bytes of the file's beginning that are checked in the short form. */
const sample = 1 << 20;

/** The whole lines at the beginning of a file. */
function beginning(path: string): string {
  const bytes = Buffer.alloc(sample);
  const file = openSync(path, 'r');
  readSync(file, bytes);
  closeSync(file);
  return bytes.toString('utf8', 0, bytes.lastIndexOf('\n') + 1);
}

describe("the embedded Lean's Init", () => {
  it('is exported whole, and our kernel answers to each declaration as the Lean that it comes from', async () => {
    const file = join(temporaryFolder(), 'init.ndjson');
    const made = await leanFuzz(['export', '--init', file, '--json']);
    expect(JSON.parse(made.stdout)).toMatchObject({ constants: 45_818, withoutValue: 28_279, odd: [] });
    const part = join(temporaryFolder(), 'part.ndjson');
    if (!isLongForm) writeFileSync(part, beginning(file));
    const args = ['--as', '4.28.0', '--against', 'embedded', '--json'];
    const { stdout } = await leanFuzz(['check', isLongForm ? file : part, ...args]);
    const { result, declarations, notAccepted, against } = JSON.parse(stdout) as Checked;
    expect(against.differences).toEqual([]);
    expect(against.accepted + against.refused + against.noAnswer).toBe(declarations);
    expect(result).toBe(notAccepted.length === 0 ? 'accepted' : 'rejected');
    // A declaration is rejected where it mentions a constant that this Lean lacks, or needs a value that it lacks.
    const { accepted, refused } = against;
    if (isLongForm) expect([accepted, refused, notAccepted.length]).toEqual([43_952, 513, 516]);
    else expect(accepted).toBeGreaterThan(300);
  });

  it('is refused in one line where it can not be written, or with what does not belong to it', async () => {
    for (const args of [
      ['--init', '/proc/nope/x'],
      ['--init', 'x', '--arena', 'y'],
      ['finding', '--init', 'x'],
      ['--init', 'x', '--lean', '4.35.0'],
      [],
    ]) {
      const { code, stdout, stderr } = await leanFuzz(['export', ...args]);
      expect([[2, 78].includes(code ?? 0), stdout]).toEqual([true, '']);
      expect(stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
    }
  });
});

interface Checked {
  readonly result: string;
  readonly declarations: number;
  readonly notAccepted: readonly unknown[];
  readonly against: {
    readonly accepted: number;
    readonly refused: number;
    readonly noAnswer: number;
    readonly differences: readonly unknown[];
  };
}

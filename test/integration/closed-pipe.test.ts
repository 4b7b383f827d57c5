import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CampaignDatabase } from '../../src/store/database.js';
import { encodeEntry } from '../../src/share/entry-codec.js';
import { contentId } from '../../src/share/entry-codec.js';
import { candidate, entry, unit } from '../support/fakes.js';
import { program } from '../support/campaign.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Runs a command with its output cut off behind the first line: how it ended, and what it said to standard error. */
async function headOf(
  folder: string,
  args: readonly string[],
): Promise<{ line: string; code: string; stderr: string }> {
  const script = '{ "$0" "$@" 2> stderr; echo $? > code; } | head -n 1; cat stderr >&2; cat code >&2';
  const { stdout, stderr } = await promisify(execFile)(
    'sh',
    ['-c', script, process.execPath, program, ...args],
    { cwd: folder },
  );
  const lines = stderr.trimEnd().split('\n');
  return { line: stdout.trimEnd(), code: lines.at(-1) ?? '', stderr: lines.slice(0, -1).join('\n') };
}

/** A campaign's folder whose corpus prints far more than a pipe holds. */
function largeCampaign(folder: string): string {
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  for (let index = 0; index < 3000; index++) {
    const made = candidate({ units: [unit({ text: `def f := ${index}` })] });
    const stored = entry({ id: contentId(made), candidate: made });
    database.addEntry({ entry: stored, bytes: encodeEntry(stored) }, index);
  }
  database.close();
  return folder;
}

describe('a command whose reader goes away', () => {
  it.each([
    ['corpus list', () => ['corpus', 'list', '.', '--json'], '{"number":1,'],
    ['gen', () => ['gen', '--count', '1000000', '--seed', '1'], '-- seed 1, candidate 0'],
    ['doctor', () => ['doctor', '--json'], '{"type":"check"'],
    ['the help', () => ['--help'], 'Usage: lean-fuzz'],
  ])(
    'ends with its own code and says nothing of it: %s',
    async (name, args, first) => {
      const folder = temporaryFolder();
      if (name === 'corpus list') largeCampaign(folder);
      const { line, code, stderr } = await headOf(folder, args());
      expect(line.startsWith(first)).toBe(true);
      expect({ code, stderr }).toEqual({ code: '0', stderr: '' });
    },
    120_000,
  );

  it('a campaign without an end stops as at Ctrl-C, and leaves its summary', async () => {
    const folder = temporaryFolder();
    const args = [
      ...['--json', '--lean', quickLean, '--cores', '1', '--seed', '1'],
      ...['--campaign', 'campaign', '--solutions', 'solutions'],
    ];
    const { line, code, stderr } = await headOf(folder, args);
    // A slow boot says how far it is.
    expect(JSON.parse(line)).toMatchObject({ type: expect.stringMatching(/^(booting|started)$/) as string });
    expect({ code, stderr }).toEqual({ code: '0', stderr: '' });
    const summary = (await import(join(folder, 'campaign', 'summary.json'), { with: { type: 'json' } })) as {
      default: object;
    };
    expect(summary.default).toMatchObject({ type: 'summary', stoppedBy: 'signal' });
  }, 240_000);
});

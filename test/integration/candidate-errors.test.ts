import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/store/read-campaign.js';
import { corpusOf, leanFuzz, summaryOf, traceOf, type Ended } from '../support/campaign.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

function run(folder: string, args: readonly string[]): Promise<Ended> {
  const folders = ['--campaign', join(folder, 'campaign'), '--solutions', join(folder, 'solutions')];
  return leanFuzz([
    '--json',
    '--lean',
    quickLean,
    '--cores',
    '1',
    '--seed',
    '3',
    '--no-confirm',
    ...folders,
    ...args,
  ]);
}

/** The errors that a campaign kept, by their files' names. */
function errorsOf(folder: string): Record<string, Record<string, unknown>> {
  const kept = join(folder, 'campaign', 'errors');
  return Object.fromEntries(
    readdirSync(kept).map((name) => [
      name,
      JSON.parse(readFileSync(join(kept, name), 'utf8')) as Record<string, unknown>,
    ]),
  );
}

function noticesIn({ stdout }: Ended): string[] {
  const lines = stdout.trim().split('\n');
  const values = lines.map((line) => JSON.parse(line) as { type: string; text?: string });
  return values.filter(({ type }) => type === 'notice').map(({ text }) => text ?? '');
}

/** A grammar whose texts fail where the condition holds of their number. */
function grammarThat(folder: string, condition: string): string {
  const path = join(folder, 'grammar.mjs');
  const texts = Array.from({ length: 30 }, (_, n) => `['Number', '${n}']`).join(', ');
  writeFileSync(
    path,
    `export default [
      { nonterminal: 'File', children: ['Number'], script: (n) => {
        if (${condition}) throw new RangeError('no text for ' + n);
        return 'theorem t : ' + n + ' = ' + n + ' := rfl';
      } },
      ${texts},
    ];`,
  );
  return path;
}

describe('a campaign goes on where a candidate', () => {
  it('can not be handed over: it is kept with its trace, and what else was imported is run', async () => {
    const folder = temporaryFolder();
    const seeds = join(folder, 'seeds');
    mkdirSync(seeds);
    writeFileSync(join(seeds, 'a.lean'), `def large := "${'x'.repeat(1_200_000)}"\n`);
    const many = Array.from({ length: 60 }, (_, n) => `def s${n} := "${'y'.repeat(20_000)}"`);
    writeFileSync(join(seeds, 'b.lean'), `${many.join('\n')}\n`);
    writeFileSync(join(seeds, 'c.lean'), 'theorem fine : 1 = 1 := rfl\n');

    // Without Init there are neither numerals nor notations.
    const ended = await run(folder, [
      ...['--lean', 'embedded', '--level', 'source', '--import', seeds, '--runs', '10', '--trace'],
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(summaryOf(ended)).toMatchObject({ stoppedBy: 'runs', errors: 1 });
    const kept = errorsOf(folder);
    expect(Object.keys(kept)).toEqual(['run-0.json']);
    expect(kept['run-0.json']).toMatchObject({ stage: 'run', name: 'TooLarge', run: 0 });
    expect(JSON.stringify(kept['run-0.json'])).toContain('x'.repeat(1_200_000));
    const [notice = ''] = noticesIn(ended).filter((text) => text.includes('ended in an error'));
    expect(notice).toMatch(/^candidate 0 ended in an error at "run": TooLarge: a request of \d+ bytes/);
    // Every other candidate was run, and each part of the files is in the corpus.
    expect(traceOf(join(folder, 'campaign')).map((line) => line.run)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(corpusOf(join(folder, 'campaign')).length).toBeGreaterThanOrEqual(5);
    expect(readCampaign(join(folder, 'campaign')).errors).toEqual({ 'run TooLarge': 1 });
  });

  it('can not be made; the count goes on when it is resumed', async () => {
    const folder = temporaryFolder();
    const grammar = grammarThat(folder, 'n % 2 > 0');
    const first = summaryOf(await run(folder, ['--grammar', grammar, '--runs', '30']));
    expect(first.errors).toBeGreaterThan(0);
    expect(first.candidates + first.errors).toBe(30);
    const kept = Object.values(errorsOf(folder));
    expect(kept).toHaveLength(first.errors);
    for (const error of kept)
      expect(error).toMatchObject({ stage: 'generate', name: 'GrammarFailure', candidate: null });
    const second = summaryOf(await run(folder, ['--grammar', grammar, '--runs', '10']));
    expect(second.errors).toBeGreaterThanOrEqual(first.errors);
    expect(second.candidates + second.errors).toBe(40);
  });
});

describe('five candidates in a row with the same error', () => {
  it('end the campaign in one line that says why', async () => {
    const folder = temporaryFolder();
    const ended = await run(folder, ['--grammar', grammarThat(folder, 'true'), '--runs', '50']);
    expect(ended.code).toBe(78);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toMatch(
      /worker 0: 5 candidates in a row ended in the same error, at "generate": GrammarFailure: .*no text for \d+/,
    );
    expect(ended.stderr).toContain('(the last is candidate 4)');
    // Those that had been made ahead by then are kept too.
    const kept = Object.values(errorsOf(folder)).map(({ run: number }) => number as number);
    expect(kept.sort((a, b) => a - b).slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
    const counted = readCampaign(join(folder, 'campaign')).errors;
    expect(counted).toEqual({ 'generate GrammarFailure': kept.length });
  });
});

import { describe, expect, it } from 'vitest';
import type { FoundInRun } from '../../../../src/api/campaign.js';
import { seedOf } from '../../../../src/cli/commands/ci.js';
import { fails, parseFailOn } from '../../../../src/report/ci/fail-on.js';
import { annotations, stepSummary } from '../../../../src/report/ci/github.js';
import { junit } from '../../../../src/report/ci/junit.js';
import { outcomeOf, type CiOutcome } from '../../../../src/report/ci/outcome.js';
import { sarif } from '../../../../src/report/ci/sarif.js';
import { foundInRun, summary } from '../../../support/fakes.js';

const news = foundInRun({ id: 'a1', signature: 'proof of False <a & "b">', folder: '/w/solutions/one' });
const known = foundInRun({ id: 'a2', known: '#14484, mended', folder: '/w/solutions/two' });
const lead = foundInRun({
  id: 'a3',
  kind: 'lead',
  leadClass: 'soundness',
  signature: 'accepted x',
  folder: '/w/c/leads/three',
});
const unwritten = { ...news, id: 'a4', written: false };

function outcome(...findings: FoundInRun[]): CiOutcome {
  return outcomeOf(summary({ findings, campaignFolder: '/w/c' }), [], '/w');
}

describe('what lets a pipeline fail', () => {
  const failing = (...texts: string[]): string[] =>
    [
      news,
      known,
      lead,
      { ...lead, id: 'a5', leadClass: 'completeness' as const },
      { ...lead, id: 'a6', known: 'note' },
    ]
      .filter((find) => fails(find, texts.map(parseFailOn)))
      .map(({ id }) => id);

  it('is a new proof of False, and what is named', () => {
    expect(failing()).toEqual(['a1']);
    expect(failing('known')).toEqual(['a1', 'a2']);
    expect(failing('lead')).toEqual(['a1', 'a3']);
    expect(failing('lead:completeness')).toEqual(['a1', 'a5']);
    expect(failing('lead:soundness', 'known')).toEqual(['a1', 'a2', 'a3']);
  });

  it.each(['', 'leads', 'lead:', 'lead:soundness ', 'solution'])('is not %j', (text) => {
    expect(() => parseFailOn(text)).toThrow(
      `--fail-on: got ${JSON.stringify(text)}, expected known, lead, or lead:`,
    );
  });
});

describe('a seed of a day', () => {
  it('is its date', () => {
    expect(seedOf(new Date('2026-11-26T23:59:59Z'))).toBe(20261126);
  });
});

describe('SARIF', () => {
  it('has a result for each find, with its file from the current folder', () => {
    const log = sarif(outcome(news, known, lead, unwritten)) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
    };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['solution', 'lead/soundness']);
    expect(run?.results.map(({ ruleId, level }) => `${String(ruleId)} ${String(level)}`)).toEqual([
      ...['solution error', 'solution note', 'lead/soundness warning', 'solution error'],
    ]);
    const location = (uri: string): object[] => [
      { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } },
    ];
    expect(run?.results[0]?.['locations']).toEqual(location('solutions/one/Finding.lean'));
    expect(run?.results[3]?.['locations']).toEqual(location('c'));
    expect(run?.results[0]?.['partialFingerprints']).toEqual({ 'leanFuzzSignature/v1': news.signature });
  });

  it('has none where nothing was found', () => {
    expect(sarif(outcome())).toMatchObject({ runs: [{ results: [] }] });
  });
});

describe('JUnit', () => {
  const xml = junit(outcome(news, known, lead));

  it('has a case for the campaign and each find, of which those fail that do', () => {
    expect(xml).toContain('<testsuites name="lean-fuzz" tests="4" failures="1" errors="0" skipped="2"');
    expect(xml.match(/<testcase /g)).toHaveLength(4);
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml).toContain('name="new solution a1"');
  });

  it('escapes what strangers wrote', () => {
    expect(xml).toContain('proof of False &lt;a &amp; &quot;b&quot;&gt;');
    expect(xml).not.toContain('<a &');
  });
});

describe('GitHub', () => {
  it('gets an annotation for each find, which ends where its line does', () => {
    const spoilt = { ...news, signature: 'a%b\n::error::c' };
    const [first, second, third] = annotations(outcome(spoilt, known, lead));
    expect(first).toMatch(
      /^::error file=solutions\/one\/Finding\.lean,title=lean-fuzz%3A new solution::a%25b/,
    );
    expect(first).not.toContain('\n');
    expect(second).toMatch(/^::notice /);
    expect(third).toMatch(/^::warning .*title=lean-fuzz%3A new lead \(soundness\)::accepted x/);
  });

  it('gets a summary with a row for each find', () => {
    const rows = stepSummary(outcome(news, known))
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(4);
    expect(rows[2]).toContain('| fails | new solution: proof of False \\<a \\& "b"\\> | 2 | `');
    expect(rows[2]).toContain('replay');
    expect(rows[3]).toContain('(#14484, mended) |');
    expect(stepSummary(outcome())).toContain('Nothing was found.');
  });
});

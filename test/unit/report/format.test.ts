import { describe, expect, it } from 'vitest';
import {
  duration,
  findingLine,
  percent,
  startLine,
  statusLine,
  summaryLines,
} from '../../../src/report/format.js';
import { finding, foundInRun, snapshot, summary } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';

const opinions = {
  ...{ asked: 120, notAsked: 0, different: 2 },
  verdicts: [
    { declaration: 'axiom', by: '4.28.0 (embedded)', accepts: 7, refuses: 1, noAnswer: 0 },
    { declaration: 'axiom', by: '4.35.0 (native)', accepts: 6, refuses: 2, noAnswer: 10 },
  ],
};

describe('what others were asked', () => {
  it('is in the status line and, with the table, in the summary, where others are asked', () => {
    expect(statusLine(snapshot())).not.toContain('others');
    expect(statusLine(snapshot({ opinions }))).toContain('others 120');
    expect(statusLine(snapshot({ opinions: { ...opinions, notAsked: 3 } }))).toContain(
      'others 120 (+3 not asked)',
    );
    const lines = summaryLines(summary({ opinions }));
    const at = lines.findIndex((line) =>
      line.startsWith('others were asked about 120 candidates, and not about 0'),
    );
    expect(lines.slice(at + 1, at + 4)).toEqual([
      'declaration  asked              accepts  refuses  no answer',
      'axiom        4.28.0 (embedded)        7        1          0',
      'axiom        4.35.0 (native)          6        2         10',
    ]);
  });
});

describe('duration', () => {
  it.each([
    [0, '0s'],
    [59.9, '59s'],
    [60, '1m00s'],
    [187, '3m07s'],
    [3599, '59m59s'],
    [7500, '2h05m'],
    [100 * 3600, '100h00m'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('percent', () => {
  it('rounds, and says "-" where there is nothing to count', () => {
    expect(percent(1, 3)).toBe('33%');
    expect(percent(0, 5)).toBe('0%');
    expect(percent(0, 0)).toBe('-');
  });

  it.each([
    [996, 1000, '99.6%'],
    [99_999, 100_000, '>99.9%'],
    [1000, 1000, '100%'],
    [99, 100, '99%'],
    [987, 1000, '99%'],
    [4, 1000, '0.4%'],
    [1, 100_000, '<0.1%'],
    [14, 1000, '1%'],
  ])('is all or nothing only where it is: %i of %i are %s', (part, whole, text) => {
    expect(percent(part, whole)).toBe(text);
  });
});

describe('startLine', () => {
  const info = { campaignFolder: '/c', seed: 7, lean: embedded, bootSeconds: 3.4 };

  it('says what a campaign begins with', () => {
    expect(startLine(info)).toBe(
      'lean-fuzz: Lean 4.28.0 (embedded, commit 38f3c0c45b8d, /lean/lean.wasm, sha256 7ba15bd90d4a) ready after 3.4s, seed 7, campaign /c',
    );
  });

  it('says what the boot went into', () => {
    const bootPhases = [
      { phase: 'preparing Lean', seconds: 0.2 },
      { phase: 'booting Lean', seconds: 3.2 },
    ];
    expect(startLine({ ...info, bootPhases })).toContain(
      'ready after 3.4s (preparing Lean 0.2s, booting Lean 3.2s), seed 7',
    );
  });

  it('says what a terminal joined, and with how many workers', () => {
    expect(startLine({ ...info, joinedWorkers: [2, 3] })).toBe(
      'lean-fuzz: joined as workers 2, 3 after 3.4s, Lean 4.28.0 (embedded, commit 38f3c0c45b8d, /lean/lean.wasm, sha256 7ba15bd90d4a), seed 7, campaign /c',
    );
    expect(startLine({ ...info, joinedWorkers: [2] })).toContain('joined as worker 2 after');
  });
});

describe('statusLine', () => {
  it('shows what an operator wants to see', () => {
    const line = statusLine(snapshot());
    expect(line).not.toContain('\n');
    for (const part of [
      ...['1m07s', 'tests 1200 (1075/min)', 'workers RW', 'accepted 88%', 'features 99', 'corpus 42'],
      ...['leads 1', 'solutions 2', 'restarts 3', 'dropped 4'],
    ])
      expect(line).toContain(part);
  });

  it('counts signatures, those of a baseline apart, and no repeats', () => {
    const line = statusLine(
      snapshot({ leads: 900, newLeads: 3, knownLeads: 2, solutions: 50, knownSolutions: 1 }),
    );
    expect(line).toContain('leads 3 (+2 known)  solutions 2 (+1 known)');
    const early = statusLine(snapshot({ newLeads: 0, knownLeads: 1, unnamedLeads: 8, unnamedSolutions: 1 }));
    expect(early).toContain('leads 0 (+1 known, +8 unnamed)  solutions 2 (+1 unnamed)');
  });
});

describe('findingLine', () => {
  it('is one line with kind, reasons, seed, candidate and folder', () => {
    expect(findingLine(finding(), '/s/solution-1', undefined)).toBe(
      'solution: "decide" proves False (seed 7, candidate 3; /s/solution-1)',
    );
    expect(findingLine(finding(), '', undefined)).not.toContain(';');
  });

  it('says what a baseline knows of it', () => {
    expect(findingLine(finding(), '/s/solution-1', '#14484')).toMatch(/^known solution \(#14484\): /);
  });
});

describe('a campaign that has only imported', () => {
  it('counts its candidates, for it has no tests', () => {
    expect(statusLine(snapshot({ tests: 0, testsPerMinute: 0, candidates: 12 }))).toContain(
      'tests 0 (0/min)  candidates 12  ',
    );
    expect(statusLine(snapshot())).not.toContain('candidates');
    const [first] = summaryLines(summary({ tests: 0, testsPerMinute: 0, candidates: 12 }));
    expect(first).toContain(': 12 candidates, none with a test of its own, ');
    const [idle] = summaryLines(summary({ tests: 0, testsPerMinute: 0, candidates: 0 }));
    expect(idle).toContain(': 0 tests, 0 a minute, ');
  });
});

describe('summaryLines', () => {
  it('says of all restarts what they were for', () => {
    const parts = { timeouts: 2, crashes: 1, outOfMemory: 0, killed: 1 };
    const ends = (restarts: number): string => summaryLines(summary({ ...parts, restarts })).join('\n');
    const known = '(2 timeouts, 1 crashes, 0 out of memory, 1 killed from outside';
    expect(ends(4)).toContain(`restarts 4 ${known})`);
    expect(ends(7)).toContain(`restarts 7 ${known}, 3 of workers or while judging)`);
  });

  it('says whether candidates have changed what they ran in, but for the Lake target, where none can', () => {
    const line = 'state between candidates: 12 canaries asked, 0 wrong';
    expect(summaryLines(summary())).toContain(line);
    expect(summaryLines(summary({ checks: {} }))).not.toContain(line);
  });

  it('ends with a table of what was found, with the commands that go on from there', () => {
    const findings = [
      foundInRun(),
      foundInRun({ kind: 'lead', id: 'bb', known: '#14484', declarations: 1, folder: '/c/leads/lead-bb' }),
      foundInRun({ kind: 'lead', id: 'cc', written: false, folder: '/c/leads/lead-cc' }),
    ];
    const lines = summaryLines(summary({ findings }));
    expect(lines.slice(lines.indexOf('found in this run:') + 1)).toEqual([
      '  new solution, 2 declarations, size 118: solution by decide',
      '    replay with: npx lean-fuzz replay /solutions/solution-1',
      '    minimise with: npx lean-fuzz minimize /solutions/solution-1',
      '  known lead (#14484), 1 declaration, size 118: solution by decide',
      '    replay with: npx lean-fuzz replay /c/leads/lead-bb',
      '    minimise with: npx lean-fuzz minimize /c/leads/lead-bb',
      '  new lead, 2 declarations, size 118: solution by decide',
      '    replay with: npx lean-fuzz replay /campaigns/one cc',
    ]);
    expect(summaryLines(summary({ findings: [] })).join('\n')).not.toContain('found in this run');
  });

  it('says what was tried and what to try next where nothing new was found', () => {
    const mendedBugs = ['#14484', '#14613'];
    const known = foundInRun({ known: '#9029' });
    for (const findings of [[], [known]]) {
      const lines = summaryLines(summary({ findings, mendedBugs, leanVersion: '4.35.0' }));
      expect(lines.find((line) => line.includes('#14484, #14613'))).toMatch(
        /^Lean 4.35.0 has no more of these bugs .*; tried were \d+ candidates of \d+ declarations$/,
      );
      expect(lines).toContain('nothing new was found; to go on:');
      expect(lines).toContain('  npx lean-fuzz --campaign /campaigns/one --time 1h  # resumes it');
    }
    for (const parts of [{ findings: [known, foundInRun()] }, { findings: [], candidates: 0 }])
      expect(summaryLines(summary(parts)).join('\n')).not.toContain('to go on');
  });

  it('counts findings for which the last table has no room', () => {
    const findings = Array.from({ length: 20 }, (_, at) => foundInRun({ id: String(at) }));
    const lines = summaryLines(summary({ findings }));
    expect(lines.at(-1)).toBe('  and 8 more; all of them: npx lean-fuzz report /campaigns/one');
  });

  it('says why it ended, the seed and the campaign folder', () => {
    const text = summaryLines(summary({ stoppedBy: 'signal' })).join('\n');
    expect(text).toContain('stopped by signal after 1m07s');
    expect(text).toContain('seed 7, campaign /campaigns/one');
    expect(text).toContain('94% of the time inside Lean');
  });

  it('says how many constants were not looked at to the end, where there are some', () => {
    const said = 'constants were not looked at to the end';
    expect(summaryLines(summary({ unlooked: 4 })).join('\n')).toContain(`4 ${said}`);
    expect(summaryLines(summary({ unlooked: 0 })).join('\n')).not.toContain(said);
  });
});

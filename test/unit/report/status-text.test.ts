import { describe, expect, it } from 'vitest';
import { recent, secondsWithoutNews } from '../../../src/report/recent.js';
import { sparkline } from '../../../src/report/sparkline.js';
import { statusLines } from '../../../src/report/status-text.js';
import { findingRow, point, record, unwrittenRow } from '../../support/records.js';

describe('a sparkline', () => {
  it('has the value at the end of each stretch of time', () => {
    expect(
      sparkline(
        [
          [5, 1],
          [10, 8],
        ],
        2,
      ),
    ).toBe('▂█');
    expect(sparkline([[10, 0]], 3)).toBe('▁▁▁');
    expect(sparkline([], 3)).toBe('');
  });
});

describe('the last stretch of a campaign', () => {
  const stored = record({
    statistics: [point(30), point(60), point(100), point(120)],
    workers: [60, 120].flatMap((elapsedSeconds) =>
      [0, 1].map((worker) => ({ elapsedSeconds, worker, tests: 5 * elapsedSeconds * (worker + 1) })),
    ),
  });

  it('has what was done in it, by each worker too', () => {
    expect(recent(stored)).toEqual({
      seconds: 60,
      tests: 1200,
      byWorker: new Map([
        [0, 300],
        [1, 600],
      ]),
    });
    expect(recent(stored, 1000)).toMatchObject({ seconds: 120, tests: 2400 });
  });

  it('takes counts that began anew for what they are', () => {
    const resumed = {
      ...stored,
      workers: [
        { elapsedSeconds: 60, worker: 0, tests: 900 },
        { elapsedSeconds: 120, worker: 0, tests: 70 },
      ],
    };
    expect(recent(resumed).byWorker).toEqual(new Map([[0, 70]]));
  });

  it('says how long nothing new was seen', () => {
    const still = [point(10), point(20), point(50, { features: 60 }), point(90, { features: 60 })];
    expect(secondsWithoutNews({ statistics: still })).toBe(70);
    expect(secondsWithoutNews({ statistics: [...still, point(100, { features: 60, blocks: 1 })] })).toBe(0);
    expect(secondsWithoutNews({ statistics: [] })).toBe(0);
  });
});

describe('the status of a campaign', () => {
  const findings = [
    findingRow({ kind: 'solution', signature: 'one', times: 1, folder: '/c/s/solution-1' }),
    findingRow({ known: 'a note', signature: 'two' }),
    ...Array.from({ length: 8 }, (_, n) => unwrittenRow({ signature: `more ${n}`, id: `id${n}` })),
  ];
  const lines = statusLines(record({ findings, statistics: [point(60), point(120, { blocks: 5 })] }), true);

  it('begins with what was found, solutions first, and counts what it leaves out', () => {
    expect(lines[0]).toMatch(/: running, Lean 4\.28\.0/);
    expect(lines[1]).toBe('solutions 1, leads 8 (+1 known)');
    expect(lines[2]).toBe('  solution: one; /c/s/solution-1');
    expect(lines[3]).toBe('  known lead: two, 12 times; /c/leads/lead-00aa');
    expect(lines[4]).toBe('  lead: more 0, 12 times; id0');
    expect(lines).toContain('  and 2 more');
  });

  it('tells apart what has no name yet, be its provisional one known', () => {
    const unnamed = [unwrittenRow({ isUnnamed: true, known: 'a note', id: 'young' })];
    const said = statusLines(record({ findings: unnamed, statistics: [point(60)] }), true);
    expect(said[1]).toBe('solutions 0, leads 0 (+1 unnamed)');
    expect(said[2]).toMatch(/^ {2}unnamed lead: .*; young$/);
  });

  it('says whether candidates have changed what they ran in', () => {
    expect(lines).toContain('state between candidates: 12 canaries asked, 1 wrong');
  });

  it('has rates in all and lately', () => {
    expect(lines.join('\n')).toContain(
      'time 2m00s, tests 2400 (1200/min, 1200/min lately), candidates 1200, accepted 80%',
    );
    expect(lines.join('\n')).toContain('corpus 240, features 360, blocks 5, nothing new for 0s');
  });

  it('says that nothing was counted', () => {
    expect(statusLines(record({ statistics: [] }), false)).toEqual([
      expect.stringContaining(': not running, Lean'),
      'nothing was counted yet',
    ]);
  });
});

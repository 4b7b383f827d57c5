import { describe, expect, it } from 'vitest';
import { problemsOf, type Surroundings } from '../../../src/report/health.js';
import { statusLines } from '../../../src/report/status-text.js';
import { point, record, unwrittenRow } from '../../support/records.js';
import type { CampaignRecord, StatisticsPoint } from '../../../src/api/report.js';

const quiet: Surroundings = { isRunning: false, cores: 2, freeBytes: 2 ** 40 };

/** A campaign of a minute and more in which all is well, but for what is said. */
function campaign(
  parts: Partial<StatisticsPoint> = {},
  others: Partial<CampaignRecord> = {},
): CampaignRecord {
  return record({
    ...{ errors: {}, findings: [], workers: [] },
    statistics: [point(60), point(120, parts)],
    ...others,
  });
}

const worker = (
  elapsedSeconds: number,
  number: number,
  tests: number,
): CampaignRecord['workers'][number] => ({
  ...{ elapsedSeconds, worker: number, tests },
});

describe('the health of a campaign', () => {
  it('has no problem where all is well', () => {
    expect(problemsOf(campaign(), quiet)).toEqual([]);
    expect(problemsOf(campaign({ restarts: 60 }), quiet)).toEqual([]);
  });

  it('says first that its process is stopped, and how it goes on', () => {
    const [first] = problemsOf(campaign(), { ...quiet, isRunning: true, stopped: 77, cores: 1 });
    expect(first?.problem).toContain('its process 77 is stopped');
    expect(first?.advice).toBe('kill -CONT 77 lets it go on');
    expect(statusLines(campaign(), true, 77)[0]).toContain(': stopped (kill -CONT 77 lets it go on), Lean');
  });

  it.each([
    ['no candidate', campaign({ candidates: 0 }), 'no candidate was run'],
    ['nothing stored', campaign({}, { statistics: [] }), 'no candidate was run'],
    ['no variety', campaign({ features: 11 }), '1200 candidates have shown 11 different behaviours only'],
    [
      'restarts',
      campaign({ restarts: 61, timeouts: 50 }),
      '61 executors had to be replaced (5% of candidates), most for timeouts (50)',
    ],
    ['refusals', campaign({ declarationsAccepted: 299 }), 'Lean accepts 50% of the declarations'],
    ['judging', campaign({ shareJudging: 0.51 }), 'workers spend 51% of their time judging'],
    [
      'errors',
      campaign({}, { errors: { 'judge TypeError': 3, 'run Error': 4 } }),
      'run Error (4), judge TypeError (3)',
    ],
    ['drops', campaign({ dropped: 7 }), '7 entries or declarations were dropped'],
    [
      'unwritten',
      campaign({}, { findings: [unwrittenRow({ id: '00bb' })] }),
      '1 finding has no folder: 00bb',
    ],
    [
      'unwritten beside unnamed ones and those of others',
      campaign(
        {},
        {
          findings: [
            ...[unwrittenRow({ id: '00aa', isUnnamed: true }), unwrittenRow({ id: '00bb', machine: 'm' })],
            ...[unwrittenRow({ id: '00cc' }), unwrittenRow({ id: '00dd' })],
          ],
        },
      ),
      '2 findings have no folder, 00cc among them',
    ],
    [
      'no news',
      campaign({}, { statistics: [point(600), point(601), point(1300, { features: 3 * 601 })] }),
      'nothing new was seen for 11m39s',
    ],
    [
      'others not asked',
      campaign({}, { opinions: { asked: 1, notAsked: 3, different: 0, verdicts: [] } }),
      'others were asked about 25% of the candidates',
    ],
  ])('names %s, and what to do', (_, stored, expected) => {
    const [first, ...more] = problemsOf(stored, quiet);
    expect(first?.problem).toContain(expected);
    expect(first?.advice).not.toBe('');
    expect(more).toEqual([]);
  });

  it('waits for the first numbers of one that has just begun', () => {
    const young = campaign({}, { statistics: [point(0)] });
    expect(problemsOf(young, { ...quiet, isRunning: true })).toEqual([]);
    expect(problemsOf(young, quiet)).toHaveLength(1);
  });

  it('looks at the machine, too', () => {
    const low = problemsOf(campaign(), { ...quiet, freeBytes: 5 << 20 });
    expect(low.map(({ problem }) => problem)).toEqual(["5 MiB are free where the campaign's folder is"]);
    expect(problemsOf(campaign(), { ...quiet, freeBytes: undefined })).toEqual([]);
  });

  it('looks at the workers of a campaign that runs', () => {
    const workers = [0, 1, 2].flatMap((number) => [
      worker(60, number, 1000),
      worker(120, number, number === 1 ? 1010 : 2000),
    ]);
    const stored = campaign({}, { workers });
    expect(problemsOf(stored, quiet)).toEqual([]);
    const said = problemsOf(stored, { ...quiet, isRunning: true, cores: 4 }).map(({ problem }) => problem);
    expect(said).toEqual(['workers 1 do less than a quarter of what the others do', '3 of 4 cores are used']);
  });
});

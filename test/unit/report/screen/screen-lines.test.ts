import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../../src/api/campaign.js';
import { screenLines } from '../../../../src/report/screen/screen-lines.js';
import {
  emptyScreen,
  rateNow,
  secondsSinceNews,
  withFind,
  withNotice,
  withSnapshot,
  type ScreenState,
} from '../../../../src/report/screen/screen-state.js';
import { snapshot } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { yieldOf } from '../../../support/records.js';

const far = { host: 'far', cores: 4, testsPerMinute: 600, leads: 2, solutions: 1 };
const size = { columns: 80, rows: 24, colours: false };

/** A campaign of some workers after a minute, with one find of each sort. */
function after(seconds: number, workers = 2, parts: Partial<Snapshot> = {}): ScreenState {
  let state: ScreenState = {
    ...emptyScreen,
    info: { campaignFolder: '/c', seed: 7, lean: embedded, bootSeconds: 3, knownBugs: ['#14484'] },
  };
  for (let second = 0; second <= seconds; second++) {
    state = withSnapshot(
      state,
      snapshot({
        ...{ elapsedSeconds: second, tests: 20 * second, testsPerMinute: 1200, candidates: 150 },
        ...{ features: Math.min(second, 40), blocks: Math.min(second, 30), blocksInAll: 1000 },
        workers: Array.from({ length: workers }, (_, worker) => ({
          ...{ worker, pid: 1000 + worker, state: 'running' as const },
          ...{ tests: 10 * second, candidates: second, leanMiB: 120 },
        })),
        bestYields: [
          yieldOf({ name: 'regrow', newFeatures: 9 }),
          yieldOf({ kind: 'category', name: 'universes' }),
        ],
        ...parts,
      }),
    );
  }
  state = withFind(state, {
    kind: 'solution',
    signature: 'solution decide def',
    isKnown: false,
    seconds: 12,
  });
  state = withFind(state, { kind: 'lead', signature: 'soundness accepts', isKnown: false, seconds: 20 });
  state = withFind(state, { kind: 'lead', signature: 'an old thing', isKnown: true, seconds: 30 });
  return withNotice(state, 'worker 1 ended (SIGKILL) and was replaced');
}

describe('the screen', () => {
  it('shows the other machines that share the campaign', () => {
    const seen = [
      { ...far, machine: 'far-00000001', state: 'running' as const, secondsAgo: 7 },
      { ...far, machine: 'far-00000002', state: 'ended' as const },
    ];
    const machines = { others: 1, testsPerMinute: 600, leads: 2, solutions: 1, isAway: true, seen };
    const lines = screenLines(after(67, 1, { machines }), { ...size, columns: 100, rows: 40 });
    const at = lines.findIndex((line) => line.startsWith('machines'));
    expect(lines[at]).toMatch(/^machines +2 {2}the others 600 tests\/min {2}not reached$/);
    expect(lines[at + 1]?.split(/ +/)).toEqual([
      'machine',
      'host',
      'cores',
      'tests/min',
      'last',
      'seen',
      'leads',
      'solutions',
    ]);
    expect(lines[at + 2]?.trim().split(/ +/)).toEqual(['far-00000001', 'far', '4', '600', '7s', '2', '1']);
    expect(lines[at + 3]?.trim().split(/ +/)).toEqual(['far-00000002', 'far', '4', '600', 'ended', '2', '1']);
  });

  it('begins with what was found, news first, and has all else below on a usual terminal', () => {
    const lines = screenLines(after(67), size);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines[0]).toMatch(/^lean-fuzz {2}1m07s {2}Lean 4\.28\.0 \(embedded\) {2}seed 7 +q ends$/);
    expect(lines[1]).toBe('solutions 2  leads 1  soundness 1');
    expect(lines.slice(2, 5)).toEqual([
      '     12s  solution: solution decide def',
      '     20s  lead: soundness accepts',
      '     30s  known lead: an old thing',
    ]);
    const shown = lines.join('\n');
    for (const part of [
      'tests     1200/min now  1200/min overall  1340 in all  150 candidates',
      'accepted  88% of 400 declarations',
      'outcomes  finished 98%  timeout 0.7%  crash 0.7%  out of memory 0.7%',
      'time      inside Lean 94%  making 1%  judging 3%',
      'restarts  3 (1 timeouts, 1 crashes, 1 memory)  errors 0  dropped 4',
      'memory    2.0 of 8.0 GiB free  a Lean has up to 120 MiB',
      'corpus    42',
      'source mutators  regrow 9/4',
      'source categories  universes 2/4',
      'worker 1 ended (SIGKILL) and was replaced',
    ])
      expect(shown).toContain(part);
    expect(shown).toMatch(/^features {2}40 {8}▁+▂[▁-█]+█+ {2}new 27s ago$/m);
    expect(shown).toMatch(/^blocks {4}30 {8}[▁-█]+ {2}3% of the kernel$/m);
    expect(shown).toMatch(/^ {5}1 {2}running +600 +670 +67 +120 +1001$/m);
  });

  it.each([
    [80, 24],
    [40, 24],
    [200, 60],
    [80, 6],
    [20, 3],
    [1, 1],
  ])('fits %i columns and %i rows', (columns, rows) => {
    const lines = screenLines(after(300, 40), { columns, rows, colours: false });
    expect(lines.length).toBeLessThanOrEqual(rows);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('keeps what matters most where there are few rows, and cuts no number where there are few columns', () => {
    const lines = screenLines(after(67), { columns: 40, rows: 6, colours: false });
    expect(lines[1]).toBe('solutions 2  leads 1  soundness 1');
    expect(lines).toContain('     12s  solution: solution decide def');
    expect(lines).toContain('tests     1200/min now  1200/min overall');
    expect(lines.at(-1)).toBe('worker 1 ended (SIGKILL) and was replac…'.slice(0, 40));
  });

  it('shows more workers where there is more room', () => {
    const rowsOf = (rows: number): number =>
      screenLines(after(67, 40), { columns: 80, rows, colours: false }).filter((line) =>
        line.includes('running'),
      ).length;
    expect(rowsOf(24)).toBeGreaterThan(0);
    expect(rowsOf(60)).toBeGreaterThan(30);
  });

  it('has colours only where they are wanted', () => {
    expect(screenLines(after(67), size).join('')).not.toContain('\x1b');
    expect(screenLines(after(67), { ...size, colours: true })[1]).toBe(
      '\x1b[1;31msolutions 2\x1b[0m  \x1b[33mleads 1\x1b[0m  \x1b[2msoundness 1\x1b[0m',
    );
  });

  it('shows what a boot is at, and that the end was asked for', () => {
    const boot = { phase: 'booting Lean', step: 'importing Init', seconds: 3.7 };
    expect(screenLines({ ...emptyScreen, boot }, size)).toEqual([
      expect.stringMatching(/^lean-fuzz +q ends$/),
      'booting Lean: importing Init (3s)',
    ]);
    expect(screenLines({ ...after(3), isEnding: true }, size)[0]).toMatch(
      /^lean-fuzz is ending .*q again: at once$/,
    );
  });

  it('lets nothing that was found change the terminal', () => {
    const state = withFind(after(1), { kind: 'lead', signature: 'x\x1b[2Jy\nz', isKnown: false, seconds: 1 });
    expect(screenLines(state, size)).toContain('      1s  lead: x\\u{1b}[2Jy\\nz');
  });
});

describe('the state', () => {
  it('knows the rate of the last seconds, of all and of a worker', () => {
    const fast = withSnapshot(after(60), snapshot({ elapsedSeconds: 61, tests: 1800, workers: [] }));
    expect(rateNow(fast)).toBe(Math.round(((1800 - 20 * 51) * 60) / 10));
    expect(rateNow(after(60), 1)).toBe(600);
    expect(rateNow(after(60), 9)).toBe(0);
    expect(rateNow(after(0))).toBe(0);
  });

  it('stays small, and remembers when something new was seen', () => {
    const state = after(1500);
    expect(state.history.length).toBeLessThanOrEqual(512);
    expect(state.history[0]?.seconds).toBe(0);
    expect(secondsSinceNews(state)).toBeGreaterThan(1450);
    expect(secondsSinceNews(after(100, 2, { features: 1, blocks: 0 }))).toBe(100);
  });
});

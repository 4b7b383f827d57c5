import { describe, expect, it } from 'vitest';
import type { CodeMap } from '../../../src/api/code-map.js';
import type { BlockRow } from '../../../src/api/report.js';
import { coverageOf, differencesOf } from '../../../src/report/coverage.js';
import { coverageSection } from '../../../src/report/coverage-html.js';
import { coverageLines, differenceLines } from '../../../src/report/coverage-text.js';

/** Two functions: `whnf` branches at 0x108 and 0x118, `add_quot` is one block that calls something. */
const map: CodeMap = {
  functions: [
    { name: 'type_checker::whnf', symbol: 'w', group: 'type checking', offset: 0x100 },
    { name: 'environment::add_quot<x>', symbol: 'q', group: 'quotients', offset: 0x200 },
  ],
  blocks: [
    { offset: 0x100, byte: 1, function: 0, guards: [], calls: [] },
    { offset: 0x110, byte: 1, function: 0, guards: [{ branch: 0, taken: false }], calls: ['whnf_core'] },
    { offset: 0x120, byte: 1, function: 0, guards: [{ branch: 0, taken: true }], calls: ['is_prop'] },
    { offset: 0x130, byte: 1, function: 0, guards: [{ branch: 1, taken: true }], calls: [] },
    { offset: 0x200, byte: 1, function: 1, guards: [], calls: ['check'] },
  ],
  branches: [
    { offset: 0x108, function: 0, condition: 'tag 7: cmp eax,7; jne' },
    { offset: 0x128, function: 0, condition: 'is_prop: test al,al; je' },
  ],
};

const row = (block: number, elapsedSeconds: number): BlockRow => ({
  block,
  run: 1,
  declaration: 'd',
  elapsedSeconds,
});
const rows = [row(0, 0.5), row(1, 90)];

describe('what a campaign has reached', () => {
  const coverage = coverageOf(map, rows);

  it('is counted by function, with those first that miss most', () => {
    expect(coverage).toMatchObject({
      blocks: 5,
      reached: 2,
      overTime: [
        [1, 1],
        [90, 2],
      ],
    });
    expect(
      coverage.functions.map(({ name, reached, blocks, lastSeconds }) => [
        name,
        reached,
        blocks,
        lastSeconds,
      ]),
    ).toEqual([
      ['type_checker::whnf', 2, 4, 90],
      ['environment::add_quot<x>', 0, 1, null],
    ]);
  });

  it('lists what is missing at the edge of what was reached, with what guards it, and nothing behind that', () => {
    expect(coverage.functions[0]?.never).toEqual([
      { at: 0x20, when: ['+0x8 is taken (tag 7: cmp eax,7; jne)'], calls: ['is_prop'] },
    ]);
    expect(coverage.functions[1]?.never).toEqual([{ at: 0, when: ['it is called'], calls: ['check'] }]);
  });

  it('is told in lines and in HTML, where names are no markup', () => {
    const text = coverageLines(coverage, false).join('\n');
    expect(text).toContain('2/5 (40%) blocks');
    expect(text).toContain('50% of it after 1s, 90% of it after 1m30s');
    expect(text).toContain('+0x20: is_prop; when +0x8 is taken (tag 7: cmp eax,7; jne)');
    const html = coverageSection(coverage);
    expect(html).toContain('environment::add_quot&lt;x&gt; 0/1');
    expect(html).not.toContain('<x>');
    expect(html).toContain('width:50%');
  });

  it('takes nothing from blocks that the map does not have', () => {
    expect(coverageOf(map, [...rows, row(99, 1)]).reached).toBe(2);
  });
});

describe('the difference of two campaigns', () => {
  const one = { map, rows };

  it('on one Lean names the functions of which other blocks were reached', () => {
    expect(differencesOf(one, one, true)).toEqual([]);
    const other = { map, rows: [row(0, 1), row(2, 1)] };
    expect(differencesOf(one, other, true)).toEqual([
      { name: 'type_checker::whnf', blocks: [4, 4], reached: [2, 2], only: [1, 1] },
    ]);
    expect(differenceLines(differencesOf(one, other, true))).toEqual([
      'type_checker::whnf: 2/4, 2/4  (only the first: 1, only the second: 1)',
    ]);
    expect(differenceLines([])).toEqual(['both have reached the same']);
  });

  it('on two Leans matches functions by name', () => {
    const newer = { ...map, functions: map.functions.map((f, i) => (i === 1 ? { ...f, name: 'quot' } : f)) };
    const lines = differenceLines(differencesOf(one, { map: newer, rows: [...rows, row(4, 1)] }, false));
    expect(lines).toEqual(['environment::add_quot<x>: 0/1, not there', 'quot: not there, 1/1']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  byYield,
  headlines,
  markdownReport,
  outcomes,
  replayCommand,
  workerRates,
} from '../../../src/report/campaign-report.js';
import { barChart, lineChart } from '../../../src/report/charts.js';
import { htmlReport } from '../../../src/report/html-report.js';
import { findingRow, record } from '../../support/records.js';

const opinions = {
  ...{ asked: 120, notAsked: 4, different: 2 },
  verdicts: [{ declaration: 'axiom', by: '4.35.0 (na|tive)', accepts: 6, refuses: 2, noAnswer: 10 }],
};

describe('a report of a campaign that has asked others', () => {
  it('has a table of who answers what, in both formats', () => {
    expect(markdownReport(record())).not.toContain('Who answers what');
    expect(markdownReport(record({ opinions }))).toContain('| axiom | 4\\.35.0 (na\\|tive) | 6 | 2 | 10 |');
    expect(htmlReport(record())).not.toContain('Who answers what');
    expect(htmlReport(record({ opinions }))).toContain(
      '<td>4.35.0 (na|tive)</td><td>6</td><td>2</td><td>10</td>',
    );
  });
});

describe('what a report says', () => {
  it('counts what is known apart', () => {
    expect(Object.fromEntries(headlines(record()))).toMatchObject({
      ...{ 'new solutions': '1', 'known solutions': '0', 'new lead signatures': '1' },
      ...{ 'known lead signatures': '1', 'tests a minute': '1200', 'time judging': '5%' },
    });
  });

  it('shares the candidates out among all ends that there are', () => {
    const rows = outcomes(record());
    const candidates = rows.filter(({ name }) => name.startsWith('candidates'));
    expect(candidates.map(({ count }) => count)).toEqual([294, 1, 2, 3]);
    expect(rows.find(({ name }) => name === 'errors: judge TypeError')).toMatchObject({
      count: 3,
      share: '1%',
    });
    expect(rows.find(({ name }) => name === 'declarations refused')).toMatchObject({
      count: 30,
      share: '20%',
    });
    expect(outcomes(record({ statistics: [] }))).toEqual([]);
  });

  it('gives rates between two times, from zero where a campaign was resumed', () => {
    const [first, second] = workerRates(record());
    expect(first?.points).toEqual([
      [20, 600],
      [30, 300],
    ]);
    expect(second?.points[0]).toEqual([20, 1200]);
  });

  it('has the best yield first', () => {
    expect(byYield(record(), 'mutator').map(({ name }) => name)).toEqual(['regrow', 'drop']);
    expect(byYield(record(), 'category').map(({ name }) => name)).toEqual(['universes']);
  });

  it('quotes folders for the shell', () => {
    const row = findingRow({ id: '00aa' });
    expect(replayCommand({ folder: '/c' }, row)).toBe('npx lean-fuzz replay /c 00aa');
    expect(replayCommand({ folder: "/it's" }, row)).toBe(`npx lean-fuzz replay '/it'\\''s' 00aa`);
  });
});

describe('markdownReport', () => {
  it('keeps what is in a signature from breaking its table', () => {
    const lines = markdownReport(record()).split('\n');
    const row = lines.find((line) => line.startsWith('| accepted opaque'));
    expect(row?.split(/(?<!\\)\|/)).toHaveLength(8);
    expect(markdownReport(record({ findings: [] }))).toContain('## Solutions\n\nNone.');
  });
});

describe('htmlReport', () => {
  const page = htmlReport(record());

  it('has every chart and table', () => {
    for (const title of [
      ...['Tests over time', 'Features over time', 'Corpus growth', 'Tests a minute by worker'],
      ...['Outcome shares', 'New features by mutator', 'New features by category'],
    ])
      expect(page).toContain(`<figcaption>${title}</figcaption>`);
    expect(page.indexOf('<svg')).toBeLessThan(page.indexOf('<dl>'));
    expect(htmlReport(record({ yields: [] }))).not.toContain('New features by');
    expect(page.indexOf('class="cards solutions"')).toBeLessThan(page.indexOf('class="cards leads"'));
  });

  it('has each finding with its text, where it comes from, its folder and a command that a copy understands', () => {
    expect(page).toContain('<pre>def &lt;f&gt; := 1\ntheorem t</pre>');
    expect(page).toContain('candidate 12 of seed 7, by regrow, from p');
    expect(page).toContain('<a href="leads/lead-00aa/">leads/lead-00aa</a>');
    expect(page).toContain(`<a href="it's/solution-1/">`.replace("'", '&#39;'));
    expect(page).toContain('<code>npx lean-fuzz replay . 00aa</code><button');
    expect(htmlReport(record(), { from: '/elsewhere', made: 'now' })).toContain(
      'href="../c/leads/lead-00aa/"',
    );
    expect(page).not.toContain('planted bug');
    expect(htmlReport(record({ options: { kernelMutant: 'positivity' } }))).toContain(
      '<dt>planted bug</dt><dd>positivity</dd>',
    );
    expect(page).toContain('<dt>depth</dt><dd class="small">15</dd>');
  });

  it('escapes what comes from candidates, and asks for nothing from elsewhere', () => {
    expect(page).toContain('a &lt;loose&gt; variable | &quot;x&quot;');
    expect(page).not.toContain('<loose>');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script src|https?:\/\/|@import|url\(/);
  });
});

describe('charts', () => {
  it('put points where their values are, below round ticks', () => {
    const chart = lineChart('t', [
      {
        name: 's',
        points: [
          [0, 0],
          [10, 380],
        ],
      },
    ]);
    const [first, last] = /points="([^"]*)"/.exec(chart)?.[1]?.split(' ') ?? [];
    expect(first).toBe('64,192');
    expect(Number(last?.split(',')[1])).toBeCloseTo(192 - (380 / 400) * 180, 0);
    expect(chart).toContain('>400<');
  });

  it('take the points of days with many workers', () => {
    const points = Array.from({ length: 200_000 }, (_, x) => [x, x % 7] as const);
    expect(lineChart('t', [{ name: 's', points }])).toContain('>55h33m<');
    expect(
      barChart(
        't',
        Array.from({ length: 200_000 }, () => ({ name: 'x', value: 1 })),
      ),
    ).toContain('<rect');
  });

  it('are drawn when there is nothing to show', () => {
    expect(lineChart('t', [])).toContain('<svg');
    expect(lineChart('t', [{ name: 's', points: [] }])).not.toContain('NaN');
    expect(barChart('t', [])).not.toMatch(/NaN|Infinity/);
    expect(barChart('t', [{ name: 'x', value: 0 }])).not.toMatch(/NaN|Infinity/);
  });

  it('make the longest bar that of the largest value', () => {
    const chart = barChart('t', [
      { name: 'a', value: 1 },
      { name: 'b', value: 4 },
    ]);
    const [a, b] = [...chart.matchAll(/<rect x="0" y="\d+" width="([\d.]+)" height/g)].map((match) =>
      Number(match[1]),
    );
    expect((b ?? 0) / (a ?? 1)).toBeCloseTo(4, 1);
  });
});

import type { CampaignRecord, StatisticsPoint } from '../api/report.js';
import type { Yield } from '../api/yields.js';
import { asHtml } from '../util/markup.js';
import { byYield, headlines, outcomes, workerRates } from './campaign-report.js';
import type { Coverage } from './coverage.js';
import { coverageSection, coverageStyle } from './coverage-html.js';
import { barChart, lineChart, type Series } from './charts.js';
import { cardStyle, copyScript, findingCards } from './finding-card.js';
import { opinionHeads, opinionRows, opinionSentence } from './opinions-table.js';

/** Characters from which a fact has a row of its own. */
const wideFrom = 40;

/** Bars of the chart of yields. */
const maxBars = 16;

const style = `
:root { color-scheme: light dark; --line: #8884; --dim: #7778; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .8rem; }
dt { font-size: .8rem; opacity: .7; } dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; }
svg text { font-size: 11px; fill: currentColor; } .grid { stroke: var(--line); }
.legend { margin: 0; font-size: .8rem; } .legend span { margin-right: 1rem; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; border-radius: 2px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.wide { grid-column: 1 / -1; } .wide dd { font-size: .9rem; } dd { overflow-wrap: anywhere; } .small { font-size: .9rem; } .note { font-size: .85rem; opacity: .8; }
code { font-size: .85em; overflow-wrap: anywhere; }
`;

/** Takes the page's new content when the server says so; what a reader has opened stays open. */
const liveScript = `
new EventSource('events').onmessage = async () => {
  const answer = await fetch('.');
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  const keyOf = (one) => one.closest('[id]')?.id ?? one.querySelector('.name')?.textContent.split(' ')[0];
  const open = new Set([...document.querySelectorAll('details[open]')].map(keyOf));
  for (const one of next.querySelectorAll('details')) one.open = open.has(keyOf(one));
  document.querySelector('main').replaceWith(next);
};
`;

/** Facts for the page besides the campaign's record: coverage, and where, when and how the page is made. */
export interface PageFacts {
  /** The part of a native kernel's code that was reached. */
  readonly coverage?: Coverage | undefined;
  /** The folder that the page is in: links are relative to it. Default: the campaign's. */
  readonly from?: string;
  /** Whether it is served, looks again when it is told to, and has no folders beside it. */
  readonly isLive?: boolean;
  /** When and where it was made, such as `2026-01-31 12:00 on a-host`. */
  readonly made?: string;
}

/** The report as one page that needs nothing from elsewhere. */
export function htmlReport(
  record: CampaignRecord,
  { coverage, from = record.folder, made, isLive = false }: PageFacts = {},
): string {
  const title = `lean-fuzz: ${record.folder}`;
  const facts = [...headlines(record), ...(made === undefined ? [] : [['page made', made] as const])].map(
    ([name, value]) =>
      `<div${value.length > wideFrom ? ' class="wide"' : ''}><dt>${name}</dt><dd>${asHtml(value)}</dd></div>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${asHtml(title)}</title>
<style>${style}${cardStyle}${coverage === undefined ? '' : coverageStyle}</style>
</head>
<body>
<main>
<h1>${asHtml(title)}</h1>
<div class="charts">
${charts(record).join('\n')}
</div>
<dl>${facts.join('\n')}</dl>
<p class="note">Commands run in the campaign's folder, wherever it was copied to.</p>
<h2>Solutions</h2>
${findingCards(record, 'solution', isLive ? null : from)}
<h2>Leads by signature</h2>
${findingCards(record, 'lead', isLive ? null : from)}
${opinionsOf(record)}${coverage === undefined ? '' : coverageSection(coverage)}${optionsOf(record)}</main>
<script>${copyScript}${isLive ? liveScript : ''}</script>
</body>
</html>
`;
}

function optionsOf({ options }: CampaignRecord): string {
  const rows = Object.entries(options).map(
    ([key, value]) => `<div><dt>${asHtml(key)}</dt><dd class="small">${asHtml(said(value))}</dd></div>`,
  );
  return rows.length === 0 ? '' : `<h2>Options</h2>\n<dl>${rows.join('\n')}</dl>\n`;
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function opinionsOf({ opinions }: CampaignRecord): string {
  if (opinions === undefined) return '';
  const cells = (row: readonly string[], tag: string): string =>
    `<tr>${row.map((cell) => `<${tag}>${asHtml(cell)}</${tag}>`).join('')}</tr>`;
  const body = opinionRows(opinions).map((row) => cells(row, 'td'));
  return `<h2>Who answers what</h2>
<p>${asHtml(opinionSentence(opinions))}</p>
<div class="scroll"><table class="opinions"><thead>${cells(opinionHeads, 'th')}</thead><tbody>${body.join('\n')}</tbody></table></div>
`;
}

function charts(record: CampaignRecord): string[] {
  const over = (name: string, value: (point: StatisticsPoint) => number): Series => ({
    name,
    points: record.statistics.map((point) => [point.elapsedSeconds, value(point)]),
  });
  const yields = (title: string, kind: Yield['kind']): string[] => {
    const bars = byYield(record, kind)
      .slice(0, maxBars)
      .map(({ level, name, newFeatures, candidates }) => ({
        name: `${name} (${level})`,
        value: newFeatures,
        label: `${newFeatures} in ${candidates}`,
      }));
    // The kernel level alone has no categories.
    return bars.length === 0 ? [] : [barChart(title, bars)];
  };
  return [
    lineChart('Tests over time', [over('tests', ({ tests }) => tests)]),
    lineChart('Features over time', [over('features', ({ features }) => features)]),
    lineChart('Corpus growth', [over('corpus', ({ corpus }) => corpus)]),
    lineChart('Tests a minute by worker', workerRates(record)),
    barChart(
      'Outcome shares',
      outcomes(record).map(({ name, count, whole, share }) => ({
        name,
        value: whole === 0 ? 0 : (100 * count) / whole,
        label: `${share} (${count})`,
      })),
    ),
    ...yields('New features by mutator', 'mutator'),
    ...yields('New features by category', 'category'),
  ];
}

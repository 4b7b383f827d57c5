import { relative } from 'node:path';
import type { CampaignRecord, FindingRow } from '../api/report.js';
import { asHtml, asHtmlText } from '../util/markup.js';
import { installedCommand } from '../util/shell.js';
import { duration } from './format.js';

/** Characters of a finding's text that the page shows; its folder has all. */
const maxText = 20_000;

/** Styles of the cards. */
export const cardStyle = `
.cards { display: grid; gap: 1rem; }
.cards article { border: 1px solid var(--line); border-left: 4px solid var(--mark, #888); border-radius: 6px; padding: .7rem 1rem; min-width: 0; }
.solutions article { --mark: #c0392b; } .leads article { --mark: #c2871a; } .cards .known { --mark: #888; opacity: .85; }
.cards h3 { margin: 0 0 .3rem; font-size: 1rem; overflow-wrap: anywhere; } .cards p { margin: .2rem 0; overflow-wrap: anywhere; }
.cards .facts { font-size: .85rem; opacity: .8; } .cards pre { overflow: auto; max-height: 24rem; font-size: .8rem; background: #8881; padding: .6rem; }
.cards summary { cursor: pointer; } .command { display: flex; gap: .5rem; align-items: center; flex-wrap: wrap; }
button { font: inherit; font-size: .8rem; padding: .1rem .6rem; cursor: pointer; }
`;

/** Copies what stands in front of a button; where the browser does not allow it, the text is selected instead. */
export const copyScript = `
addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLButtonElement) || target.dataset.copies === undefined) return;
  const code = target.previousElementSibling;
  const said = (word) => { target.textContent = word; setTimeout(() => { target.textContent = 'copy'; }, 1500); };
  const select = () => { getSelection().selectAllChildren(code); said('selected'); };
  if (navigator.clipboard === undefined) select();
  else navigator.clipboard.writeText(code.textContent).then(() => said('copied'), select);
});
`;

/** The findings of a kind, each on a card. Links are relative to `from`, the folder that the page is in; null for none. */
export function findingCards(record: CampaignRecord, kind: string, from: string | null): string {
  const rows = record.findings.filter((row) => row.kind === kind);
  if (rows.length === 0) return '<p>None.</p>';
  return `<div class="cards ${kind}s">\n${rows.map((row) => card(record, row, from)).join('\n')}\n</div>`;
}

function card(record: CampaignRecord, row: FindingRow, from: string | null): string {
  const { signature, reason, times, size, elapsedSeconds, known, folder, id } = row;
  const { text = '', run, parents = [], mutators = [] } = record.details[id] ?? {};
  const facts = [
    known === undefined ? '<strong>new</strong>' : `known: ${asHtml(known)}`,
    `${times === 1 ? 'once' : `${times} times`}, first after ${duration(elapsedSeconds)}`,
    `size ${size}`,
    ...(row.machine === undefined ? [] : [`on ${asHtml(row.machine)}`]),
  ];
  const lineage = [
    ...(run === undefined ? [] : [`candidate ${run} of seed ${record.seed}`]),
    ...(mutators.length === 0 ? [] : [`by ${asHtml(mutators.join(', '))}`]),
    ...(parents.length === 0 ? [] : [`from ${asHtml(parents.join(', '))}`]),
  ];
  const link = folder === undefined || from === null ? '' : linkTo(relative(from, folder));
  const command = installedCommand(['replay', '.', id]);
  const cut = text.length > maxText ? `${text.slice(0, maxText)}\n... (all of it is in the folder)` : text;
  return `<article${known === undefined ? '' : ' class="known"'} id="${asHtml(id)}">
<h3>${asHtml(signature)}</h3>
<p>${asHtml(reason)}</p>
<p class="facts">${facts.join(' · ')}</p>
${lineage.length === 0 ? '' : `<p class="facts">${lineage.join(', ')}</p>\n`}${link}<p class="command"><code>${asHtml(command)}</code><button type="button" data-copies>copy</button></p>
${text === '' ? '' : `<details><summary>listing</summary><pre>${asHtmlText(cut)}</pre></details>\n`}</article>`;
}

function linkTo(path: string): string {
  const href = path.split('/').map(encodeURIComponent).join('/');
  return `<p class="facts">folder <a href="${asHtml(href)}/">${asHtml(path)}</a></p>\n`;
}

import { asHtml } from '../util/markup.js';
import { lineChart } from './charts.js';
import type { Coverage, FunctionCoverage } from './coverage.js';
import { percent } from './format.js';

/** Places of one function that are listed. */
const maxNever = 12;

/** Styles that the page needs besides its own. */
export const coverageStyle = `
.covered { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: .2rem 1.2rem; font-size: .85rem; }
.covered summary { display: flex; gap: .5rem; align-items: center; cursor: pointer; }
.covered .part { flex: 0 0 5rem; height: .7rem; background: #d33a; border-radius: 2px; overflow: hidden; }
.covered .part i { display: block; height: 100%; background: #2a7; }
.untouched { columns: 18rem; font-size: .85rem; color: #d33a; overflow-wrap: anywhere; }
.covered .name { overflow-wrap: anywhere; } .covered li { overflow-wrap: anywhere; }
`;

/** A section of the report: what the campaign never touched is red. Functions with most of it come first. */
export function coverageSection(coverage: Coverage): string {
  const { blocks, reached, functions, overTime } = coverage;
  return `<h2>Code of the kernel</h2>
<p>${reached} of ${blocks} blocks were reached (${asHtml(percent(reached, blocks))}). Green is what was, red what never was; a function opens
to the conditions under which more of it would be.</p>
<div class="charts">${lineChart("Blocks of the kernel's code over time", [{ name: 'blocks', points: overTime }])}</div>
${untouched(functions)}<div class="covered">
${functions.map(functionRow).join('\n')}
</div>
`;
}

/** The functions of which nothing was reached, by name, at one look. */
function untouched(functions: readonly FunctionCoverage[]): string {
  const names = functions
    .filter(({ reached }) => reached === 0)
    .map(({ name }) => `<li>${asHtml(name)}</li>`);
  if (names.length === 0) return '<p>Every function was touched.</p>\n';
  return `<h3>Never touched: ${names.length} functions</h3>\n<ul class="untouched">${names.join('')}</ul>\n`;
}

function functionRow({ name, group, blocks, reached, never }: FunctionCoverage): string {
  const share = blocks === 0 ? 0 : Math.round((100 * reached) / blocks);
  const places = never.slice(0, maxNever).map(({ at, when, calls }) => {
    const what = calls.length === 0 ? '' : ` ${asHtml(calls.join(', '))}`;
    return `<li><code>+0x${at.toString(16)}</code>${what}: when ${asHtml(when.join(', or '))}</li>`;
  });
  const more = never.length > maxNever ? `<li>and ${never.length - maxNever} more</li>` : '';
  return `<details><summary title="${asHtml(group)}"><span class="part"><i style="width:${share}%"></i></span><span class="name">${asHtml(name)} ${reached}/${blocks}</span></summary><ul>${places.join('')}${more}</ul></details>`;
}

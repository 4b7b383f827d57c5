/** Charts as SVG text: no scripts, no fonts or styles from elsewhere, readable in light and dark. */
import { asHtml } from '../util/markup.js';
import { duration } from './format.js';

/** A line of a chart; points are sorted by x. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** One bar of a bar chart. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Text behind the bar. Default: the value. */
  readonly label?: string;
}

const width = 520;
const height = 220;
const left = 64;
const bottom = 28;
const colours = ['#2a78d6', '#c2571a', '#2e8b57', '#8e44ad', '#b8860b', '#c0392b', '#17828a', '#6b6b6b'];

/** Lines over seconds of fuzzing. */
export function lineChart(title: string, series: readonly Series[]): string {
  // Days of many workers are more points than a call takes arguments.
  const points = series.flatMap((line) => line.points);
  const maxX = points.reduce((most, [x]) => Math.max(most, x), 1);
  const ticks = ticksUpTo(points.reduce((most, [, y]) => Math.max(most, y), 0));
  const maxY = ticks.at(-1) ?? 1;
  const x = (value: number): number => left + (value / maxX) * (width - left - 12);
  const y = (value: number): number => height - bottom - (value / maxY) * (height - bottom - 12);
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${left}" x2="${width - 12}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>` +
      `<text x="${left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${short(tick)}</text>`,
  );
  const times = [0, 0.5, 1].map(
    (part) =>
      `<text x="${round(x(part * maxX))}" y="${height - 8}" text-anchor="${part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}">${duration(part * maxX)}</text>`,
  );
  const lines = series.map((line, index) => {
    const path = line.points.map(([px, py]) => `${round(x(px))},${round(y(py))}`).join(' ');
    return `<polyline fill="none" stroke="${colourOf(index)}" stroke-width="2" points="${path}"><title>${asHtml(line.name)}</title></polyline>`;
  });
  return figure(title, svg(title, height, [...grid, ...times, ...lines].join('')), series);
}

/** Bars from the left, the longest over the whole width, each below its whole name. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const row = 36;
  const most = bars.reduce((longest, { value }) => Math.max(longest, value), 1);
  const drawn = bars.map(({ name, value, label }, index) => {
    const top = index * row + 4;
    const length = (value / most) * (width - 120);
    return (
      `<text x="0" y="${top + 10}">${asHtml(name)}</text>` +
      `<rect x="0" y="${top + 14}" width="${round(Math.max(length, 1))}" height="${row - 22}" fill="${colours[0]}"><title>${asHtml(name)}</title></rect>` +
      `<text x="${round(length + 6)}" y="${top + 25}">${asHtml(label ?? short(value))}</text>`
    );
  });
  return figure(title, svg(title, Math.max(bars.length, 1) * row + 8, drawn.join('')), []);
}

function svg(title: string, tall: number, content: string): string {
  return `<svg viewBox="0 0 ${width} ${tall}" role="img" aria-label="${asHtml(title)}">${content}</svg>`;
}

function figure(title: string, drawing: string, series: readonly Series[]): string {
  const keys = series.map(
    ({ name }, index) => `<span><i style="background:${colourOf(index)}"></i>${asHtml(name)}</span>`,
  );
  const legend = keys.length > 1 ? `<p class="legend">${keys.join('')}</p>` : '';
  return `<figure><figcaption>${asHtml(title)}</figcaption>${drawing}${legend}</figure>`;
}

/** Round numbers from 0 to at least `value`, about four steps. */
function ticksUpTo(value: number): number[] {
  if (value <= 0) return [0, 1];
  const rough = value / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.ceil(value / step) + 1 }, (_, index) => index * step);
}

function short(value: number): string {
  if (value >= 1e6) return `${round(value / 1e6)}M`;
  if (value >= 1e4) return `${round(value / 1e3)}k`;
  return String(Number(value.toPrecision(3)));
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? '#2a78d6';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

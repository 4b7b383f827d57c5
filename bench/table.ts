import type { Goal, Measurement } from './case.js';
import { meets, spread } from './statistics.js';

const titles = ['name', 'median', 'min-max', 'unit', 'goal', 'met?'];

/** Rows of text, columns aligned. */
export function table(measurements: readonly Measurement[]): string {
  const rows = [titles, ...measurements.map(row)];
  const widths = titles.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

function row({ name, samples, unit, goal }: Measurement): string[] {
  const { median, min, max } = spread(samples);
  return [
    name,
    number(median),
    samples.length === 1 ? '-' : `${number(min)}-${number(max)}`,
    unit,
    goal === undefined ? '-' : goalText(goal),
    goal === undefined ? '-' : meets(goal, median) ? 'yes' : 'no',
  ];
}

function goalText(goal: Goal): string {
  return 'atLeast' in goal ? `>= ${number(goal.atLeast)}` : `<= ${number(goal.atMost)}`;
}

/** Three significant digits below 100, whole numbers above. */
function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

import { asLine } from '../../util/printable.js';

/** How a piece of text stands out, where there are colours. */
export type Tone = 'plain' | 'bold' | 'dim' | 'good' | 'warning' | 'alarm';

/** A piece of a row that is shown whole or not at all. */
export interface Piece {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line of the screen. Where there are too few lines, those of the lowest rank stay. */
export interface Row {
  readonly rank: number;
  readonly pieces: readonly Piece[];
  /** At the right edge, where there is room. */
  readonly right?: string;
}

const gap = '  ';
const labelWidth = 10;

const codes: Readonly<Record<Tone, string>> = {
  plain: '',
  bold: '1',
  dim: '2',
  good: '1;32',
  warning: '33',
  alarm: '1;31',
};

/** A row with a name in front. */
export function labelled(rank: number, label: string, ...pieces: readonly (Piece | string)[]): Row {
  const [first, ...rest] = pieces.map((piece) => (typeof piece === 'string' ? { text: piece } : piece));
  const text = `${label.padEnd(labelWidth)}${first?.text ?? ''}`;
  return { rank, pieces: [{ ...first, text }, ...rest] };
}

/** The rows for which there is room, in their order. */
export function fitRows(rows: readonly Row[], count: number): Row[] {
  const best = rows.map((row, index) => ({ row, index })).sort((a, b) => a.row.rank - b.row.rank);
  return best
    .slice(0, Math.max(count, 0))
    .sort((a, b) => a.index - b.index)
    .map(({ row }) => row);
}

/** A row as text of at most so many columns: pieces that don't fit are left out, and only the first is cut. */
export function rowText({ pieces, right }: Row, columns: number, colours: boolean): string {
  let used = 0;
  let text = '';
  const add = (shown: string, tone: Tone = 'plain'): void => {
    const code = colours ? codes[tone] : '';
    used += shown.length;
    text += code === '' ? shown : `\x1b[${code}m${shown}\x1b[0m`;
  };
  for (const [index, { text: whole, tone }] of pieces.entries()) {
    const shown = asLine(whole);
    const between = index === 0 ? 0 : gap.length;
    const room = columns - used - between;
    if (index > 0 && shown.length > room) break;
    if (between > 0) add(gap);
    add(shown.length <= room ? shown : `${shown.slice(0, Math.max(room - 1, 0))}…`, tone);
  }
  if (right !== undefined && used + gap.length + right.length <= columns) {
    add(' '.repeat(columns - used - right.length));
    add(right, 'dim');
  }
  return text;
}

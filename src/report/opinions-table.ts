import type { OpinionCounts } from '../api/opinion.js';

export const opinionHeads = ['declaration', 'asked', 'accepts', 'refuses', 'no answer'] as const;

/** A sentence about what others were asked. */
export function opinionSentence({ asked, notAsked, different }: OpinionCounts): string {
  return `others were asked about ${asked} candidates, and not about ${notAsked}; answers that differ: ${different}`;
}

/** Who answered what to which kind of declaration, row by row. */
export function opinionRows({ verdicts }: OpinionCounts): string[][] {
  return verdicts.map(({ declaration, by, accepts, refuses, noAnswer }) => [
    ...[declaration, by, String(accepts), String(refuses), String(noAnswer)],
  ]);
}

/** The same as lines of text, in columns. */
export function opinionLines(counts: OpinionCounts): string[] {
  const rows = [[...opinionHeads], ...opinionRows(counts)];
  const widths = opinionHeads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [opinionSentence(counts), ...(counts.verdicts.length === 0 ? [] : lines)];
}

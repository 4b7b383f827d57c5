import { answersTable } from '../api/lake.js';

/**
 * The table of answers on the Lake target, as the seed of this project printed it: eight rows, and what else
 * occurred.
 */
export function checksTable(rows: Readonly<Record<string, number>>): string[] {
  const isAnswered = (one: (typeof answersTable)[number]): boolean => !one.words.includes('none');
  const others = answersTable.filter((one) => !isAnswered(one) && rows[one.row] !== undefined);
  const sorted = others.sort((one, other) => (one.row < other.row ? -1 : 1));
  const lines = [...answersTable.filter(isAnswered), ...sorted].map(({ row, words }) => {
    const [lake, comparator, safe] = words.map((word) => (word === 'none' ? '-' : word));
    const cells = [lake?.padEnd(6), comparator?.padEnd(12), safe?.padEnd(12)];
    return `${cells.join('')}${String(rows[row] ?? 0).padStart(8)}`;
  });
  return ['lake  comparator  SafeVerify     tests', ...lines];
}

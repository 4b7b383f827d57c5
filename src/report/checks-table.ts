/**
 * The table of answers on the Lake target, as the seed of this project printed it: eight rows, and what else
 * occurred.
 */
export function checksTable(rows: Readonly<Record<string, number>>): string[] {
  const answers = ['pass', 'fail'];
  const eight = answers.flatMap((lake) =>
    answers.flatMap((comparator) => answers.map((safe) => `lake_${lake}_comp_${comparator}_safe_${safe}`)),
  );
  const others = Object.keys(rows).filter((row) => !eight.includes(row));
  const lines = [...eight, ...others.sort()].map((row) => {
    const [lake = '', comparator = '', safe = ''] = row.split('_').filter((_, index) => index % 2 === 1);
    const cells = [lake.padEnd(6), comparator.padEnd(12), safe.padEnd(12)].map((cell) =>
      cell.replace('none', '-   '),
    );
    return `${cells.join('')}${String(rows[row] ?? 0).padStart(8)}`;
  });
  return ['lake  comparator  SafeVerify     tests', ...lines];
}

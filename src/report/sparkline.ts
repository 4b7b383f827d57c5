const bars = '▁▂▃▄▅▆▇█';

/**
 * Bars in a row for something that grows with time: one for the value at the end of each of `width` equal stretches,
 * the tallest for the highest value.
 */
export function sparkline(points: readonly (readonly [time: number, value: number])[], width = 24): string {
  const [last] = points.slice(-1);
  if (last === undefined || last[0] <= 0) return '';
  const most = Math.max(...points.map(([, value]) => value), 1);
  let index = 0;
  let value = 0;
  let line = '';
  for (let column = 1; column <= width; column++) {
    const until = (last[0] * column) / width;
    for (let point = points[index]; point !== undefined && point[0] <= until; point = points[++index])
      [, value] = point;
    line += bars[Math.min(bars.length - 1, Math.floor((value / most) * bars.length))] ?? '';
  }
  return line;
}

import { importsOf, type SourceFile } from './sources.js';

/** Groups of files that import one another in a circle, types included; each sorted, by Tarjan's algorithm. */
export function circlesOf(files: readonly SourceFile[]): string[][] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];

  const visit = (path: string): void => {
    const own = order.size;
    order.set(path, own);
    lowest.set(path, own);
    stack.push(path);
    for (const imported of imports.get(path) ?? []) {
      if (!imports.has(imported)) continue;
      if (!order.has(imported)) {
        visit(imported);
        lowest.set(path, Math.min(lowest.get(path) ?? own, lowest.get(imported) ?? own));
      } else if (stack.includes(imported)) {
        lowest.set(path, Math.min(lowest.get(path) ?? own, order.get(imported) ?? own));
      }
    }
    if (lowest.get(path) !== own) return;
    const circle = stack.splice(stack.indexOf(path)).sort();
    if (circle.length > 1) circles.push(circle);
  };
  for (const path of imports.keys()) if (!order.has(path)) visit(path);
  return circles;
}

import type { Expr } from './expr.js';

/** The part of a node that comes at this place, in the order of childrenOf; undefined behind the last one. */
export function childAt(expr: Expr, which: number): Expr | undefined {
  switch (expr.kind) {
    case 'app':
      return which === 0 ? expr.fn : which === 1 ? expr.arg : undefined;
    case 'lambda':
    case 'pi':
      return which === 0 ? expr.type : which === 1 ? expr.body : undefined;
    case 'let':
      return which === 0 ? expr.type : which === 1 ? expr.value : which === 2 ? expr.body : undefined;
    case 'proj':
    case 'mdata':
      return which === 0 ? expr.of : undefined;
    default:
      return undefined;
  }
}

import { app, binder, letIn, mdata, proj, type Expr } from './expr.js';

/** A node with `visit` applied to its children; `under` is 1 for what lies below its binder. */
export function mapNode(expr: Expr, visit: (child: Expr, under: number) => Expr): Expr {
  switch (expr.kind) {
    case 'app': {
      const fn = visit(expr.fn, 0);
      const arg = visit(expr.arg, 0);
      return fn === expr.fn && arg === expr.arg ? expr : app(fn, arg);
    }
    case 'lambda':
    case 'pi': {
      const type = visit(expr.type, 0);
      const body = visit(expr.body, 1);
      return type === expr.type && body === expr.body
        ? expr
        : binder(expr.kind, expr.name, type, body, expr.info);
    }
    case 'let': {
      const type = visit(expr.type, 0);
      const value = visit(expr.value, 0);
      const body = visit(expr.body, 1);
      const same = type === expr.type && value === expr.value && body === expr.body;
      return same ? expr : letIn(expr.name, type, value, body);
    }
    case 'proj': {
      const of = visit(expr.of, 0);
      return of === expr.of ? expr : proj(expr.structure, expr.index, of);
    }
    case 'mdata': {
      const of = visit(expr.of, 0);
      return of === expr.of ? expr : mdata(of);
    }
    default:
      return expr;
  }
}

/** Whether a node has no parts: a large number is one, whatever its size. */
export function isLeaf({ kind }: Expr): boolean {
  switch (kind) {
    case 'app':
    case 'lambda':
    case 'pi':
    case 'let':
    case 'proj':
    case 'mdata':
      return false;
    default:
      return true;
  }
}

/** The direct children of a node. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'app':
      return [expr.fn, expr.arg];
    case 'lambda':
    case 'pi':
      return [expr.type, expr.body];
    case 'let':
      return [expr.type, expr.value, expr.body];
    case 'proj':
    case 'mdata':
      return [expr.of];
    default:
      return [];
  }
}

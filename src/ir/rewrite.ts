import { apply, binder, letIn, mdata, proj, type Expr, type ExprOf } from './expr.js';

/** A rewriting of the leaves of an expression. One object serves one call of rewrite. */
export abstract class Rewrite {
  /** Results for larger expressions, by the number of binders above them: shared ones are rewritten once. */
  declare known?: (Map<Expr, Expr> | undefined)[];
  /** Whether nothing changes in an expression under so many binders. */
  abstract skips(expr: Expr, depth: number): boolean;
  /** The replacement of a leaf: a variable, a sort, a constant or a literal. */
  abstract leaf(expr: Expr, depth: number): Expr;
}

/** Smaller ones are rewritten again where they are shared: that is less work than to look them up. */
const rememberedSize = 24;

/**
 * An expression with its leaves rewritten, itself where nothing changed. Arguments and the bodies of binders are
 * walked in a loop: long applications and telescopes cost no stack.
 */
export function rewrite(expr: Expr, depth: number, how: Rewrite): Expr {
  if (how.skips(expr, depth)) return expr;
  if (expr.size < rememberedSize) return rewriteNode(expr, depth, how);
  const known = ((how.known ??= [])[depth] ??= new Map<Expr, Expr>());
  const before = known.get(expr);
  if (before !== undefined) return before;
  const result = rewriteNode(expr, depth, how);
  known.set(expr, result);
  return result;
}

function rewriteNode(expr: Expr, depth: number, how: Rewrite): Expr {
  switch (expr.kind) {
    case 'app':
      return rewriteSpine(expr, depth, how);
    case 'lambda':
    case 'pi':
    case 'let':
      return rewriteTelescope(expr, depth, how);
    case 'proj': {
      const of = rewrite(expr.of, depth, how);
      return of === expr.of ? expr : proj(expr.structure, expr.index, of);
    }
    case 'mdata': {
      const of = rewrite(expr.of, depth, how);
      return of === expr.of ? expr : mdata(of);
    }
    default:
      return how.leaf(expr, depth);
  }
}

function rewriteSpine(expr: ExprOf<'app'>, depth: number, how: Rewrite): Expr {
  if (expr.fn.kind !== 'app' || expr.size < rememberedSize) {
    const fn = rewrite(expr.fn, depth, how);
    const arg = rewrite(expr.arg, depth, how);
    return fn === expr.fn && arg === expr.arg ? expr : apply(fn, arg);
  }
  const nodes: ExprOf<'app'>[] = [];
  let head: Expr = expr;
  while (head.kind === 'app' && !how.skips(head, depth)) {
    nodes.push(head);
    head = head.fn;
  }
  let result = rewrite(head, depth, how);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as ExprOf<'app'>;
    const arg = rewrite(node.arg, depth, how);
    result = result === node.fn && arg === node.arg ? node : apply(result, arg);
  }
  return result;
}

type Binder = ExprOf<'lambda' | 'pi'> | ExprOf<'let'>;

function rewriteTelescope(expr: Binder, depth: number, how: Rewrite): Expr {
  if (expr.kind !== 'let' && expr.size < rememberedSize) {
    const type = rewrite(expr.type, depth, how);
    const inner = rewrite(expr.body, depth + 1, how);
    return type === expr.type && inner === expr.body
      ? expr
      : binder(expr.kind, expr.name, type, inner, expr.info);
  }
  const nodes: Binder[] = [];
  let body: Expr = expr;
  let under = depth;
  while ((body.kind === 'lambda' || body.kind === 'pi' || body.kind === 'let') && !how.skips(body, under)) {
    nodes.push(body);
    body = body.body;
    under++;
  }
  let result = rewrite(body, under, how);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Binder;
    under--;
    const type = rewrite(node.type, under, how);
    const same = type === node.type && result === node.body;
    if (node.kind === 'let') {
      const value = rewrite(node.value, under, how);
      result = same && value === node.value ? node : letIn(node.name, type, value, result);
    } else {
      result = same ? node : binder(node.kind, node.name, type, result, node.info);
    }
  }
  return result;
}

import { isLeaf, mapNode } from './children.js';
import { effort, requireEffort } from './effort.js';
import { apply, binder, letIn, mdata, proj, type Expr, type ExprOf } from './expr.js';

/** The replacement of a leaf under so many binders: a variable, a sort, a constant or a literal. */
type Leaf = (expr: Expr, depth: number) => Expr;

/** Deeper than any expression: of `looseFrom`, where loose variables do not matter. */
export const noLoose = 2 ** 30;

/** A rewriting of the leaves of an expression. One object serves one call of rewrite. */
export class Rewrite {
  /** Results for larger expressions, by the number of binders above them: shared ones are rewritten once. */
  known: (Map<Expr, Expr> | undefined)[] | undefined;
  /** How deep the rewriting of one expression stands in that of others. */
  nesting = 0;
  /** The number that a binder adds to those above: 1, or 0 where no variable matters. */
  readonly binds: number;

  /**
   * Nothing changes in an expression that has none of `has`, and no bound variable that is loose by more than
   * `looseFrom`. Plain numbers: to ask a method of each rewriting costs more than all the rest.
   */
  constructor(
    readonly leaf: Leaf,
    readonly has: number,
    public looseFrom: number,
  ) {
    this.binds = looseFrom === noLoose ? 0 : 1;
  }
}

function skips(expr: Expr, depth: number, how: Rewrite): boolean {
  return expr.looseRange <= depth + how.looseFrom && (expr.has & how.has) === 0;
}

/** Smaller ones are rewritten again where they are shared: that is less work than to look them up. */
const rememberedSize = 24;

/**
 * An expression with its leaves rewritten, itself where nothing changed. Arguments and the bodies of binders are
 * walked in a loop: long applications and telescopes cost no stack.
 */
export function rewrite(expr: Expr, depth: number, how: Rewrite): Expr {
  if (skips(expr, depth, how)) return expr;
  return expr.size < rememberedSize ? rewriteSmall(expr, depth, how) : rewriteLarge(expr, depth, how);
}

/** Of an expression that is not skipped. */
function rewriteSmall(expr: Expr, depth: number, how: Rewrite): Expr {
  effort.nodes++;
  switch (expr.kind) {
    case 'app': {
      const fn = skips(expr.fn, depth, how) ? expr.fn : rewriteSmall(expr.fn, depth, how);
      const arg = skips(expr.arg, depth, how) ? expr.arg : rewriteSmall(expr.arg, depth, how);
      return fn === expr.fn && arg === expr.arg ? expr : apply(fn, arg);
    }
    case 'lambda':
    case 'pi': {
      const type = skips(expr.type, depth, how) ? expr.type : rewriteSmall(expr.type, depth, how);
      const body = skips(expr.body, depth + how.binds, how)
        ? expr.body
        : rewriteSmall(expr.body, depth + how.binds, how);
      return type === expr.type && body === expr.body
        ? expr
        : binder(expr.kind, expr.name, type, body, expr.info);
    }
    case 'let': {
      const body = rewrite(expr.body, depth + how.binds, how);
      const type = rewrite(expr.type, depth, how);
      const value = rewrite(expr.value, depth, how);
      const same = type === expr.type && value === expr.value && body === expr.body;
      return same ? expr : letIn(expr.name, type, value, body);
    }
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

/** The result that is remembered for a node takes memory: it costs as much as to look at so many nodes. */
const nodesOfRemembered = 4;
/** One that is made anew in a large expression stays in memory as long as that does. */
const nodesOfLarge = 4;
const nodesOfMap = 32;

/** Nesting that the stack is asked to hold. */
const maxNesting = 256;

function knownAt(depth: number, how: Rewrite): Map<Expr, Expr> {
  const known = (how.known ??= []);
  const there = known[depth];
  if (there !== undefined) return there;
  effort.nodes += nodesOfMap;
  return (known[depth] = new Map<Expr, Expr>());
}

function rewriteLarge(expr: Expr, depth: number, how: Rewrite): Expr {
  const known = knownAt(depth, how);
  const before = known.get(expr);
  if (before !== undefined) return before;
  effort.nodes += nodesOfRemembered;
  requireEffort();
  if (how.nesting >= maxNesting) return rewriteDeep(expr, depth, how);
  how.nesting++;
  const result = rewriteNode(expr, depth, how);
  how.nesting--;
  known.set(expr, result);
  return result;
}

/** Without recursion: parts first, and what has been rewritten of them is known when their whole has its turn. */
function rewriteDeep(root: Expr, rootDepth: number, how: Rewrite): Expr {
  const open: (readonly [Expr, number])[] = [[root, rootDepth]];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const [expr, depth] = top;
    const before = open.length;
    effort.nodes += nodesOfRemembered;
    requireEffort();
    const rewritten = (child: Expr, under: number): Expr => {
      const below = depth + under * how.binds;
      if (skips(child, below, how)) return child;
      if (child.size < rememberedSize) return rewriteSmall(child, below, how);
      const known = knownAt(below, how).get(child);
      if (known === undefined) open.push([child, below]);
      return known ?? child;
    };
    const result = isLeaf(expr) ? how.leaf(expr, depth) : mapNode(expr, rewritten);
    if (open.length > before) continue;
    open.pop();
    knownAt(depth, how).set(expr, result);
  }
  return knownAt(rootDepth, how).get(root) ?? root;
}

function rewriteNode(expr: Expr, depth: number, how: Rewrite): Expr {
  switch (expr.kind) {
    case 'app':
      return rewriteSpine(expr, depth, how);
    case 'lambda':
    case 'pi':
    case 'let':
      return rewriteTelescope(expr, depth, how);
    default:
      return rewriteSmall(expr, depth, how);
  }
}

/** Arguments of an application whose inner parts are remembered. */
const longSpine = 64;

function rewriteSpine(expr: ExprOf<'app'>, depth: number, how: Rewrite): Expr {
  const nodes: ExprOf<'app'>[] = [];
  let head: Expr = expr;
  while (head.kind === 'app' && !skips(head, depth, how)) {
    nodes.push(head);
    head = head.fn;
  }
  let result = rewrite(head, depth, how);
  // The inner parts of a long one may be arguments in it, and each would be walked to its end.
  const known = nodes.length > longSpine ? knownAt(depth, how) : undefined;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as ExprOf<'app'>;
    effort.nodes += nodesOfLarge;
    const arg = rewrite(node.arg, depth, how);
    result = result === node.fn && arg === node.arg ? node : apply(result, arg);
    known?.set(node, result);
  }
  return result;
}

type Binder = ExprOf<'lambda' | 'pi'> | ExprOf<'let'>;

function rewriteTelescope(expr: Binder, depth: number, how: Rewrite): Expr {
  const nodes: Binder[] = [];
  let body: Expr = expr;
  let under = depth;
  while ((body.kind === 'lambda' || body.kind === 'pi' || body.kind === 'let') && !skips(body, under, how)) {
    nodes.push(body);
    body = body.body;
    under += how.binds;
  }
  let result = rewrite(body, under, how);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Binder;
    under -= how.binds;
    effort.nodes += nodesOfLarge;
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

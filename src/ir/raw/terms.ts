import { childrenOf } from '../expr-ops.js';
import type { BinderInfo, Expr } from '../expr.js';
import { printLevel } from '../print-level.js';
import { call, list, type Term } from './layout.js';
import { identified, levelTerm, nameTerm, quoted } from './names.js';

/** A term that has a name of its own, because it occurs more than once or because it is deep. */
export interface Named {
  readonly name: string;
  readonly term: Term;
}

/** Nesting up to which a term is written without names in between. */
const maxNesting = 8;

interface Node {
  readonly expr: Expr;
  readonly children: readonly Node[];
  /** Places where it occurs. */
  uses: number;
  /** How deep it nests, down to terms with names. */
  nesting: number;
  name: string | undefined;
}

/**
 * Expressions as values of Lean, which build them by its own constructors. Equal ones are one, binder names included,
 * so that what is shared in memory is written once.
 */
export class TermWriter {
  private readonly nodes = new Map<string, Node>();
  private readonly ids = new Map<Node, number>();
  private readonly known = new Map<Expr, Node>();
  private readonly order: Node[] = [];

  /** Reads all expressions that are to be written. */
  constructor(roots: readonly Expr[]) {
    for (const root of roots) this.intern(root).uses++;
    let named = 0;
    for (const node of this.order) {
      node.nesting = nestingOf(node);
      const isShared = node.uses > 1 && !isSmall(node.expr);
      if (isShared || node.nesting > maxNesting) node.name = `x${++named}`;
    }
  }

  /** The terms with names, each behind those that it mentions. */
  named(): Named[] {
    return this.order.flatMap((node) =>
      node.name === undefined ? [] : { name: node.name, term: this.written(node) },
    );
  }

  /** One of the expressions. */
  term(expr: Expr): Term {
    return this.mention(this.intern(expr));
  }

  /** Children first, without recursion: terms may be deeper than any stack. */
  private intern(root: Expr): Node {
    const open: Expr[] = [root];
    for (let expr = open.at(-1); expr !== undefined; expr = open.at(-1)) {
      if (this.known.has(expr)) {
        open.pop();
        continue;
      }
      const waiting = childrenOf(expr).filter((one) => !this.known.has(one));
      if (waiting.length > 0) {
        open.push(...waiting);
        continue;
      }
      open.pop();
      this.add(expr);
    }
    return this.nodeOf(root);
  }

  private add(expr: Expr): void {
    const children = childrenOf(expr).map((one) => this.nodeOf(one));
    const key = JSON.stringify([...ownParts(expr), ...children.map((node) => this.ids.get(node))]);
    let node = this.nodes.get(key);
    if (node === undefined) {
      node = { expr, children, uses: 0, nesting: 0, name: undefined };
      for (const one of children) one.uses++;
      this.nodes.set(key, node);
      this.ids.set(node, this.order.length);
      this.order.push(node);
    }
    this.known.set(expr, node);
  }

  private nodeOf(expr: Expr): Node {
    const node = this.known.get(expr);
    if (node === undefined) throw new Error('an expression that was not read');
    return node;
  }

  private mention(node: Node): Term {
    return node.name ?? this.written(node);
  }

  private written(node: Node): Term {
    const { expr } = node;
    const [first, second, third] = node.children.map((one) => (): Term => this.mention(one));
    const at = (child: (() => Term) | undefined): Term => child?.() ?? '';
    switch (expr.kind) {
      case 'bvar':
        return call('.bvar', String(expr.index));
      case 'fvar':
      case 'mvar':
        return call(`.${expr.kind}`, identified(expr.name));
      case 'sort':
        return call('.sort', levelTerm(expr.level));
      case 'const':
        return call('.const', nameTerm(expr.name), list(expr.levels.map(levelTerm)));
      case 'app':
        return this.application(node);
      case 'lambda':
      case 'pi': {
        const info = `.${expr.info satisfies BinderInfo}`;
        const head = expr.kind === 'pi' ? '.forallE' : '.lam';
        return call(head, nameTerm(expr.name), at(first), at(second), info);
      }
      case 'let':
        return call('.letE', nameTerm(expr.name), at(first), at(second), at(third), 'false');
      case 'nat':
        return call('.lit', call('.natVal', String(expr.value)));
      case 'string':
        return call('.lit', call('.strVal', quoted(expr.value)));
      case 'proj':
        return call('.proj', nameTerm(expr.structure), String(expr.index), at(first));
      case 'mdata':
        return call('.mdata', '{}', at(first));
    }
  }

  /** An application of several arguments at once, up to a head that has a name. */
  private application(node: Node): Term {
    const args: Node[] = [];
    let head = node;
    while (head.expr.kind === 'app' && (head === node || head.name === undefined)) {
      const [fn, arg] = head.children;
      if (fn === undefined || arg === undefined) break;
      args.push(arg);
      head = fn;
    }
    const said = args.reverse().map((arg) => this.mention(arg));
    const [only] = said;
    return said.length === 1 && only !== undefined
      ? call('.app', this.mention(head), only)
      : call('mkAppN', this.mention(head), list(said, '#['));
  }
}

/** An application is as deep as its arguments, not as it has arguments. */
function nestingOf({ expr, children }: Node): number {
  return children.reduce((deepest, child, at) => {
    const isSpine = expr.kind === 'app' && at === 0 && child.expr.kind === 'app';
    const below = child.name !== undefined ? 0 : child.nesting;
    return Math.max(deepest, below + (isSpine ? 0 : 1));
  }, 0);
}

/** Terms that are about as short as a name for them. */
function isSmall(expr: Expr): boolean {
  return childrenOf(expr).length === 0 && !isLong(expr);
}

function isLong(expr: Expr): boolean {
  return expr.kind === 'string' || (expr.kind === 'nat' && expr.value > 0xffffffffn);
}

/** All that an expression says besides its children, so that equal keys are equal texts. */
function ownParts(expr: Expr): (string | number)[] {
  switch (expr.kind) {
    case 'bvar':
      return [expr.kind, expr.index];
    case 'fvar':
    case 'mvar':
      return [expr.kind, expr.name];
    case 'sort':
      return [expr.kind, printLevel(expr.level)];
    case 'const':
      return [expr.kind, expr.name, ...expr.levels.map(printLevel)];
    case 'lambda':
    case 'pi':
      return [expr.kind, expr.name, expr.info];
    case 'let':
      return [expr.kind, expr.name];
    case 'nat':
    case 'string':
      return [expr.kind, String(expr.value)];
    case 'proj':
      return [expr.kind, expr.structure, expr.index];
    case 'app':
    case 'mdata':
      return [expr.kind];
  }
}

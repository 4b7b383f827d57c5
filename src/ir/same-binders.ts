import { isLeaf } from './children.js';
import type { Expr } from './expr.js';

/** Whether the binders of two expressions that are equal otherwise (`sameExpr`) have the same names and infos. */
export function sameBinders(first: Expr, second: Expr): boolean {
  const seen = new Map<Expr, Expr>();
  const lefts: Expr[] = [];
  const rights: Expr[] = [];
  // Leaves have no binders.
  const enter = (a: Expr, b: Expr): void => {
    if (a === b || isLeaf(a)) return;
    lefts.push(a);
    rights.push(b);
  };
  enter(first, second);
  for (let a = lefts.pop(), b = rights.pop(); a !== undefined && b !== undefined;) {
    if (seen.get(a) !== b) {
      seen.set(a, b);
      if (!enterParts(a, b, enter)) return false;
    }
    a = lefts.pop();
    b = rights.pop();
  }
  return true;
}

/** Enters the parts of two nodes; false where they are binders of another name or info. */
function enterParts(a: Expr, b: Expr, enter: (a: Expr, b: Expr) => void): boolean {
  switch (a.kind) {
    case 'app':
      if (b.kind !== 'app') return true;
      enter(a.fn, b.fn);
      enter(a.arg, b.arg);
      return true;
    case 'lambda':
    case 'pi':
      if (b.kind !== a.kind || a.name !== b.name || a.info !== b.info) return false;
      enter(a.type, b.type);
      enter(a.body, b.body);
      return true;
    case 'let':
      if (b.kind !== 'let' || a.name !== b.name) return false;
      enter(a.type, b.type);
      enter(a.value, b.value);
      enter(a.body, b.body);
      return true;
    case 'proj':
    case 'mdata':
      if (b.kind === a.kind) enter(a.of, b.of);
      return true;
    default:
      return true;
  }
}

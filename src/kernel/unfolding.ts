/** Comparing by unfolding definitions: the greater hint first, and arguments before bodies where the heads agree. */
import { unapply } from '../ir/expr-ops.js';
import { hasFvar, type Expr } from '../ir/expr.js';
import type { Constant } from './environment.js';
import { equalByShape, equalConstants, equalTerms } from './equality.js';
import { isZeroTerm, predecessorOf, reduceNatural } from './literals.js';
import { definitionOf, refuseCompiledCode, unfold, whnfCore } from './reduce.js';
import type { Typing } from './typing.js';

/** The answer, or the two terms when neither can be unfolded further. */
export function equalByUnfolding(t: Typing, a: Expr, b: Expr): boolean | [Expr, Expr] {
  let [x, y] = [a, b];
  for (;;) {
    const numbers = equalNumbers(t, x, y) ?? equalComputed(t, x, y);
    if (numbers !== undefined) return numbers;
    const next = unfoldOne(t, x, y);
    if (next === undefined) return [x, y];
    if (next === true) return true;
    t.step(next[0]);
    [x, y] = next;
    const quick = equalByShape(t, x, y);
    if (quick !== undefined) return quick;
  }
}

/** Both zero, or both successors. */
function equalNumbers(t: Typing, a: Expr, b: Expr): boolean | undefined {
  if (isZeroTerm(a) && isZeroTerm(b)) return true;
  const x = predecessorOf(a);
  const y = x === undefined ? undefined : predecessorOf(b);
  return x === undefined || y === undefined ? undefined : equalTerms(t, x, y);
}

/** Arithmetic on the left, then on the right, where no variable is involved. */
function equalComputed(t: Typing, a: Expr, b: Expr): boolean | undefined {
  if (t.eager || ((a.has | b.has) & hasFvar) === 0) {
    const left = reduceNatural(t, a);
    if (left !== undefined) return equalTerms(t, left, b);
    const right = reduceNatural(t, b);
    if (right !== undefined) return equalTerms(t, a, right);
  }
  refuseCompiledCode(t, a);
  refuseCompiledCode(t, b);
  return undefined;
}

/** One step on one side or on both; true where that shows that they are equal, undefined where there is none. */
function unfoldOne(t: Typing, x: Expr, y: Expr): [Expr, Expr] | true | undefined {
  const a = definitionOf(t, x);
  const b = definitionOf(t, y);
  if (a === undefined) {
    if (b === undefined) return undefined;
    const projected = unfoldProjection(t, x);
    return projected === undefined ? [x, unfolded(t, y)] : [projected, y];
  }
  if (b === undefined) {
    const projected = unfoldProjection(t, y);
    return projected === undefined ? [unfolded(t, x), y] : [x, projected];
  }
  const [p, q] = [heightOf(a), heightOf(b)];
  if (p > q) return [unfolded(t, x), y];
  if (p < q) return [x, unfolded(t, y)];
  if (a === b && x.kind === 'app' && y.kind === 'app' && isRegular(a) && !t.differingArguments.has(x, y)) {
    if (sameHeadArguments(t, x, y)) return true;
    t.differingArguments.add(x, y);
  }
  return [unfolded(t, x), unfolded(t, y)];
}

function unfolded(t: Typing, e: Expr): Expr {
  return whnfCore(t, unfold(t, e) ?? e, true);
}

/** A projection that is stuck without unfolding, with what it projects from unfolded. */
function unfoldProjection(t: Typing, e: Expr): Expr | undefined {
  let head = e;
  while (head.kind === 'app') head = head.fn;
  if (head.kind !== 'proj') return undefined;
  const reduced = whnfCore(t, e);
  return reduced === e ? undefined : reduced;
}

/** How late a definition is to be unfolded; theorems and opaque ones last. */
function heightOf({ details }: Constant): number {
  if (details.kind !== 'definition' || details.hint === 'opaque') return -1;
  return details.hint === 'abbreviation' ? Infinity : details.hint;
}

function isRegular({ details }: Constant): boolean {
  return details.kind === 'definition' && typeof details.hint === 'number';
}

/** The same constant at equal levels with equal arguments, which are compared from the last on. */
function sameHeadArguments(t: Typing, a: Expr, b: Expr): boolean {
  const [x, y] = [unapply(a), unapply(b)];
  if (!equalConstants(t, x.head, y.head) || x.args.length !== y.args.length) return false;
  for (let i = x.args.length - 1; i >= 0; i--)
    if (!equalTerms(t, x.args[i] as Expr, y.args[i] as Expr)) return false;
  return true;
}

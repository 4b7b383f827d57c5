import { app, bvar, constant, lambda, letIn, mdata, pi, proj, type Expr } from '../../src/ir/expr.js';

const Nat = constant('Nat');
const nought = constant('Nat.zero');

function nested(depth: number, first: Expr, around: (inner: Expr) => Expr): Expr {
  let result = first;
  for (let i = 0; i < depth; i++) result = around(result);
  return result;
}

/** Closed terms that are nested so deep, one of each kind of node; most have a type. At the bottom stands `end`. */
export const deepTerms: Readonly<Record<string, (depth: number, end?: Expr) => Expr>> = {
  successors: (depth, end = nought) => nested(depth, end, (e) => app(constant('Nat.succ'), e)),
  'applications on the left': (depth, end = Nat) => nested(depth, end, (e) => app(e, Nat)),
  'redexes in arguments': (depth, end = nought) =>
    nested(depth, end, (e) => app(lambda('x', Nat, bvar(0)), e)),
  functions: (depth, end = nought) => nested(depth, end, (e) => lambda('x', Nat, e)),
  'function types in domains': (depth, end = Nat) => nested(depth, end, (e) => pi('x', e, Nat)),
  'lets in values': (depth, end = nought) => nested(depth, end, (e) => letIn('x', Nat, e, bvar(0))),
  projections: (depth, end = nought) => nested(depth, end, (e) => proj('And', 0, e)),
  notes: (depth, end = nought) => nested(depth, end, (e) => mdata(e)),
};

import { app, bvar, constant, lambda, letIn, mdata, pi, proj, type Expr } from '../../src/ir/expr.js';

const Nat = constant('Nat');
const nought = constant('Nat.zero');

function nested(depth: number, first: Expr, around: (inner: Expr) => Expr): Expr {
  let result = first;
  for (let i = 0; i < depth; i++) result = around(result);
  return result;
}

/** Closed terms that are nested so deep, one of each kind of node; most have a type. */
export const deepTerms: Readonly<Record<string, (depth: number) => Expr>> = {
  successors: (depth) => nested(depth, nought, (e) => app(constant('Nat.succ'), e)),
  'applications on the left': (depth) => nested(depth, Nat, (e) => app(e, Nat)),
  'redexes in arguments': (depth) => nested(depth, nought, (e) => app(lambda('x', Nat, bvar(0)), e)),
  functions: (depth) => nested(depth, nought, (e) => lambda('x', Nat, e)),
  'function types in domains': (depth) => nested(depth, Nat, (e) => pi('x', e, Nat)),
  'lets in values': (depth) => nested(depth, nought, (e) => letIn('x', Nat, e, bvar(0))),
  projections: (depth) => nested(depth, nought, (e) => proj('And', 0, e)),
  notes: (depth) => nested(depth, nought, (e) => mdata(e)),
};

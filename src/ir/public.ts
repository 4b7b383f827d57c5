/**
 * Kernel declarations for programs outside: the types, what builds them, and what one needs to walk and change them.
 * Build nodes with these functions; they keep the derived fields.
 */
export { declaredNames } from './declaration.js';
export type {
  Axiom,
  Constructor,
  Declaration,
  Definition,
  Inductive,
  InductiveType,
  MutualDefinitions,
  Opaque,
  Quotient,
  ReducibilityHint,
  Safety,
  Theorem,
} from './declaration.js';
export {
  app,
  bvar,
  constant,
  fvar,
  lambda,
  letIn,
  mdata,
  mvar,
  nat,
  pi,
  proj,
  sameExpr,
  sort,
  string,
} from './expr.js';
export type { BinderInfo, Expr, ExprKind } from './expr.js';
export { abstract, childrenOf, instantiate, lift, mapNode, unapply } from './expr-ops.js';
export { imax, levelOf, max, one, param, succ, zero } from './level.js';
export type { Level } from './level.js';
export { expressionsOf, mentionedNames } from './mentioned.js';
export { listing } from './print.js';
export { mapExpressions } from './rename.js';

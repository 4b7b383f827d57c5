/**
 * Kernel declarations for programs outside: the types, what builds them, and what one needs to walk and change them.
 * Build nodes with these functions; they keep the derived fields.
 */
export { declaredNames } from './declaration.js';
export type {
  Axiom,
  BareQuotient,
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
  Typed,
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
export type { BranchLevel, LeafLevel, Level, SuccLevel } from './level-kinds.js';
export { expressionsOf, mentionedNames } from './mentioned.js';
export type { Name } from './name.js';
export { type PointedAt } from './print-expr.js';
export { listing, type Pointer } from './print.js';
export { mapExpressions } from './rename.js';
export type { BrokenRule, KnowledgeGap } from './typing-rules.js';
export type { Making, QuestionSubject, UnitFacts } from './unit/facts.js';
export type { KernelUnit } from './unit/kernel-unit.js';
export type { SourceUnit } from './unit/source-unit.js';
export type { TextUnit } from './unit/text-unit.js';
export type { LeanUnit } from './unit/unit.js';

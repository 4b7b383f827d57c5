import { abstractAll, instantiate, instantiateAll, mentionsLoose, unapply } from '../ir/expr-ops.js';
import { binder, constant, letIn, proj, sort, type Expr, type ExprOf } from '../ir/expr.js';
import { someLevel } from '../ir/level-fold.js';
import { levelSize, succ, type Level } from '../ir/level.js';
import { isSmallLevel, simplifyLevel } from '../ir/simplify-level.js';
import type { Name } from '../ir/name.js';
import type { BrokenRule } from '../ir/typing-rules.js';
import { equalTerms } from './equality.js';
import { DontKnow, IllTyped, notModelled } from './failure.js';
import { takeLook } from './levels/budget.js';
import { simplerImax } from './levels/simplify.js';
import { checkNumeralSize } from './literals.js';
import { betaApply, isUnknown, whnf } from './reduce.js';
import type { Typing } from './typing.js';

/** The type of a term that is known to have one: nothing is checked. */
export function inferType(t: Typing, expr: Expr): Expr {
  return infer(t, expr, false);
}

/** The type of a term, everything checked. IllTyped where it has none. */
export function checkType(t: Typing, expr: Expr): Expr {
  return infer(t, expr, true);
}

/** The level of the sort that a type lives in, made smaller where that is easy. IllTyped for a term that is no type. */
export function sortOf(t: Typing, type: Expr, check = false): Level {
  return simplifyLevel(requireSmall(levelOfType(t, type, check)));
}

/** The level of the sort that a type lives in, as it is inferred. IllTyped for a term that is no type. */
export function levelOfType(t: Typing, type: Expr, check: boolean): Level {
  return levelOfSort(t, infer(t, type, check));
}

function levelOfSort(t: Typing, sortType: Expr): Level {
  const reduced = sortType.kind === 'sort' ? sortType : whnf(t, sortType);
  if (reduced.kind === 'sort') return reduced.level;
  throw failure(t, reduced, 'a type was expected');
}

/** The error for a type in weak head normal form: IllTyped, or DontKnow where it might reduce further. */
function failure(t: Typing, type: Expr, problem: BrokenRule): Error {
  return isUnknown(t, type) ? new DontKnow(notModelled) : new IllTyped(problem);
}

/** Nodes that a level may have. */
const maxLevel = 200;

function requireSmall(level: Level): Level {
  if (!isSmallLevel(level, maxLevel)) throw new DontKnow('a level that has grown too large');
  return level;
}

/** Whether a type is a proposition; false for what is stuck short of a sort. */
export function isProposition(t: Typing, type: Expr): boolean {
  const sortType = whnf(t, inferType(t, type));
  return sortType.kind === 'sort' && t.rules.levels.isProp(sortType.level, t);
}

/** Whether a type is a proposition. IllTyped for what is no type: to say no there made data of proofs once. */
export function isProp(t: Typing, type: Expr): boolean {
  return t.rules.levels.isProp(levelOfType(t, type, false), t);
}

function infer(t: Typing, noted: Expr, check: boolean): Expr {
  let expr = noted;
  while (expr.kind === 'mdata') expr = expr.of;
  switch (expr.kind) {
    case 'fvar':
      return localType(t, expr.name);
    case 'sort':
      if (check) checkLevel(t, expr.level);
      return sort(succ(expr.level));
    case 'nat':
      return naturalType(t, expr);
    case 'string':
      return literalType(t, 'String');
    case 'bvar':
      throw new IllTyped('a loose bound variable');
    case 'mvar':
      throw new IllTyped('a metavariable');
    default: {
      // A type that was only inferred may not stand in for a checked one.
      const known = t.checked.get(expr) ?? (check ? undefined : t.inferred.get(expr));
      if (known !== undefined) return known;
      if (!t.isAtWork) return t.ask(() => infer(t, noted, check));
      t.step(expr);
      const type = inferNode(t, expr, check);
      (check ? t.checked : t.inferred).set(expr, type);
      return type;
    }
  }
}

type Node = ExprOf<'const' | 'app' | 'lambda' | 'pi' | 'let' | 'proj'>;

function inferNode(t: Typing, e: Node, check: boolean): Expr {
  switch (e.kind) {
    case 'const':
      return inferConstant(t, e, check);
    case 'app':
      return inferApplication(t, e, check);
    case 'lambda':
      return inferLambda(t, e as ExprOf<'lambda'>, check);
    case 'pi':
      return inferPi(t, e as ExprOf<'pi'>, check);
    case 'let':
      return inferLet(t, e, check);
    case 'proj':
      return inferProjection(t, e, check);
  }
}

function localType(t: Typing, name: Name): Expr {
  const local = t.locals.get(name);
  if (local === undefined) throw new IllTyped('an unknown free variable', name);
  return local.type;
}

function naturalType(t: Typing, e: ExprOf<'nat'>): Expr {
  checkNumeralSize(t, e.value);
  return literalType(t, 'Nat');
}

/** Official kernels do not look whether there is such a type. */
function literalType(t: Typing, name: 'Nat' | 'String'): Expr {
  if (!t.rules.sloppy) t.constant(name);
  return constant(name);
}

function inferConstant(t: Typing, e: ExprOf<'const'>, check: boolean): Expr {
  const found = t.constant(e.name);
  if (found.levelParams.length !== e.levels.length) throw new IllTyped('another number of levels', e.name);
  if (check) {
    const safety = found.safety ?? 'safe';
    if (safety !== 'safe' && t.safety !== 'unsafe' && (safety === 'unsafe' || t.safety === 'safe'))
      throw new IllTyped('something less safe than what uses it', e.name);
    for (const level of e.levels) checkLevel(t, level);
  }
  return t.typeOf(found, e.levels);
}

/** Binders in a loop: long telescopes cost no stack. */
function inferLambda(t: Typing, e: ExprOf<'lambda'>, check: boolean): Expr {
  const binders: ExprOf<'lambda' | 'pi'>[] = [];
  const locals: Expr[] = [];
  let body: Expr = e;
  for (; body.kind === 'lambda'; body = body.body) {
    const type = instantiateAll(body.type, locals);
    if (check) levelOfType(t, type, true);
    binders.push(body);
    locals.push(t.bind(type));
  }
  const result = headBeta(infer(t, instantiateAll(body, locals), check));
  let type = abstractAll(result, namesOf(locals));
  for (let i = binders.length - 1; i >= 0; i--) {
    const opened = binders[i] as ExprOf<'pi'>;
    type = binder('pi', opened.name, opened.type, type, opened.info);
  }
  return type;
}

function inferPi(t: Typing, e: ExprOf<'pi'>, check: boolean): Expr {
  const levels: Level[] = [];
  const locals: Expr[] = [];
  let body: Expr = e;
  for (; body.kind === 'pi'; body = body.body) {
    const type = instantiateAll(body.type, locals);
    levels.push(levelOfType(t, type, check));
    locals.push(t.bind(type));
  }
  const result = levelOfType(t, instantiateAll(body, locals), check);
  return sort(levels.reduceRight((rest, level) => simplerImax(level, rest), result));
}

function inferLet(t: Typing, e: ExprOf<'let'>, check: boolean): Expr {
  const lets: ExprOf<'let'>[] = [];
  const locals: Expr[] = [];
  let body: Expr = e;
  for (; body.kind === 'let'; body = body.body) {
    const type = instantiateAll(body.type, locals);
    const value = instantiateAll(body.value, locals);
    if (check) {
      levelOfType(t, type, true);
      if (!equalTerms(t, infer(t, value, true), type)) throw new IllTyped('a let value of another type');
    }
    lets.push(body);
    locals.push(t.bind(type, value));
  }
  let type = abstractAll(headBeta(infer(t, instantiateAll(body, locals), check)), namesOf(locals));
  for (let i = lets.length - 1; i >= 0; i--) {
    const { name, type: of, value } = lets[i] as ExprOf<'let'>;
    // A variable that does not occur is dropped; it stands at 0, so that nothing else moves but down.
    type = mentionsLoose(type, 0) ? letIn(name, of, value, type) : instantiate(type, value);
  }
  return type;
}

function namesOf(locals: readonly Expr[]): Name[] {
  return locals.map((local) => (local as ExprOf<'fvar'>).name);
}

/** Beta at the head where it only drops arguments, or gives one of them. */
function headBeta(e: Expr): Expr {
  if (e.kind !== 'app') return e;
  const { head, args } = unapply(e);
  let body = head;
  let used = 0;
  for (; body.kind === 'lambda' && used < args.length; body = body.body) used++;
  if (used === 0) return e;
  return body.looseRange === 0 || body.kind === 'bvar' ? betaApply(head, args) : e;
}

function inferApplication(t: Typing, e: ExprOf<'app'>, check: boolean): Expr {
  const { head, args } = unapply(e);
  let type = infer(t, head, check);
  let from = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Expr;
    if (type.kind !== 'pi') {
      type = whnf(t, instantiateAll(type, args, from, i));
      from = i;
      if (type.kind !== 'pi') throw failure(t, type, 'a function was expected');
    }
    if (check) checkArgument(t, arg, instantiateAll(type.type, args, from, i));
    type = type.body;
  }
  return instantiateAll(type, args, from);
}

function checkArgument(t: Typing, arg: Expr, domain: Expr): void {
  const type = infer(t, arg, true);
  const eager = isEager(arg);
  const before = t.eager;
  t.eager ||= eager;
  const fits = equalTerms(t, type, domain);
  t.eager = before;
  if (!fits) throw new IllTyped('an argument of another type');
}

function isEager(e: Expr): boolean {
  return (
    e.kind === 'app' && e.fn.kind === 'app' && e.fn.fn.kind === 'const' && e.fn.fn.name === 'eagerReduce'
  );
}

/** Field numbers are 32 bits wide; releases before 4.33.0 took larger ones for what is left of them. */
const maxIndex = 2 ** 32;

function inferProjection(t: Typing, e: ExprOf<'proj'>, check: boolean): Expr {
  const type = whnf(t, infer(t, e.of, check));
  if (e.index >= maxIndex) throw new IllTyped('a projection beyond the last field');
  const { head, args } = unapply(type);
  if (head.kind !== 'const' || head.name !== e.structure)
    throw failure(t, type, 'a projection of something else');
  const details = t.environment.find(e.structure)?.details;
  if (
    details?.kind !== 'inductive' ||
    details.constructors.length !== 1 ||
    args.length !== details.parameters + details.indices
  ) {
    throw new IllTyped('a projection of what is no structure', e.structure);
  }
  const made = t.constant(details.constructors[0] ?? '');
  if (made.levelParams.length !== head.levels.length)
    throw new IllTyped('a projection at other levels', e.structure);
  let rest = t.typeOf(made, head.levels);
  for (const parameter of args.slice(0, details.parameters)) rest = instantiateBinder(t, rest, parameter);
  const guarded = t.rules.levels.isGuarded(levelOfType(t, type, false), t);
  for (let index = 0; index < e.index; index++) {
    const field = whnf(t, rest);
    if (field.kind !== 'pi') throw new IllTyped('a projection beyond the last field');
    // Data of a proof may not be read, not even to say the type of a later field.
    if (guarded && field.body.looseRange > 0 && !isGuardedField(t, field.type))
      throw new IllTyped('data out of a proof');
    rest = instantiate(field.body, proj(e.structure, index, e.of));
  }
  const field = whnf(t, rest);
  if (field.kind !== 'pi') throw new IllTyped('a projection beyond the last field');
  if (guarded && !isGuardedField(t, field.type)) throw new IllTyped('data out of a proof');
  return field.type;
}

function isGuardedField(t: Typing, type: Expr): boolean {
  return t.rules.levels.isGuarded(levelOfType(t, type, false), t);
}

function instantiateBinder(t: Typing, type: Expr, value: Expr): Expr {
  const opened = whnf(t, type);
  if (opened.kind !== 'pi') throw new IllTyped('a constructor with too few parameters');
  return instantiate(opened.body, value);
}

function checkLevel(t: Typing, level: Level): void {
  // Nearly all are so small.
  if (level.kind === 'zero') return;
  takeLook(t, levelSize(level));
  someLevel(level, (part) => {
    if (part.kind === 'mvar') throw new IllTyped('a level metavariable');
    if (part.kind === 'param' && t.levelParams !== null && !t.levelParams.has(part.name))
      throw new IllTyped('an unknown level parameter', part.name);
    return false;
  });
}

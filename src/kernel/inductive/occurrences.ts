import type { Inductive } from '../../ir/declaration.js';
import { effort } from '../../ir/effort.js';
import { childrenOf, unapply } from '../../ir/expr-ops.js';
import { hasFvar, hasMvar, sameExpr, type Expr, type ExprOf } from '../../ir/expr.js';
import { nameParts, type Name } from '../../ir/name.js';
import { IllTyped } from '../failure.js';
import type { BlockHead } from './block.js';

/** Whether an expression mentions one of the names. */
export function mentions(expr: Expr, names: ReadonlySet<Name>): boolean {
  return anySubterm(
    expr,
    (e) => (e.kind === 'const' && names.has(e.name)) || (e.kind === 'proj' && names.has(e.structure)),
  );
}

function anySubterm(expr: Expr, is: (e: Expr) => boolean): boolean {
  const seen = new Set<Expr>();
  const open: Expr[] = [expr];
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    effort.nodes++;
    if (is(e)) return true;
    open.push(...childrenOf(e));
  }
  return false;
}

/** The parts of an expression, itself among them, in which a constant of one of the names occurs. */
function mentioning(whole: Expr, names: ReadonlySet<Name>): Set<Expr> {
  const found = new Set<Expr>();
  const seen = new Set<Expr>();
  const open = [whole];
  for (let e = open.at(-1); e !== undefined; e = open.at(-1)) {
    const children = childrenOf(e);
    if (!seen.has(e)) {
      seen.add(e);
      const missing = children.filter((child) => !seen.has(child));
      open.push(...missing);
      if (missing.length > 0) continue;
    }
    open.pop();
    if ((e.kind === 'const' && names.has(e.name)) || children.some((child) => found.has(child))) found.add(e);
  }
  return found;
}

/** Whether something is applied to what mentions one of the names, as a container is to a nested occurrence. */
export function isAppliedTo(expr: Expr, names: ReadonlySet<Name>): boolean {
  if (!mentions(expr, names)) return false;
  const found = mentioning(expr, names);
  return [...found].some((e) => e.kind === 'app' && found.has(e.arg));
}

/** Throws IllTyped for metavariables, free variables and reserved names in a declaration, as it is submitted. */
export function checkVariables({ types }: Inductive): void {
  for (const type of types) {
    for (const { name, type: written } of [type, ...type.constructors]) {
      if ((written.has & hasMvar) !== 0) throw new IllTyped('a metavariable', name);
      if ((written.has & hasFvar) !== 0) throw new IllTyped('a free variable', name);
      if (anySubterm(written, isReserved))
        throw new IllTyped('a name of an auxiliary type, which begins with _nested', name);
    }
  }
}

function isReserved(e: Expr): boolean {
  const name = e.kind === 'const' ? e.name : e.kind === 'proj' ? e.structure : '';
  return name.startsWith('_nested') && nameParts(name)[0] === '_nested';
}

/**
 * Wherever a constructor mentions a declared type, as it is written, this has the declaration's own level parameters
 * and exactly its parameters, as bound variables.
 */
export function checkUniform(declaration: Inductive, parameters: number): void {
  const names = new Set(declaration.types.map((type) => type.name));
  for (const type of declaration.types) {
    for (const constructor of type.constructors) {
      if (!isUniform(constructor.type, names, declaration.levelParams, parameters))
        throw new IllTyped('a type of the block with other parameters or levels', constructor.name);
    }
  }
}

function ownLevels({ levels }: ExprOf<'const'>, levelParams: readonly Name[]): boolean {
  return (
    levels.length === levelParams.length &&
    levels.every((level, i) => level.kind === 'param' && level.name === levelParams[i])
  );
}

/**
 * Only what mentions a declared type is looked at, and at each number of binders above it. With parameters there is but
 * one number at which what mentions one can be in order, without them the number does not matter: so each shared part
 * is looked at once.
 */
function isUniform(
  whole: Expr,
  names: ReadonlySet<Name>,
  levelParams: readonly Name[],
  parameters: number,
): boolean {
  const concerned = mentioning(whole, names);
  const seen: Set<Expr>[] = [];
  const open: [Expr, number][] = [[whole, 0]];
  const isOwn = (head: ExprOf<'const'>, spine: readonly ExprOf<'app'>[], depth: number): boolean => {
    if (!ownLevels(head, levelParams) || spine.length < parameters) return false;
    for (let i = 0; i < parameters; i++) {
      const arg = spine[spine.length - 1 - i]?.arg;
      if (arg?.kind !== 'bvar' || arg.index !== depth - 1 - i) return false;
    }
    return true;
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [e, depth] = next;
    const known = (seen[parameters === 0 ? 0 : depth] ??= new Set());
    if (known.has(e) || !concerned.has(e)) continue;
    known.add(e);
    switch (e.kind) {
      case 'const':
        if (names.has(e.name) && (parameters > 0 || !ownLevels(e, levelParams))) return false;
        break;
      case 'app': {
        // Down to a part that was looked at: what that is applied to is all that is new.
        const spine = [e];
        let head = e.fn;
        for (; head.kind === 'app' && !known.has(head); head = head.fn) spine.push(head);
        const isDeclared = head.kind === 'const' && names.has(head.name);
        if (head.kind === 'const' && isDeclared && !isOwn(head, spine, depth)) return false;
        if (!isDeclared) open.push([head, depth]);
        spine.forEach((part, i) => {
          open.push([part.arg, depth]);
          if (!isDeclared || spine.length - i >= parameters) known.add(part);
        });
        break;
      }
      case 'lambda':
      case 'pi':
        open.push([e.type, depth], [e.body, depth + 1]);
        break;
      case 'let':
        open.push([e.type, depth], [e.value, depth], [e.body, depth + 1]);
        break;
      default:
        for (const part of childrenOf(e)) open.push([part, depth]);
    }
  }
  return true;
}

/** The type of the block that an expression applies to the block's own parameters, and the indices behind them. */
export function occurrenceOf(block: BlockHead, type: Expr): { name: Name; indices: Expr[] } | undefined {
  const { head, args } = unapply(type);
  if (head.kind !== 'const') return undefined;
  const count = block.indexCounts.get(head.name);
  if (count === undefined || args.length !== block.parameters.length + count) return undefined;
  const ownLevels = head.levels.every(
    (level, i) => level.kind === 'param' && level.name === block.declaration.levelParams[i],
  );
  if (!ownLevels || !block.parameters.every(({ local }, i) => sameExpr(local, args[i] as Expr)))
    return undefined;
  const indices = args.slice(block.parameters.length);
  return indices.some((index) => mentions(index, block.names)) ? undefined : { name: head.name, indices };
}

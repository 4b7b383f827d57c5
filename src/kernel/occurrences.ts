import { childrenOf, instantiate, unapply } from '../ir/expr-ops.js';
import { sameExpr, type Expr } from '../ir/expr.js';
import type { Level } from '../ir/level.js';
import type { Name } from '../ir/name.js';
import { equalTerms } from './equality.js';
import { equalLevels } from './level-order.js';
import { whnf } from './reduce.js';
import { openPis, type Opened } from './telescope.js';
import type { Typing } from './typing.js';

/** What an inductive block is called while its constructors are looked at. */
export interface Block {
  readonly names: ReadonlySet<Name>;
  readonly parameters: readonly Opened[];
  readonly levels: readonly Level[];
}

/** Whether an expression mentions one of the names. */
export function mentions(expr: Expr, names: ReadonlySet<Name>): boolean {
  const seen = new Set<Expr>();
  const open: Expr[] = [expr];
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (e.kind === 'const' && names.has(e.name)) return true;
    if (e.kind === 'proj' && names.has(e.structure)) return true;
    open.push(...childrenOf(e));
  }
  return false;
}

function hasOtherLocals(expr: Expr, allowed: ReadonlySet<Name>): boolean {
  if (expr.kind === 'fvar') return !allowed.has(expr.name);
  return childrenOf(expr).some((part) => hasOtherLocals(part, allowed));
}

/** The type of the block that an expression applies to the block's own parameters, and the indices behind them. */
export function occurrenceOf(
  t: Typing,
  block: Block,
  type: Expr,
): { name: Name; indices: Expr[] } | undefined {
  const { head, args } = unapply(type);
  if (head.kind !== 'const' || !block.names.has(head.name)) return undefined;
  if (!head.levels.every((level, i) => equalLevels(level, block.levels[i] ?? level))) return undefined;
  const own = args.slice(0, block.parameters.length);
  if (own.length !== block.parameters.length) return undefined;
  if (!own.every((arg, i) => equalTerms(t, arg, block.parameters[i]?.local ?? arg))) return undefined;
  const indices = args.slice(block.parameters.length);
  return indices.some((index) => mentions(index, block.names)) ? undefined : { name: head.name, indices };
}

/**
 * Whether a field may have this type: where it mentions the block, it does so behind its arrows only, as a type of
 * the block itself or inside a container that uses it in the same way. `containers` are those already looked into.
 */
export function isPositive(t: Typing, block: Block, type: Expr, containers: readonly Expr[] = []): boolean {
  const { locals, rest } = openPis(t, type);
  if (locals.some((opened) => mentions(opened.type, block.names))) return false;
  const result = whnf(t, rest);
  if (!mentions(result, block.names) || occurrenceOf(t, block, result) !== undefined) return true;
  return isPositiveContainer(t, block, result, containers);
}

/** Whether a type is another inductive type that mentions the block in its parameters. */
export function isNested(t: Typing, block: Block, type: Expr): boolean {
  const { rest } = openPis(t, type);
  const result = whnf(t, rest);
  const { head } = unapply(result);
  return head.kind === 'const' && !block.names.has(head.name) && mentions(result, block.names);
}

function isPositiveContainer(t: Typing, block: Block, type: Expr, containers: readonly Expr[]): boolean {
  const { head, args } = unapply(type);
  if (head.kind !== 'const') return false;
  const details = t.environment.find(head.name)?.details;
  if (details?.kind !== 'inductive') return false;
  if (args.slice(details.parameters).some((index) => mentions(index, block.names))) return false;
  const applied = args.slice(0, details.parameters);
  // Only the block's own parameters may stand inside a container's: the kernel can't name anything else there.
  const own = new Set(block.parameters.map(({ local }) => local.name));
  if (applied.some((parameter) => hasOtherLocals(parameter, own))) return false;
  if (containers.some((known) => sameExpr(known, type))) return true;
  const inside = [...containers, type];
  return details.block.every((name) => {
    const container = t.environment.find(name)?.details;
    if (container?.kind !== 'inductive') return false;
    return container.constructors.every((constructor) => {
      const made = t.environment.find(constructor);
      if (made === undefined) return false;
      let rest = t.typeOf(made, head.levels);
      for (const parameter of applied) {
        const binder = whnf(t, rest);
        if (binder.kind !== 'pi') return false;
        rest = instantiate(binder.body, parameter);
      }
      const { locals } = openPis(t, rest);
      return locals.every((field) => isPositive(t, block, field.type, inside));
    });
  });
}

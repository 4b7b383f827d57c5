/** Checks the types and constructors of a block without nested occurrences, and opens them. */
import type { Inductive, InductiveType } from '../../ir/declaration.js';
import { instantiateAll, unapply } from '../../ir/expr-ops.js';
import { sameExpr, type Expr } from '../../ir/expr.js';
import { param, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { equalTerms } from '../equality.js';
import { IllTyped } from '../failure.js';
import { checkType, levelOfType } from '../infer.js';
import { whnf } from '../reduce.js';
import { open, openPis, type Opened } from '../telescope.js';
import type { Typing } from '../typing.js';
import type { BlockHead, OpenedBlock, OpenedConstructor } from './block.js';
import { mentions } from './occurrences.js';
import { checkPositive } from './positivity.js';

/** The block's types, checked and read with reduction: parameters, indices and the sort that they live in. */
export interface OpenedTypes {
  readonly head: BlockHead;
  readonly indices: readonly (readonly Opened[])[];
  readonly level: Level;
}

export function openTypes(t: Typing, declaration: Inductive): OpenedTypes {
  let parameters: readonly Opened[] | undefined;
  let level: Level | undefined;
  const indices = declaration.types.map(({ name, type }) => {
    levelOfType(t, type, true);
    let rest: Expr;
    if (parameters === undefined) {
      const opened = openPis(t, type, declaration.parameters);
      if (opened.locals.length !== declaration.parameters)
        throw new IllTyped('fewer binders than parameters');
      parameters = opened.locals;
      rest = opened.rest;
    } else {
      rest = behindParameters(t, type, parameters, (binder) => whnf(t, binder));
    }
    const opened = openPis(t, rest);
    const result = whnf(t, opened.rest);
    if (result.kind !== 'sort') throw new IllTyped('an inductive type whose type is no sort', name);
    if (level !== undefined && !t.rules.levels.equal(level, result.level, t))
      throw new IllTyped('types of a block in different sorts');
    level ??= result.level;
    return opened.locals;
  });
  if (parameters === undefined || level === undefined) throw new IllTyped('no types');
  const head: BlockHead = {
    declaration,
    names: new Set(declaration.types.map((type) => type.name)),
    levels: declaration.levelParams.map(param),
    parameters,
    indexCounts: new Map(declaration.types.map((type, i) => [type.name, indices[i]?.length ?? 0])),
  };
  return { head, indices, level };
}

/** The rest of a type behind the block's parameters, whose types it must share. */
function behindParameters(
  t: Typing,
  type: Expr,
  parameters: readonly Opened[],
  show: (type: Expr) => Expr,
): Expr {
  let rest = type;
  let locals: Expr[] = [];
  for (const { local, type: expected } of parameters) {
    if (rest.kind !== 'pi') {
      rest = show(instantiateAll(rest, locals));
      locals = [];
    }
    if (rest.kind !== 'pi') throw new IllTyped('fewer binders than parameters');
    if (!equalTerms(t, instantiateAll(rest.type, locals), expected))
      throw new IllTyped('parameters of different types in one block');
    rest = rest.body;
    locals.push(local);
  }
  return instantiateAll(rest, locals);
}

/** Opens the constructors too, in an environment that has the types. */
export function openBlock(t: Typing, { head, indices, level }: OpenedTypes): OpenedBlock {
  const types = head.declaration.types.map((type, i) => ({
    name: type.name,
    indices: indices[i] ?? [],
    constructors: type.constructors.map((c) => openConstructor(t, head, type, level, c.name, c.type)),
  }));
  return { ...head, types, level };
}

function openConstructor(
  t: Typing,
  head: BlockHead,
  self: InductiveType,
  level: Level,
  name: Name,
  type: Expr,
): OpenedConstructor {
  levelOfType(t, type, true);
  const fields: Opened[] = [];
  // Constructors are taken as they are written: their types are not reduced to find more fields.
  let rest = behindParameters(t, type, head.parameters, (written) => written);
  const locals: Expr[] = [];
  for (; rest.kind === 'pi'; rest = rest.body) {
    const field = open(t, rest.name, instantiateAll(rest.type, locals), rest.info);
    const fieldLevel = levelOfType(t, field.type, true);
    if (!t.rules.levels.isProp(level, t) && !t.rules.levels.atLeast(level, fieldLevel, t))
      throw new IllTyped('a field in too large a universe', name);
    if (!head.declaration.unsafe) checkPositive(t, head, field.type, name);
    fields.push(field);
    locals.push(field.local);
  }
  return { name, fields, indices: resultIndices(t, head, self, name, instantiateAll(rest, locals)) };
}

/** The indices of the type that a constructor makes, which must be its own at the block's parameters. */
function resultIndices(t: Typing, head: BlockHead, self: InductiveType, name: Name, result: Expr): Expr[] {
  const made = unapply(result);
  const count = head.parameters.length + (head.indexCounts.get(self.name) ?? 0);
  const fits =
    made.head.kind === 'const' &&
    made.head.name === self.name &&
    made.head.levels.every((l, i) => l.kind === 'param' && l.name === head.declaration.levelParams[i]) &&
    made.args.length === count &&
    head.parameters.every(({ local }, i) => sameExpr(local, made.args[i] as Expr));
  if (!fits) throw new IllTyped('a constructor of something else than its type', name);
  const indices = made.args.slice(head.parameters.length);
  if (indices.some((index) => mentions(index, head.names)))
    throw new IllTyped('its type inside an index', name);
  checkType(t, result);
  return indices;
}

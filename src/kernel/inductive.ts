/**
 * What an inductive declaration amounts to: its checks, and the constants that it adds, recursors included.
 * Nested occurrences (the type inside another inductive type's parameters) are allowed where the container's own
 * constructors use that parameter positively; the recursors of such a block are not derived.
 */
import type { Inductive } from '../ir/declaration.js';
import { instantiate, unapply } from '../ir/expr-ops.js';
import { app, constant, type Expr } from '../ir/expr.js';
import { param, type Level } from '../ir/level.js';
import type { Name } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';
import { equalTerms } from './equality.js';
import { IllTyped } from './failure.js';
import { checkType, sortOf } from './infer.js';
import { equalLevels, isZero, levelAtMost } from './level-order.js';
import { isNested, isPositive, mentions, type Block } from './occurrences.js';
import { recursorsOf } from './recursor.js';
import { whnf } from './reduce.js';
import { localsOf, openPis, type Opened } from './telescope.js';
import { Typing } from './typing.js';

/** A constructor, opened: its fields as locals, in the context of the block's parameters. */
export interface OpenedConstructor {
  readonly name: Name;
  readonly fields: readonly Opened[];
  /** The indices of the type that it makes. */
  readonly indices: readonly Expr[];
}
export interface OpenedType {
  readonly name: Name;
  readonly indices: readonly Opened[];
  readonly constructors: readonly OpenedConstructor[];
}
/** A whole block, opened. */
export interface OpenedBlock extends Block {
  readonly declaration: Inductive;
  readonly types: readonly OpenedType[];
  readonly level: Level;
}

/** Checks a declaration and returns the environment with its constants. Throws IllTyped or DontKnow. */
export function addInductive(environment: Environment, declaration: Inductive): Environment {
  const levelParams = new Set(declaration.levelParams);
  if (levelParams.size !== declaration.levelParams.length) throw new IllTyped('a level parameter twice');
  if (declaration.types.length === 0) throw new IllTyped('no types');

  const before = new Typing(environment, levelParams);
  for (const type of declaration.types) sortOf(before, type.type, true);
  const recursive = isRecursive(declaration);
  const withTypes = environment.extend(
    declaration.types.map((type) => typeConstant(before, declaration, type.name, type.type, recursive)),
  );

  const t = new Typing(withTypes, levelParams);
  const block = openBlock(t, declaration);
  const constructors = declaration.types.flatMap((type) =>
    type.constructors.map((constructor): Constant => {
      const opened = block.types.flatMap((o) => o.constructors).find((o) => o.name === constructor.name);
      return {
        name: constructor.name,
        levelParams: declaration.levelParams,
        type: constructor.type,
        details: {
          kind: 'constructor',
          inductive: type.name,
          parameters: declaration.parameters,
          fields: opened?.fields.length ?? 0,
        },
      };
    }),
  );
  const complete = withTypes.extend(constructors);
  const nested = block.types.some((type) =>
    type.constructors.some((c) => c.fields.some((f) => isNested(t, block, f.type))),
  );
  if (nested) return complete;
  t.grow(complete);
  return complete.extend(recursorsOf(t, block));
}

function typeConstant(
  t: Typing,
  declaration: Inductive,
  name: Name,
  type: Expr,
  recursive: boolean,
): Constant {
  const { locals } = openPis(t, type);
  return {
    name,
    levelParams: declaration.levelParams,
    type,
    details: {
      kind: 'inductive',
      parameters: declaration.parameters,
      indices: locals.length - declaration.parameters,
      block: declaration.types.map((other) => other.name),
      constructors:
        declaration.types.find((other) => other.name === name)?.constructors.map((c) => c.name) ?? [],
      recursive,
    },
  };
}

/** Whether a constructor takes a value of the block. */
export function isRecursive(declaration: Inductive): boolean {
  const names = new Set(declaration.types.map((type) => type.name));
  const fieldsMention = (type: Expr): boolean => {
    for (let rest = type; rest.kind === 'pi'; rest = rest.body) if (mentions(rest.type, names)) return true;
    return false;
  };
  return declaration.types.some((type) => type.constructors.some((c) => fieldsMention(c.type)));
}

function openBlock(t: Typing, declaration: Inductive): OpenedBlock {
  const levels = declaration.levelParams.map(param);
  const [first] = declaration.types;
  const { locals: parameters } = openPis(t, first?.type ?? constant(''), declaration.parameters);
  if (parameters.length !== declaration.parameters) throw new IllTyped('fewer binders than parameters');
  const names = new Set(declaration.types.map((type) => type.name));
  const heads = declaration.types.map((type) => app(constant(type.name, levels), ...localsOf(parameters)));
  const block: Block = { names, parameters, levels };

  let level: Level | undefined;
  const types = declaration.types.map((type): OpenedType => {
    const { locals: indices, rest } = openPis(t, instantiateParameters(t, type.type, parameters));
    const result = whnf(t, rest);
    if (result.kind !== 'sort') throw new IllTyped('an inductive type whose type is no sort');
    level ??= result.level;
    if (!equalLevels(level, result.level)) throw new IllTyped('types of a block in different sorts');
    return { name: type.name, indices, constructors: [] };
  });
  const resultLevel: Level = level ?? { kind: 'zero' };
  return {
    ...block,
    declaration,
    level: resultLevel,
    types: types.map((type, i) => ({
      ...type,
      constructors: (declaration.types[i]?.constructors ?? []).map((c) =>
        openConstructor(t, block, heads[i] ?? constant(''), type.indices.length, resultLevel, c.name, c.type),
      ),
    })),
  };
}

/** The rest of a type behind the block's parameters, whose types it must share. */
function instantiateParameters(t: Typing, type: Expr, parameters: readonly Opened[]): Expr {
  let rest = type;
  for (const { local, type: expected } of parameters) {
    const reduced = whnf(t, rest);
    if (reduced.kind !== 'pi') throw new IllTyped('fewer binders than parameters');
    if (!equalTerms(t, reduced.type, expected))
      throw new IllTyped('parameters of different types in one block');
    rest = instantiate(reduced.body, local);
  }
  return rest;
}

function openConstructor(
  t: Typing,
  block: Block,
  self: Expr,
  indexCount: number,
  level: Level,
  name: Name,
  type: Expr,
): OpenedConstructor {
  sortOf(t, type, true);
  const behindParameters = instantiateParameters(t, type, block.parameters);
  const fields: Opened[] = [];
  let rest = behindParameters;
  // Constructors are taken as they are written: their types are not reduced to find more fields.
  while (rest.kind === 'pi') {
    const fieldLevel = sortOf(t, rest.type);
    if (!isZero(level) && !levelAtMost(fieldLevel, level))
      throw new IllTyped(`${name}: a field in too large a universe`);
    if (!isPositive(t, block, rest.type)) throw new IllTyped(`${name}: a non positive occurrence`);
    const local = t.bind(rest.type) as Opened['local'];
    fields.push({ local, name: rest.name, info: rest.info, type: rest.type });
    rest = instantiate(rest.body, local);
  }
  const { head, args } = unapply(rest);
  const own = unapply(self);
  const parameterArgs = args.slice(0, block.parameters.length);
  const fits =
    equalHead(head, own.head) &&
    args.length === block.parameters.length + indexCount &&
    parameterArgs.every((arg, i) => equalTerms(t, arg, own.args[i] ?? arg));
  if (!fits) throw new IllTyped(`${name}: makes something else than its type`);
  const indices = args.slice(block.parameters.length);
  if (indices.some((index) => mentions(index, block.names)))
    throw new IllTyped(`${name}: its type inside an index`);
  checkType(t, rest);
  return { name, fields, indices };
}

function equalHead(a: Expr, b: Expr): boolean {
  return (
    a.kind === 'const' &&
    b.kind === 'const' &&
    a.name === b.name &&
    a.levels.every((l, i) => equalLevels(l, b.levels[i] ?? l))
  );
}

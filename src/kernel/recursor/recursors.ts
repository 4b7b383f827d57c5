/** Derives the recursors of a block: their types, and the rules by which they compute. */
import { app, sort, type Expr } from '../../ir/expr.js';
import { param, zero, type Level } from '../../ir/level.js';
import { child, type Name } from '../../ir/name.js';
import {
  constructorAt,
  typeAt,
  type OpenedBlock,
  type OpenedConstructor,
  type OpenedType,
} from '../inductive/block.js';
import { recursiveFields, type RecursiveField } from '../inductive/positivity.js';
import { close, localsOf, open, type Opened } from '../telescope.js';
import type { Typing } from '../typing.js';
import { withoutAnnotations } from './binders.js';
import type { OpenedRecursor, OpenedRule, RecursorFamily } from './family.js';
import { eliminatesIntoAnything } from './large-elimination.js';
import { freshLevelName, hypothesisName, minorName } from './names.js';

/** A constructor's minor premise, and what that is made of. */
interface Minor {
  readonly premise: Opened;
  readonly constructor: OpenedConstructor;
  readonly recursive: readonly RecursiveField[];
}

export function recursorsOf(t: Typing, checked: OpenedBlock): RecursorFamily {
  const largeElimination = eliminatesIntoAnything(t, checked);
  const block = tidied(t, checked);
  const own = block.declaration.levelParams;
  const levelParams = largeElimination ? [freshLevelName(own), ...own] : own;
  const elimination = largeElimination ? param(levelParams[0] ?? 'u') : zero;
  const motives = block.types.map((type, i) => motiveOf(t, block, type, i, elimination));
  const minors = block.types.map((type, i) =>
    type.constructors.map((constructor) => minorOf(t, block, type, constructor, motives, i)),
  );
  return {
    levelParams,
    largeElimination,
    parameters: block.parameters,
    motives,
    premises: minors.flatMap((ofType) => ofType.map(({ premise }) => premise)),
    recursors: block.types.map((type, i) =>
      recursorOf(t, block, type, at(motives, i).local, minors[i] ?? []),
    ),
  };
}

/** The block with the binders' types as recursors show them. */
function tidied(t: Typing, block: OpenedBlock): OpenedBlock {
  const others: Opened[] = [];
  const tidy = (opened: readonly Opened[]): Opened[] =>
    opened.map((one) => {
      const type = withoutAnnotations(one.type);
      if (type === one.type) return one;
      t.retype(one.local, type);
      others.push(one);
      return { ...one, type };
    });
  const result = {
    ...block,
    parameters: tidy(block.parameters),
    types: block.types.map((type) => ({
      ...type,
      indices: tidy(type.indices),
      constructors: type.constructors.map((c) => ({ ...c, fields: tidy(c.fields) })),
    })),
  };
  if (others.length > 0) t.forget(t.environment);
  return result;
}

function recursorOf(
  t: Typing,
  block: OpenedBlock,
  { name, indices, constructors }: OpenedType,
  motive: Expr,
  minors: readonly Minor[],
): OpenedRecursor {
  const major = open(t, 't', typeAt(block, name, localsOf(indices)));
  const [only, second] = constructors;
  const isSingle = block.types.length === 1 && only?.fields.length === 0 && second === undefined;
  return {
    name: child(name, 'rec'),
    inductive: name,
    indices,
    major,
    result: app(motive, ...localsOf(indices), major.local),
    likeK: t.rules.levels.isProp(block.level, t) && isSingle,
    rules: minors.map((minor) => ruleOf(block, minor)),
  };
}

/** `motive : ∀ indices, I params indices → Sort elimination`. */
function motiveOf(
  t: Typing,
  block: OpenedBlock,
  type: OpenedType,
  position: number,
  elimination: Level,
): Opened {
  const major = open(t, 't', typeAt(block, type.name, localsOf(type.indices)));
  const motive = close('pi', [...type.indices, major], sort(elimination));
  return open(t, block.types.length === 1 ? 'motive' : `motive_${position + 1}`, motive);
}

/** `∀ fields hypotheses, motive indices (constructor params fields)`. */
function minorOf(
  t: Typing,
  block: OpenedBlock,
  type: OpenedType,
  constructor: OpenedConstructor,
  motives: readonly Opened[],
  position: number,
): Minor {
  const recursive = recursiveFields(t, block, constructor.fields);
  const hypotheses = recursive.map(({ field, name, binders, indices }) => {
    const value = app(motiveFor(block, motives, name), ...indices, app(field.local, ...localsOf(binders)));
    return open(t, hypothesisName(field.name), close('pi', binders, value));
  });
  const result = app(at(motives, position).local, ...constructor.indices, constructorAt(block, constructor));
  const premise = close('pi', [...constructor.fields, ...hypotheses], result);
  return { premise: open(t, minorName(constructor.name, type.name), premise), constructor, recursive };
}

function ruleOf(block: OpenedBlock, { premise, constructor, recursive }: Minor): OpenedRule {
  const places = recursive.map(({ name }) => placeOf(block, name));
  return {
    constructor: constructor.name,
    fields: constructor.fields,
    calls: recursive.length,
    value: (calls) => {
      const hypotheses = recursive.map(({ field, binders, indices }, i) => {
        const call = calls[places[i] ?? -1];
        if (call === undefined) throw new RangeError(`no recursor for field ${i}`);
        return close('lambda', binders, app(call, ...indices, app(field.local, ...localsOf(binders))));
      });
      return app(premise.local, ...localsOf(constructor.fields), ...hypotheses);
    },
  };
}

/** The number of a type in its block. */
function placeOf(block: OpenedBlock, name: Name): number {
  return block.types.findIndex((type) => type.name === name);
}

function motiveFor(block: OpenedBlock, motives: readonly Opened[], name: Name): Expr {
  return at(motives, placeOf(block, name)).local;
}

function at(motives: readonly Opened[], position: number): Opened {
  const motive = motives[position];
  if (motive === undefined) throw new RangeError(`no motive ${position}`);
  return motive;
}

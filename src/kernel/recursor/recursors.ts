/** Derives the recursors of a block: their types, and the rules by which they compute. */
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { param, zero, type Level } from '../../ir/level.js';
import { child, type Name } from '../../ir/name.js';
import type { Constant, RecursorRule } from '../environment.js';
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
import { inferImplicit, withoutAnnotations } from './binders.js';
import { eliminatesIntoAnything } from './large-elimination.js';
import { freshLevelName, hypothesisName, minorName } from './names.js';

/** Data that all recursors of a block share. */
interface Shared {
  readonly levels: readonly Level[];
  readonly levelParams: readonly Name[];
  readonly large: boolean;
  readonly motives: readonly Opened[];
  readonly minors: readonly Minor[];
}
/** A constructor's minor premise, and what that is made of. */
interface Minor {
  readonly premise: Opened;
  readonly constructor: OpenedConstructor;
  readonly recursive: readonly RecursiveField[];
}

/** Steps of a binder of a recursor or of a rule, and binders that cost none. */
const stepsOfBinder = 2;
const free = 64;

/** Each recursor, and each of its rules, has a binder for every type and constructor: with many that is their square. */
function takeSteps(t: Typing, { types, parameters }: OpenedBlock): void {
  const constructors = types.reduce((sum, type) => sum + type.constructors.length, 0);
  const binders = parameters.length + types.length + constructors;
  if (binders > free) t.take((types.length + constructors) * (binders - free) * stepsOfBinder);
}

export function recursorsOf(t: Typing, checked: OpenedBlock): Constant[] {
  takeSteps(t, checked);
  const block = tidied(checked);
  const large = eliminatesIntoAnything(t, checked);
  const own = block.declaration.levelParams;
  const levelParams = large ? [freshLevelName(own), ...own] : own;
  const elimination = large ? param(levelParams[0] ?? 'u') : zero;
  const motives = block.types.map((type, i) => motiveOf(t, block, type, i, elimination));
  const minors = block.types.flatMap((type, i) =>
    type.constructors.map((c) => minorOf(t, block, type, c, motives, i)),
  );
  const shared: Shared = { levels: levelParams.map(param), levelParams, large, motives, minors };
  return block.types.map((type, i) => recursorOf(t, block, type, i, shared));
}

/** The block with the binders' types as recursors show them. */
function tidied(block: OpenedBlock): OpenedBlock {
  const tidy = (opened: readonly Opened[]): Opened[] =>
    opened.map((one) => ({ ...one, type: withoutAnnotations(one.type) }));
  return {
    ...block,
    parameters: tidy(block.parameters),
    types: block.types.map((type) => ({
      ...type,
      indices: tidy(type.indices),
      constructors: type.constructors.map((c) => ({ ...c, fields: tidy(c.fields) })),
    })),
  };
}

function recursorOf(
  t: Typing,
  block: OpenedBlock,
  type: OpenedType,
  position: number,
  shared: Shared,
): Constant {
  const { motives, minors } = shared;
  const major = open(t, 't', typeAt(block, type.name, localsOf(type.indices)));
  const result = app(at(motives, position).local, ...localsOf(type.indices), major.local);
  const binders = [...block.parameters, ...motives, ...premisesOf(minors), ...type.indices, major];
  const [only, second] = type.constructors;
  return {
    name: child(type.name, 'rec'),
    levelParams: shared.levelParams,
    type: inferImplicit(close('pi', binders, result)),
    details: {
      kind: 'recursor',
      inductive: type.name,
      parameters: block.parameters.length,
      indices: type.indices.length,
      motives: motives.length,
      minors: minors.length,
      largeElimination: shared.large,
      likeK:
        t.rules.levels.isProp(block.level, t) &&
        block.types.length === 1 &&
        only?.fields.length === 0 &&
        second === undefined,
      rules: minors
        .filter(({ constructor }) => type.constructors.includes(constructor))
        .map((minor) => ruleOf(block, minor, shared)),
    },
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

function ruleOf(
  block: OpenedBlock,
  { premise, constructor, recursive }: Minor,
  shared: Shared,
): RecursorRule {
  const { motives, minors } = shared;
  const before = [...localsOf(block.parameters), ...localsOf(motives), ...localsOf(premisesOf(minors))];
  const hypotheses = recursive.map(({ field, name, binders, indices }) => {
    const recursor = constant(child(name, 'rec'), shared.levels);
    return close(
      'lambda',
      binders,
      app(recursor, ...before, ...indices, app(field.local, ...localsOf(binders))),
    );
  });
  const body = app(premise.local, ...localsOf(constructor.fields), ...hypotheses);
  return {
    constructor: constructor.name,
    fields: constructor.fields.length,
    value: close(
      'lambda',
      [...block.parameters, ...motives, ...premisesOf(minors), ...constructor.fields],
      body,
    ),
  };
}

function premisesOf(minors: readonly Minor[]): Opened[] {
  return minors.map(({ premise }) => premise);
}

function motiveFor(block: OpenedBlock, motives: readonly Opened[], name: Name): Expr {
  return at(
    motives,
    block.types.findIndex((type) => type.name === name),
  ).local;
}

function at(motives: readonly Opened[], position: number): Opened {
  const motive = motives[position];
  if (motive === undefined) throw new RangeError(`no motive ${position}`);
  return motive;
}

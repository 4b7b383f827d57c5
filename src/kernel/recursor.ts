/** Derives the recursors of a block: their types, and the rules by which they compute. */
import { app, constant, sort, type Expr } from '../ir/expr.js';
import { param, zero, type Level } from '../ir/level.js';
import { child, type Name } from '../ir/name.js';
import type { Constant, RecursorRule } from './environment.js';
import type { OpenedBlock, OpenedConstructor, OpenedType } from './inductive.js';
import { isProposition } from './infer.js';
import { isNeverZero, isZero } from './level-order.js';
import { occurrenceOf } from './occurrences.js';
import { whnf } from './reduce.js';
import { close, localsOf, open, openPis, type Opened } from './telescope.js';
import type { Typing } from './typing.js';

/** What all recursors of a block share. */
interface Shared {
  readonly levels: readonly Level[];
  readonly levelParams: readonly Name[];
  readonly motives: readonly Opened[];
  readonly minors: readonly Opened[];
}

export function recursorsOf(t: Typing, block: OpenedBlock): Constant[] {
  const large = eliminatesIntoAnything(t, block);
  const own = block.declaration.levelParams;
  const levelParams = large ? [freshLevelName(own), ...own] : own;
  const elimination = large ? param(levelParams[0] ?? 'u') : zero;
  const motives = block.types.map((type, i) => motiveOf(t, block, type, i, elimination));
  const minors = block.types.flatMap((type) =>
    type.constructors.map((c) => minorOf(t, block, type, c, motives)),
  );
  const shared: Shared = { levels: levelParams.map(param), levelParams, motives, minors };
  return block.types.map((type, i) => recursorOf(t, block, type, i, shared, large));
}

function recursorOf(
  t: Typing,
  block: OpenedBlock,
  type: OpenedType,
  position: number,
  shared: Shared,
  large: boolean,
): Constant {
  const { motives, minors } = shared;
  const major = open(t, 't', typeAt(block, type.name, localsOf(type.indices)));
  const motive = motives[position]?.local ?? sort(zero);
  const result = app(motive, ...localsOf(type.indices), major.local);
  const [only, second] = type.constructors;
  return {
    name: child(type.name, 'rec'),
    levelParams: shared.levelParams,
    type: close('pi', [...block.parameters, ...motives, ...minors, ...type.indices, major], result),
    details: {
      kind: 'recursor',
      inductive: type.name,
      parameters: block.parameters.length,
      indices: type.indices.length,
      motives: motives.length,
      minors: minors.length,
      largeElimination: large,
      likeK:
        isZero(block.level) && block.types.length === 1 && only?.fields.length === 0 && second === undefined,
      rules: type.constructors.map((constructor) => ruleOf(t, block, constructor, shared)),
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
  return open(t, block.types.length === 1 ? 'motive' : `motive_${position + 1}`, motive, 'implicit');
}

/** `∀ fields hypotheses, motive indices (constructor params fields)`. */
function minorOf(
  t: Typing,
  block: OpenedBlock,
  type: OpenedType,
  constructor: OpenedConstructor,
  motives: readonly Opened[],
): Opened {
  const hypotheses = constructor.fields.flatMap((field) => {
    const found = recursiveField(t, block, field);
    if (found === undefined) return [];
    const motive = motives[found.position]?.local ?? sort(zero);
    const value = app(motive, ...found.indices, app(field.local, ...localsOf(found.binders)));
    return [open(t, `${field.name}_ih`, close('pi', found.binders, value))];
  });
  const position = block.types.indexOf(type);
  const motive = motives[position]?.local ?? sort(zero);
  const made = constructorAt(block, constructor);
  const result = app(motive, ...constructor.indices, made);
  return open(
    t,
    constructor.name.split('.').pop() ?? 'minor',
    close('pi', [...constructor.fields, ...hypotheses], result),
  );
}

function ruleOf(t: Typing, block: OpenedBlock, constructor: OpenedConstructor, shared: Shared): RecursorRule {
  const { motives, minors } = shared;
  const constructors = block.types.flatMap((type) => type.constructors);
  const minor = minors[constructors.indexOf(constructor)]?.local ?? sort(zero);
  const hypotheses = constructor.fields.flatMap((field) => {
    const found = recursiveField(t, block, field);
    if (found === undefined) return [];
    const recursor = constant(child(block.types[found.position]?.name ?? '', 'rec'), shared.levels);
    const before = [
      ...localsOf(block.parameters),
      ...localsOf(motives),
      ...localsOf(minors),
      ...found.indices,
    ];
    return [
      close('lambda', found.binders, app(recursor, ...before, app(field.local, ...localsOf(found.binders)))),
    ];
  });
  const body = app(minor, ...localsOf(constructor.fields), ...hypotheses);
  return {
    constructor: constructor.name,
    fields: constructor.fields.length,
    value: close('lambda', [...block.parameters, ...motives, ...minors, ...constructor.fields], body),
  };
}

/** For a field that takes values of the block: which type, behind which binders, at which indices. */
function recursiveField(
  t: Typing,
  block: OpenedBlock,
  field: Opened,
): { position: number; binders: Opened[]; indices: Expr[] } | undefined {
  const { locals: binders, rest } = openPis(t, field.type);
  const found = occurrenceOf(t, block, whnf(t, rest));
  if (found === undefined) return undefined;
  return {
    position: block.types.findIndex((type) => type.name === found.name),
    binders,
    indices: found.indices,
  };
}

/**
 * A type that may be a proposition eliminates into propositions only, unless its values say nothing that its type
 * does not say: no constructor, or one whose fields are all proofs or stand in the indices.
 */
function eliminatesIntoAnything(t: Typing, block: OpenedBlock): boolean {
  if (isNeverZero(block.level)) return true;
  const [type, another] = block.types;
  if (type === undefined || another !== undefined) return false;
  const [constructor, second] = type.constructors;
  if (second !== undefined) return false;
  if (constructor === undefined) return true;
  return constructor.fields.every(
    (field) =>
      isProposition(t, field.type) ||
      constructor.indices.some((index) => index.kind === 'fvar' && index.name === field.local.name),
  );
}

function typeAt(block: OpenedBlock, name: Name, indices: readonly Expr[]): Expr {
  return app(constant(name, block.levels), ...localsOf(block.parameters), ...indices);
}

function constructorAt(block: OpenedBlock, constructor: OpenedConstructor): Expr {
  return app(
    constant(constructor.name, block.levels),
    ...localsOf(block.parameters),
    ...localsOf(constructor.fields),
  );
}

/** The first of u, u_1, u_2, ... that is not taken. */
function freshLevelName(taken: readonly Name[]): Name {
  if (!taken.includes('u')) return 'u';
  for (let i = 1; ; i++) if (!taken.includes(`u_${i}`)) return `u_${i}`;
}

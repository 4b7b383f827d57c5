/**
 * The recursors of a block while their binders are open. Parameters, motives and minor premises are the same for all of
 * them and for all of their rules: they are made, and checked, once.
 */
import { app, constant, type Expr } from '../../ir/expr.js';
import { param } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { Constant } from '../environment.js';
import { closer, localsOf, type Opened } from '../telescope.js';
import type { Typing } from '../typing.js';
import { inferImplicit } from './binders.js';

export interface RecursorFamily {
  readonly levelParams: readonly Name[];
  readonly largeElimination: boolean;
  readonly parameters: readonly Opened[];
  readonly motives: readonly Opened[];
  readonly premises: readonly Opened[];
  readonly recursors: readonly OpenedRecursor[];
}

/** A recursor, behind what all share. */
export interface OpenedRecursor {
  readonly name: Name;
  /** The type that it eliminates. */
  readonly inductive: Name;
  readonly indices: readonly Opened[];
  /** The value that it eliminates. */
  readonly major: Opened;
  readonly result: Expr;
  readonly likeK: boolean;
  readonly rules: readonly OpenedRule[];
}

export interface OpenedRule {
  readonly constructor: Name;
  readonly fields: readonly Opened[];
  /** Recursors that its value calls: one for each field that takes values of the block. */
  readonly calls: number;
  /** The value that it gives; `calls` are the recursors of the family, in order, applied to what all share. */
  readonly value: (calls: readonly Expr[]) => Expr;
}

/** Binders that all recursors of a family have in front: parameters, motives, minor premises. */
export function sharedBinders({ parameters, motives, premises }: RecursorFamily): Opened[] {
  return [...parameters, ...motives, ...premises];
}

/** Each recursor of a family, applied to what all share. */
export function callsOf(family: RecursorFamily): Expr[] {
  const levels = family.levelParams.map(param);
  const shared = localsOf(sharedBinders(family));
  return family.recursors.map(({ name }) => app(constant(name, levels), ...shared));
}

/** A node that is made and kept costs as much as so many that are looked at. */
const nodesOfKept = 8;

/** The recursors as constants. Each, and each rule, repeats what all share: with many types or constructors a square. */
export function closedFamily(t: Typing, family: RecursorFamily): Constant[] {
  const shared = sharedBinders(family);
  const uses = family.recursors.reduce(
    (sum, { rules }) => rules.reduce((inner, { calls }) => inner + 1 + calls, sum + 1),
    0,
  );
  t.look(uses * shared.length * nodesOfKept);
  const calls = callsOf(family);
  const close = closer(shared);
  return family.recursors.map(({ name, inductive, indices, major, result, likeK, rules }): Constant => ({
    name,
    levelParams: family.levelParams,
    type: inferImplicit(close('pi', [...indices, major], result)),
    details: {
      kind: 'recursor',
      inductive,
      parameters: family.parameters.length,
      indices: indices.length,
      motives: family.motives.length,
      minors: family.premises.length,
      largeElimination: family.largeElimination,
      likeK,
      rules: rules.map(({ constructor, fields, value }) => ({
        constructor,
        fields: fields.length,
        value: close('lambda', fields, value(calls)),
      })),
    },
  }));
}

/** The family with other types of the binders, which the typing knows from then on, and other terms. */
export function mappedFamily(t: Typing, family: RecursorFamily, map: FamilyMap): RecursorFamily {
  const opened = (one: Opened): Opened => {
    const type = map.term(one.type);
    if (type !== one.type) t.retype(one.local, type);
    return type === one.type ? one : { ...one, type };
  };
  return {
    ...family,
    parameters: family.parameters.map(opened),
    motives: family.motives.map(opened),
    premises: family.premises.map(opened),
    recursors: family.recursors.map((recursor) => ({
      ...recursor,
      name: map.recursor(recursor.name),
      inductive: map.inductive(recursor.inductive),
      indices: recursor.indices.map(opened),
      major: opened(recursor.major),
      result: map.term(recursor.result),
      rules: recursor.rules.map((rule) => ({
        constructor: map.constructor(rule.constructor),
        fields: rule.fields.map(opened),
        calls: rule.calls,
        value: (calls) => map.term(rule.value(calls)),
      })),
    })),
  };
}

export interface FamilyMap {
  readonly term: (e: Expr) => Expr;
  readonly recursor: (name: Name) => Name;
  readonly inductive: (name: Name) => Name;
  readonly constructor: (name: Name) => Name;
}

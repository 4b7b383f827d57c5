/**
 * A Lean's constants of an inductive declaration, compared with those of our own kernel: types, constructors,
 * recursors, their rules and all numbers, term by term.
 */
import type { Made, MadeConstant } from '../../api/execution.js';
import type { Inductive } from '../../ir/declaration.js';
import { MalformedWords } from '../../ir/decode.js';
import { sameExpr, type Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';
import { sameBinders } from '../../ir/same-binders.js';
import { decode } from '../../ir/tree-builder.js';
import { environmentLimits } from '../../ir/codec.js';
import { recursorsIn } from '../../kernel/derived.js';
import type { Constant, Environment } from '../../kernel/environment.js';

/** Where the two differ first. */
export interface MadeDifference {
  readonly constant: Name;
  readonly kind: MadeConstant['kind'];
  /** Such as `type`, `fields`, `rule's term`. */
  readonly what: string;
  readonly lean: string;
  readonly ours: string;
}

/** A constant with its terms: its type, then what its rules come to. */
interface WithTerms extends MadeConstant {
  readonly levelParams: readonly Name[];
  readonly terms: readonly Expr[];
}

/** Lean's constants, block by block: by the name of each. Undefined where the words say no terms. */
export function readMade({ constants, terms }: Made): ReadonlyMap<Name, WithTerms> | undefined {
  let axioms;
  try {
    axioms = decode(terms, environmentLimits);
  } catch (error) {
    if (error instanceof MalformedWords) return undefined;
    throw error;
  }
  const read = new Map<Name, WithTerms>();
  let next = 0;
  for (const constant of constants) {
    const own = axioms.slice(next, next + 1 + constant.rules.length);
    next += own.length;
    const types = own.flatMap((axiom) => (axiom.kind === 'axiom' ? [axiom.type] : []));
    const [head] = own;
    if (head?.kind !== 'axiom' || types.length !== 1 + constant.rules.length) return undefined;
    read.set(constant.name, { ...constant, levelParams: head.levelParams, terms: types });
  }
  return read;
}

/**
 * The first thing that Lean made otherwise than ours, in whose environment the declaration has been accepted; undefined
 * where all is the same.
 */
export function madeDifference(
  environment: Environment,
  declaration: Inductive,
  made: ReadonlyMap<Name, WithTerms>,
): MadeDifference | undefined {
  for (const ours of oursOf(environment, declaration)) {
    const lean = made.get(ours.name);
    const difference =
      lean === undefined ? { what: 'existence', lean: 'none', ours: ours.kind } : firstUnlike(lean, ours);
    if (difference !== undefined) return { constant: ours.name, kind: ours.kind, ...difference };
  }
  return undefined;
}

/** The constants of a declaration as our kernel has them. */
function oursOf(environment: Environment, declaration: Inductive): WithTerms[] {
  const unsafe = declaration.unsafe ? 1 : 0;
  const types = declaration.types.flatMap((type) => [
    type.name,
    ...type.constructors.map((constructor) => constructor.name),
  ]);
  const places = new Map(
    declaration.types.flatMap((type) => type.constructors.map(({ name }, place) => [name, place] as const)),
  );
  const block = declaration.types.map(({ name }) => name);
  const constants = [
    ...types.flatMap((name) => environment.find(name) ?? []),
    ...recursorsIn(environment, declaration),
  ];
  return constants.flatMap((constant) => oneOf(constant, block, places.get(constant.name) ?? 0, unsafe));
}

function oneOf(
  { name, levelParams, type, details }: Constant,
  block: readonly Name[],
  place: number,
  unsafe: number,
): WithTerms[] {
  const head = { name, levelParams, constructors: [], rules: [], terms: [type] };
  switch (details.kind) {
    case 'inductive': {
      const { parameters, indices, nested, constructors } = details;
      const flags = [details.recursive ? 1 : 0, details.reflexive ? 1 : 0, unsafe];
      const numbers = [parameters, indices, nested, ...flags];
      return [{ ...head, kind: details.kind, numbers, block, constructors }];
    }
    case 'constructor': {
      const numbers = [place, details.parameters, details.fields, unsafe];
      return [{ ...head, kind: details.kind, numbers, block: [details.inductive] }];
    }
    case 'recursor': {
      const { parameters, indices, motives, minors, likeK, rules } = details;
      return [
        {
          ...head,
          ...{ kind: details.kind, block, rules },
          numbers: [parameters, indices, motives, minors, likeK ? 1 : 0, unsafe],
          terms: [type, ...rules.map(({ value }) => value)],
        },
      ];
    }
    default:
      return [];
  }
}

const numbersOf = {
  inductive: ['parameters', 'indices', 'nested occurrences', 'recursive', 'reflexive', 'unsafe'],
  constructor: ['place', 'parameters', 'fields', 'unsafe'],
  recursor: ['parameters', 'indices', 'motives', 'minor premises', 'like K', 'unsafe'],
} as const;

type Unlike = Pick<MadeDifference, 'what' | 'lean' | 'ours'>;

/** The first thing that two Leans have made otherwise of a constant that both have; undefined where all is the same. */
export function unlikeMade(
  one: ReadonlyMap<Name, WithTerms>,
  other: ReadonlyMap<Name, WithTerms>,
): (Unlike & { readonly constant: Name }) | undefined {
  for (const [constant, first] of one) {
    const second = other.get(constant);
    const unlike = second === undefined ? undefined : firstUnlike(first, second);
    if (unlike !== undefined) return { constant, ...unlike };
  }
  return undefined;
}

function firstUnlike(lean: WithTerms, ours: WithTerms): Unlike | undefined {
  const unlike = (what: string, theirs: string | number, own: string | number): Unlike | undefined =>
    theirs === own ? undefined : { what, lean: String(theirs), ours: String(own) };
  const names = (what: string, theirs: readonly Name[], own: readonly Name[]): Unlike | undefined =>
    unlike(what, theirs.join(' '), own.join(' '));
  const rulesOf = ({ rules }: WithTerms): string[] =>
    rules.map(({ constructor, fields }) => `${constructor}/${fields}`);
  return (
    unlike('kind', lean.kind, ours.kind) ??
    names('level parameters', lean.levelParams, ours.levelParams) ??
    numbersOf[ours.kind].reduce<Unlike | undefined>(
      (found, what, i) => found ?? unlike(what, lean.numbers[i] ?? -1, ours.numbers[i] ?? -1),
      undefined,
    ) ??
    names('block', lean.block, ours.block) ??
    names('constructors', lean.constructors, ours.constructors) ??
    names('rules', rulesOf(lean), rulesOf(ours)) ??
    unlikeTerms(lean, ours)
  );
}

function unlikeTerms(lean: WithTerms, ours: WithTerms): Unlike | undefined {
  for (const [i, own] of ours.terms.entries()) {
    const theirs = lean.terms[i];
    const what = i === 0 ? 'type' : 'term of a rule';
    if (theirs === undefined || !sameExpr(theirs, own)) return { what, lean: 'another', ours: 'derived' };
    if (!sameBinders(theirs, own)) return { what: `binders of the ${what}`, lean: 'others', ours: 'derived' };
  }
  return undefined;
}

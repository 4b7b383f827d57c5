/**
 * From a lead to False: a declaration stands in the environment that should not. Four roads, none of which knows
 * of any particular bug:
 *
 *   search       build a term of type False, as for any other goal; the suspect is among what can be used
 *   two proofs   proofs of one proposition are equal; where data can be read out of a proof, they may differ in it
 *   retyped      the suspect once more, with one of its types replaced by False
 *   again        what made the suspect (its kind, and the operator that broke it) on other declarations, retyped
 *
 * Each attempt is a theorem for the kernel to check. Most are nonsense; the kernel says so.
 */
import type { Unit } from '../../api/candidate.js';
import type { Claim } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { constant, type Expr } from '../../ir/expr.js';
import { renameDeclaration, withPrefix } from '../../ir/rename.js';
import { Typing } from '../../typing/typing.js';
import type { Random } from '../../util/random.js';
import { termOperators } from './break-term.js';
import { contextOf, declarationOf, extendContext, type Context } from './context.js';
import { orUndefined } from './failure.js';
import { TermGenerator } from './term-generator.js';
import { differingProofs } from './two-proofs.js';

/** The constant that every attempt has to prove; the same as the judge's. */
const claimedConstant = 'soundness_check';
const searches = 12;
const repeats = 150;

/** Units to put behind the suspect's, and a claim of False from there. */
export interface Attempt {
  readonly name: string;
  readonly units: readonly Unit[];
  readonly claim: Claim;
}

/** Attempts at False behind units of which the last is the suspect. */
export function attemptsAtFalse(random: Random, units: readonly Unit[]): Attempt[] {
  const suspect = units.at(-1);
  const declaration = suspect === undefined ? undefined : declarationOf(suspect);
  if (declaration === undefined) return [];
  const context = contextOf(units);
  return [
    ...search(random, context, searches).map((proof) => attempt('search', [], proof)),
    ...differingProofs(random, context).map((proof) => attempt('two proofs', [], proof)),
    ...retyped(random, context, declaration),
    ...again(random, context, suspect?.kind ?? '', declaration),
  ];
}

/** Terms that the generator takes for proofs of False. */
function search(random: Random, context: Context, count: number): Expr[] {
  const found = new Set<Expr>();
  for (let i = 0; i < count; i++) {
    const g = new TermGenerator(random, new Typing(context.environment, null, 4000), context.producers, []);
    const proof = orUndefined(() => g.prove(constant('False'), random.between(1, 7)));
    if (proof !== undefined) found.add(proof);
  }
  return [...found];
}

/** Types that stand for data in a declaration, or for a true proposition. */
const replaceable = ['Nat', 'Bool', 'String', 'Empty', 'True', 'Char'];

function retyped(random: Random, context: Context, declaration: Declaration): Attempt[] {
  const mentioned = mentionedNames(declaration);
  const attempts: Attempt[] = [];
  for (const type of replaceable.filter((name) => mentioned.has(name))) {
    const renamed = renameDeclaration(withPrefix(declaration, 'retyped.'), new Map([[type, 'False']]));
    const after = extendContext(context, renamed);
    const unit = unitFor(renamed);
    for (const proof of search(random, after, 4)) attempts.push(attempt('retyped', [unit], proof));
  }
  return attempts;
}

/** Values of simple types, broken by the suspect's operator, as values of False. */
function again(random: Random, context: Context, kind: string, declaration: Declaration): Attempt[] {
  const operator = termOperators.find(({ name }) => kind === `broken ${name}`);
  if (operator === undefined || (declaration.kind !== 'opaque' && declaration.kind !== 'definition'))
    return [];
  const attempts: Attempt[] = [];
  for (let i = 0; i < repeats; i++) {
    const type = constant(random.pick(['Nat', 'Bool', 'True']));
    const g = new TermGenerator(random, new Typing(context.environment, null, 4000), context.producers, []);
    const value = orUndefined(() => g.prove(type, random.between(3, 8)));
    const broken = value === undefined ? undefined : operator.apply(random, value, context);
    if (broken === undefined) continue;
    const name = `again.${i}`;
    const made: Declaration = { ...declaration, name, levelParams: [], type, value: broken };
    const renamed = renameDeclaration(made, new Map([[type.name, 'False']]));
    attempts.push(attempt('again', [unitFor(renamed)], constant(name)));
  }
  return attempts;
}

function attempt(name: string, units: readonly Unit[], proof: Expr): Attempt {
  const theorem: Declaration = {
    kind: 'theorem',
    name: claimedConstant,
    levelParams: [],
    type: constant('False'),
    value: proof,
  };
  const step = { kind: 'declaration', words: encode([theorem]) } as const;
  return { name, units, claim: { name, constant: claimedConstant, step } };
}

function unitFor(declaration: Declaration): Unit {
  const declares = declaredNames(declaration);
  const words = encode([declaration]);
  return { kind: declaration.kind, text: '', words, declares, uses: [], expected: 'any', memo: '' };
}

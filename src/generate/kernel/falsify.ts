/**
 * From a lead to False: a declaration stands in the environment that should not. Thirteen roads, none of which knows
 * of any particular bug:
 *
 *   search       build a term of type False, as for any other goal; the suspect is among what can be used
 *   two proofs   proofs of one proposition are equal; where data can be read out of a proof, they may differ in it
 *   plain        the same of the sorts of a block that the suspect is or reads, with truth values in its types alone
 *   equation     a suspect that says a = b of two values, or of variables, against what they come to by our own reduction
 *   retyped      the suspect once more, with one of its types replaced by False
 *   types        what stands in the suspect where another type is wanted, in the place of one made alike without values
 *   self         a type that refers to itself on the left of an arrow, where the suspect is an inductive type
 *   premises     the recursor of an inductive type, with less than it should ask for
 *   rules        recursors that compute something else than they should, where the suspect declares or mentions them
 *   universe     a type that holds the types of a sort that it is in itself, by the paradox of Girard
 *   level        a proposition about a level that it does not declare, proved of one level and used of another
 *   computation  arithmetic of the kernel against the same by recursion, for functions that the suspect mentions
 *   again        the suspect's kind of declaration, and what its operator makes, in place of a proof of False
 *
 * Each attempt is a theorem for the kernel to check. Most are nonsense; the kernel says so.
 */
import type { Unit } from '../../api/candidate.js';
import type { Claim } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { encode } from '../../ir/encode.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { app, constant, pi, type Expr } from '../../ir/expr.js';
import { renameDeclaration, withPrefix } from '../../ir/rename.js';
import type { Environment } from '../../kernel/environment.js';
import type { Making } from '../../ir/unit/facts.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Random } from '../../util/random.js';
import { termOperators } from './break-term.js';
import { cheapPremises } from './cheap-premises.js';
import { contextOf, declarationOf, extendContext, type Context } from './context.js';
import { orUndefined } from './failure.js';
import { identifiedTypes } from './identified-types.js';
import { declaresOneOf, plainBlocks } from './plain-blocks.js';
import { selfReference } from './self-reference.js';
import { plainUniverses, smallUniverses } from './small-universe.js';
import { KernelTermGenerator } from './term-generator.js';
import { differingComputations } from './two-computations.js';
import { differingProofs } from './two-proofs.js';
import { undeclaredLevel } from './undeclared-level.js';
import { refuteEquation } from './wrong-equation.js';
import { wrongRules } from './wrong-rules.js';
import { False } from '../../ir/core-constants.js';

/** The constant that every attempt has to prove; the same as the judge's. */
const claimedConstant = 'soundness_check';
const searches = 12;
const repeats = 40;
/** Blocks of types that are made plain, and types whose recursors are looked at. */
const maxBlocks = 2;

/** Units to put behind the suspect's, and a claim of False from there. */
export interface Attempt {
  readonly name: string;
  readonly units: readonly Unit[];
  readonly claim: Claim;
}

/** Attempts at False behind units of which the last is the suspect, on a Lean with these base constants. */
export function attemptsAtFalse(random: Random, base: Environment, units: readonly Unit[]): Attempt[] {
  const suspect = units.at(-1);
  const declaration = suspect === undefined ? undefined : declarationOf(suspect);
  if (declaration === undefined || declaration.kind === 'axiom') return [];
  // Of an axiom, whatever its type is, nothing follows that counts.
  const context = contextOf(
    base,
    units.filter((unit) => declarationOf(unit)?.kind !== 'axiom'),
  );
  return [
    ...search(random, context, searches).map((proof) => attempt('search', [], proof)),
    ...differingProofs(random, context).map((proof) => attempt('two proofs', [], proof)),
    ...plain(random, context, units, declaration),
    ...refuteEquation(random, context, declaration).map((proof) => attempt('equation', [], proof)),
    ...retyped(random, context, declaration),
    ...identified(base, units, declaration),
    ...selfReferring(declaration),
    ...premises(random, context, declaration),
    ...wrongRules(random, context, typesOf(context, declaration)).map((proof) => attempt('rules', [], proof)),
    ...universes(random, context),
    undeclaredLevels(),
    ...differingComputations(context, declaration).map((proof) => attempt('computation', [], proof)),
    ...again(random, context, suspect?.made, declaration),
  ];
}

/** Terms that the generator takes for proofs of False. */
function search(random: Random, context: Context, count: number): Expr[] {
  const found = new Set<Expr>();
  for (let i = 0; i < count; i++) {
    const g = KernelTermGenerator.behind(random, context);
    const proof = orUndefined(() => g.prove(False, random.between(1, 7)));
    if (proof !== undefined) found.add(proof);
  }
  return [...found];
}

function plain(random: Random, context: Context, units: readonly Unit[], suspect: Declaration): Attempt[] {
  const mentioned = mentionedNames(suspect);
  const blocks = units.flatMap((unit) => {
    const declaration = declarationOf(unit);
    if (declaration?.kind !== 'inductive') return [];
    return declaration === suspect || declaresOneOf(declaration, mentioned) ? [declaration] : [];
  });
  return blocks
    .slice(-maxBlocks)
    .flatMap(plainBlocks)
    .flatMap((block) => {
      const own = new Set(declaredNames(block));
      const proofs = differingProofs(random, extendContext(context, block), (name) => own.has(name));
      return proofs.map((proof) => attempt('plain', [KernelUnit.of(block)], proof));
    });
}

/** Types that stand for data in a declaration, or for a true proposition. */
const replaceable = ['Nat', 'Bool', 'String', 'Empty', 'True', 'Char'];

function retyped(random: Random, context: Context, declaration: Declaration): Attempt[] {
  const mentioned = mentionedNames(declaration);
  const attempts: Attempt[] = [];
  for (const type of replaceable.filter((name) => mentioned.has(name))) {
    const renamed = renameDeclaration(withPrefix(declaration, 'retyped.'), new Map([[type, 'False']]));
    const after = extendContext(context, renamed);
    const unit = KernelUnit.of(renamed);
    for (const proof of search(random, after, 4)) attempts.push(attempt('retyped', [unit], proof));
  }
  return attempts;
}

function identified(base: Environment, units: readonly Unit[], declaration: Declaration): Attempt[] {
  const { environment } = contextOf(base, units.slice(0, -1));
  return identifiedTypes(environment, declaration).map(({ declarations, proof }) =>
    attempt('types', unitsOf(declarations), proof),
  );
}

function unitsOf(declarations: readonly Declaration[]): Unit[] {
  return declarations.map((declaration) => KernelUnit.of(declaration));
}

function selfReferring({ kind }: Declaration): Attempt[] {
  if (kind !== 'inductive') return [];
  const { declaration, proof } = selfReference();
  return [attempt('self', [KernelUnit.of(declaration)], proof)];
}

function premises(random: Random, context: Context, declaration: Declaration): Attempt[] {
  if (declaration.kind !== 'inductive') return [];
  const g = KernelTermGenerator.behind(random, context);
  return cheapPremises(g, declaration).map((proof) => attempt('premises', [], proof));
}

/** Inductive types that a declaration is about: its own, or those whose values it takes apart. */
function typesOf({ environment }: Context, declaration: Declaration): Name[] {
  if (declaration.kind === 'inductive') return declaration.types.map(({ name }) => name);
  const types = [...mentionedNames(declaration)].flatMap((name) => {
    const details = environment.find(name)?.details;
    return details?.kind === 'recursor' ? details.inductive : [];
  });
  return [...new Set(types)].slice(0, maxBlocks);
}

function universes(random: Random, context: Context): Attempt[] {
  return [
    ...smallUniverses(random, context).map((proof) => attempt('universe', [], proof)),
    ...plainUniverses().map(({ declaration, proof }) =>
      attempt('universe', [KernelUnit.of(declaration)], proof),
    ),
  ];
}

function undeclaredLevels(): Attempt {
  const { declarations, proof } = undeclaredLevel();
  return attempt('level', unitsOf(declarations), proof);
}

/**
 * Values of type False: a correct function from False to False, applied to what the operator makes of a placeholder.
 * The declaration is of the suspect's kind.
 */
function again(
  random: Random,
  context: Context,
  made: Making | undefined,
  declaration: Declaration,
): Attempt[] {
  const operator =
    made?.how === 'broken' ? termOperators.find(({ name }) => name === made.operator) : undefined;
  if (operator === undefined || (declaration.kind !== 'opaque' && declaration.kind !== 'definition'))
    return [];
  const fromFalse = pi('x', False, False);
  const attempts: Attempt[] = [];
  for (let i = 0; i < repeats; i++) {
    const g = KernelTermGenerator.behind(random, context);
    const honest = orUndefined(() => g.prove(fromFalse, random.between(1, 6)));
    const placeholder = orUndefined(() => g.prove(random.pick(placeholders), 2));
    if (honest === undefined || placeholder === undefined) continue;
    const broken = operator.apply(random, placeholder, context);
    if (broken === undefined) continue;
    const name = `again.${i}`;
    const value = app(honest, broken);
    const made: Declaration = { ...declaration, name, levelParams: [], type: False, value };
    attempts.push(attempt('again', [KernelUnit.of(made)], constant(name)));
  }
  return attempts;
}

const placeholders = ['True', 'Nat', 'Bool'].map((name) => constant(name));

function attempt(name: string, units: readonly Unit[], proof: Expr): Attempt {
  const theorem: Declaration = {
    kind: 'theorem',
    name: claimedConstant,
    levelParams: [],
    type: False,
    value: proof,
  };
  const step = { kind: 'declaration', words: encode([theorem]) } as const;
  return { name, units, claim: { name, constant: claimedConstant, step } };
}

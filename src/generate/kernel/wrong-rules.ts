import { Bool, False, True } from '../../ir/core-constants.js';
import { unapply } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, proj, sort, type Expr } from '../../ir/expr.js';
import { max, one, zero, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { simplifyLevel } from '../../ir/simplify-level.js';
import { equal, reflexivity } from '../../kernel/base/terms.js';
import { inferType, isProposition, sortOf } from '../../kernel/infer.js';
import { literalOf } from '../../kernel/literals.js';
import { whnf } from '../../kernel/reduce.js';
import { caseSplit, type Applied } from '../../kernel/refute/case-split.js';
import { fromEquation } from '../../kernel/refute/distinction.js';
import type { Random } from '../../util/random.js';
import type { Context } from './context.js';
import { firstValues, someApplied } from './distinguish.js';
import { orUndefined } from './failure.js';
import { KernelTermGenerator } from './term-generator.js';

/** Values of each constructor that are tried, tests of one value, and proofs altogether. */
const tries = 2;
const maxTests = 8;
const maxProofs = 48;
/** Values inside a value that are tested. */
const maxDepth = 3;

/**
 * Proofs of False from recursors that compute something else than they should. By recursion every value gets a value
 * that is equal to it, with a proof of that: in each case what its constructor makes of its fields, or of what
 * recursion gave for them. Where a rule takes another case, other fields or another result of recursion, the value that
 * comes out is another one, and the proof says that the two are equal. Of the types with these names.
 */
export function wrongRules(random: Random, context: Context, types: readonly Name[]): Expr[] {
  const proofs = types.flatMap((type) => {
    const details = context.environment.find(type)?.details;
    if (details?.kind !== 'inductive') return [];
    return details.constructors.flatMap((constructor) =>
      Array.from({ length: tries }, () => {
        const g = KernelTermGenerator.behind(random, context);
        return orUndefined(() => ofConstructor(g, type, constructor)) ?? [];
      }).flat(),
    );
  });
  while (proofs.length > maxProofs) proofs.splice(random.below(proofs.length), 1);
  return proofs;
}

function ofConstructor(g: KernelTermGenerator, type: Name, constructor: Name): Expr[] {
  const applied = someApplied(g, type);
  const [made] = applied === undefined ? [] : firstValues(g, applied, [constructor]);
  if (applied === undefined || made === undefined) return [];
  const level = sortOf(g.t, made.type);
  const indices = unapply(made.type).args.slice(applied.parameters.length);
  const tests = testsOf(g, made.type, made.value, maxDepth).slice(0, maxTests);
  return [true, false].flatMap((byRecursion) => {
    const again = orUndefined(() => saidAgain(g, applied, byRecursion));
    if (again === undefined) return [];
    const pair = app(again, ...indices, made.value);
    const values = [proj('Subtype', 0, pair), made.value] as const;
    return tests.map((holds) => {
      const distinction = { values, holds, proof: constant('True.intro'), refute: (proof: Expr) => proof };
      return fromEquation(made.type, level, distinction, proj('Subtype', 1, pair));
    });
  });
}

/** The recursor into what is equal to a value. */
function saidAgain(g: KernelTermGenerator, applied: Applied, byRecursion: boolean): Expr | undefined {
  const { name, levels, parameters } = applied;
  const self = sortOf(g.t, app(constant(name, levels), ...parameters));
  const into = (args: readonly Expr[]): Expr => {
    const value = args.at(-1);
    if (value === undefined) return False;
    const type = inferType(g.t, value);
    const level = sortOf(g.t, type);
    return app(constant('Subtype', [level]), type, lambda('s', type, equal(level, type, bvar(0), value)));
  };
  return caseSplit(g.t, applied, into, simplifyLevel(max(one, self)), (_, args, goal) =>
    pairFor(g, unapply(goal).args.at(-1) ?? goal, byRecursion ? args : []),
  );
}

/** A field of a constructor, and what recursion gave for it: a value with a proof that it is equal to the field. */
interface Again {
  readonly at: number;
  readonly type: Expr;
  readonly level: Level;
  readonly result: Expr;
}

/** A constructor's value, with the results of recursion in the places of its fields, and a proof that it is `made`. */
function pairFor(g: KernelTermGenerator, made: Expr, args: readonly Expr[]): Expr {
  const { head, args: fields } = unapply(made);
  const type = inferType(g.t, made);
  const level = sortOf(g.t, type);
  const results = args.flatMap((arg) => resultFor(g, fields, arg) ?? []);
  const other = (upTo: number): readonly Expr[] =>
    results.slice(upTo).reduce((all, { at, result }) => all.with(at, proj('Subtype', 0, result)), fields);
  const value = app(head, ...other(0));
  const proof = results.reduce(
    (sofar, { at, type: of, level: ofLevel, result }, i) => {
      const [from, to] = [proj('Subtype', 0, result), fields[at] ?? result];
      const side = app(head, ...other(i + 1).with(at, bvar(1)));
      const motive = lambda(
        'z',
        of,
        lambda('_', equal(ofLevel, of, from, bvar(0)), equal(level, type, value, side)),
      );
      return app(
        constant('Eq.rec', [zero, ofLevel]),
        of,
        from,
        motive,
        sofar,
        to,
        proj('Subtype', 1, result),
      );
    },
    reflexivity(level, type, value),
  );
  const isSame = lambda('s', type, equal(level, type, bvar(0), made));
  return app(constant('Subtype.mk', [level]), type, isSame, value, proof);
}

function resultFor(g: KernelTermGenerator, fields: readonly Expr[], result: Expr): Again | undefined {
  const { head, args } = unapply(whnf(g.t, inferType(g.t, result)));
  const [type, isSame] = args;
  if (head.kind !== 'const' || head.name !== 'Subtype' || type === undefined || isSame?.kind !== 'lambda')
    return undefined;
  const field = unapply(isSame.body).args.at(-1);
  const at = field === undefined ? -1 : fields.indexOf(field);
  return at < 0 ? undefined : { at, type, level: sortOf(g.t, type), result };
}

type Test = (value: Expr) => Expr;

/**
 * Predicates that compute to False on a value, and to True on what differs from it at one place; and the other way
 * round, for where the recursors that they are said with are wrong, too.
 */
function testsOf(g: KernelTermGenerator, type: Expr, value: Expr, depth: number): Test[] {
  const reduced = whnf(g.t, type);
  const { head, args } = unapply(reduced);
  if (depth === 0 || head.kind !== 'const' || isProposition(g.t, reduced)) return [];
  if (head.name === 'Nat') return numberTests(g, value);
  const details = g.t.environment.find(head.name)?.details;
  const made = unapply(whnf(g.t, value));
  if (details?.kind !== 'inductive' || made.head.kind !== 'const') return [];
  const constructor = made.head.name;
  const applied = { name: head.name, levels: head.levels, parameters: args.slice(0, details.parameters) };
  const indices = args.slice(details.parameters);
  const split = (here: (args: readonly Expr[]) => Expr, elsewhere: Expr): Test[] => {
    const test = caseSplit(g.t, applied, sort(zero), one, (name, fields) =>
      name === constructor ? here(fields) : elsewhere,
    );
    return test === undefined ? [] : [(of) => app(test, ...indices, of)];
  };
  const isOnly = details.constructors.length === 1 && indices.length === 0;
  const ofFields = made.args
    .slice(details.parameters)
    .flatMap((field, at) =>
      (orUndefined(() => testsOf(g, inferType(g.t, field), field, depth - 1)) ?? []).flatMap((inner) =>
        isOnly
          ? [(of: Expr) => inner(proj(applied.name, at, of))]
          : split((fields) => inner(fields[at] ?? field), False),
      ),
    );
  const ofCase =
    details.constructors.length > 1 ? [...split(() => False, True), ...split(() => True, False)] : [];
  return [...ofCase, ...ofFields];
}

function numberTests(g: KernelTermGenerator, value: Expr): Test[] {
  if (literalOf(g.t, value) === undefined) return [];
  const decided = (no: Expr, yes: Expr): Test => {
    const said = app(constant('Bool.rec', [one]), lambda('_', Bool, sort(zero)), no, yes);
    return (of) => app(said, app(constant('Nat.beq'), of, value));
  };
  return [decided(True, False), decided(False, True)];
}

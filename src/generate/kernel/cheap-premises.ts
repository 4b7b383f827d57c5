import type { Inductive } from '../../ir/declaration.js';
import { unapply } from '../../ir/expr-ops.js';
import { app, bvar, constant, lambda, type Expr } from '../../ir/expr.js';
import { False } from '../../ir/core-constants.js';
import { zero } from '../../ir/level.js';
import { mentions } from '../../ir/mentioned.js';
import { inferType } from '../../kernel/infer.js';
import { whnf } from '../../kernel/reduce.js';
import { caseSplit, type Applied } from '../../kernel/refute/case-split.js';
import { firstValues, someApplied } from './distinguish.js';
import { orUndefined } from './failure.js';
import type { KernelTermGenerator } from './term-generator.js';

/** Stands for a premise that is left out. */
const leftOut = constant('left out');

/** Stands for a premise of another constructor that has no proof of False to offer. */
const missing = constant('missing');

/** A premise for a constructor that has no proof of False to offer: none at all, or one that is given such a proof. */
const cheap: readonly Expr[] = [leftOut, lambda('ih', False, bvar(0))];

/**
 * Proofs of False from values of a block's types, by their recursors, where these ask for less than they should: for no
 * premise of a constructor, or for one that may suppose what it has to show. Of a recursor that is in order, none of
 * them has a type.
 */
export function cheapPremises(g: KernelTermGenerator, block: Inductive): Expr[] {
  return block.types.flatMap(({ name, constructors }) => {
    const applied = orUndefined(() => someApplied(g, name));
    if (applied === undefined) return [];
    return constructors.flatMap((constructor) => {
      const [made] = orUndefined(() => firstValues(g, applied, [constructor.name])) ?? [];
      if (made === undefined) return [];
      const indices = unapply(made.type).args.slice(applied.parameters.length);
      return cheap.flatMap((premise) => {
        const eliminated = orUndefined(() => eliminator(g, applied, constructor.name, premise));
        return eliminated === undefined ? [] : [app(eliminated, ...indices, made.value)];
      });
    });
  });
}

/** The recursor into False, with that premise for one constructor; undefined where another one has none in order. */
function eliminator(
  g: KernelTermGenerator,
  applied: Applied,
  constructor: string,
  premise: Expr,
): Expr | undefined {
  const split = caseSplit(g.t, applied, False, zero, (made, args) => {
    if (made === constructor) return premise;
    return args.find((arg) => isFalse(whnf(g.t, inferType(g.t, arg)))) ?? missing;
  });
  if (split === undefined || mentions(split, missing.name)) return undefined;
  const { head, args } = unapply(split);
  // Behind its fields the premise that is left out is a function of them.
  return app(head, ...args.filter((arg) => resultOfFunction(arg) !== leftOut));
}

function isFalse(type: Expr): boolean {
  return type.kind === 'const' && type.name === 'False';
}

function resultOfFunction(arg: Expr): Expr {
  let result = arg;
  while (result.kind === 'lambda') result = result.body;
  return result;
}

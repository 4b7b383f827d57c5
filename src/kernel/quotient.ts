/** The quotient declaration, and what it needs of the environment. */
import { app, bvar, constant, pi, sameExpr, sort } from '../ir/expr.js';
import { param } from '../ir/level.js';
import { quotientConstants } from './base/quotient.js';
import { Prop } from '../ir/core-constants.js';
import type { Environment } from './environment.js';
import { IllTyped } from './failure.js';

/** The environment with quotients; itself where it has them already. Throws IllTyped. */
export function addQuotient(environment: Environment): Environment {
  if (environment.find('Quot')?.details.kind === 'quotient') return environment;
  for (const { name } of quotientConstants)
    if (environment.find(name) !== undefined) throw new IllTyped('a name that is declared already', name);
  checkEquality(environment);
  return environment.extend(quotientConstants);
}

/** Quotients speak of an Eq with one level parameter and one constructor, of the types that one expects. */
function checkEquality(environment: Environment): void {
  const found = environment.find('Eq');
  if (found?.details.kind !== 'inductive') throw new IllTyped('quotients need an inductive type Eq');
  const [level, another] = found.levelParams;
  if (level === undefined || another !== undefined) throw new IllTyped('Eq with other level parameters');
  const self = sort(param(level));
  const eq = constant('Eq', [param(level)]);
  const type = pi('α', self, pi('a', bvar(0), pi('b', bvar(1), Prop)));
  if (!sameExpr(found.type, type)) throw new IllTyped('Eq of another type');
  const [only, second] = found.details.constructors;
  const made = only === undefined ? undefined : environment.find(only);
  const refl = pi('α', self, pi('a', bvar(0), app(eq, bvar(1), bvar(0), bvar(0))));
  if (made === undefined || second !== undefined || !sameExpr(made.type, refl))
    throw new IllTyped('Eq with other constructors');
}

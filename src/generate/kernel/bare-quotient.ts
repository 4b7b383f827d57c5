/**
 * Quotients in an environment with nothing but an Eq: the one that they need, or one that is something else in a part.
 * Everywhere else they are there from the beginning, so that nobody would ask what the kernel makes sure of.
 */
import { Prop } from '../../ir/core-constants.js';
import type { BareQuotient, Constructor, Inductive } from '../../ir/declaration.js';
import { app, bvar, constant, pi, sort, type BinderInfo, type Expr } from '../../ir/expr.js';
import { imax, max, one, param, succ, zero, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { Random } from '../../util/random.js';

/** How often each part of the equality is another than it should be. */
const oddShare = 0.1;

export function bareQuotient(random: Random): BareQuotient {
  const odd = <T>(usual: T, others: readonly T[]): T =>
    random.chance(oddShare) ? random.pick(others) : usual;
  const levelParams = odd<readonly Name[]>(['u'], [[], ['u', 'v'], ['v'], ['u', 'v', 'w']]);
  const first = levelParams[0];
  const u: Level = first === undefined ? one : param(first);
  const self = odd(sort(u), [sort(succ(u)), sort(max(u, zero)), sort(imax(one, u)), sort(zero), sort(one)]);
  const info = odd<BinderInfo>('implicit', ['default', 'instImplicit', 'strictImplicit']);
  const name = odd('Eq', ['Equal', 'Eq.Eq']);
  const under = (body: Expr): Expr => pi('α', self, body, info);
  const value = (behind: number): Expr => odd(bvar(behind), [self, Prop, bvar(0)]);
  const result = odd(Prop, [sort(one), sort(u), sort(imax(u, zero))]);
  const type = under(
    pi('a', value(0), odd(pi('b', value(1), result), [result, pi('b', value(1), pi('c', bvar(2), result))])),
  );
  const equality = constant(name, levelParams.map(param));
  const reflexive: Constructor = {
    name: `${name}.refl`,
    type: under(pi('a', bvar(0), app(equality, bvar(odd(1, [0])), bvar(0), bvar(0)))),
  };
  const anyTwo: Constructor = {
    name: `${name}.any`,
    type: under(pi('a', bvar(0), pi('b', bvar(1), app(equality, bvar(2), bvar(1), bvar(0))))),
  };
  const declared: Inductive = {
    kind: 'inductive',
    levelParams,
    parameters: odd(2, [0, 1, 3]),
    types: [
      {
        name,
        type,
        constructors: odd([reflexive], [[], [anyTwo], [reflexive, anyTwo], [anyTwo, reflexive]]),
      },
    ],
    unsafe: random.chance(oddShare / 3),
  };
  return { kind: 'bare quotient', equality: declared };
}

/** The Eq that quotients speak of: the kernel makes sure of it before it declares them. */
import type { BareQuotient, Inductive } from '../../../src/ir/declaration.js';
import { app, sort, type Expr } from '../../../src/ir/expr.js';
import { max, one, param, succ, zero } from '../../../src/ir/level.js';
import { accepted, all, block, c, data, Nat, Prop, refused, v, type KernelCase } from './case.js';

const u = param('u');
const self = sort(u);
const Eq = c('Eq', u);
const eqType = (result: Expr = Prop, of: Expr = self): Expr => all(of, all(v(0), all(v(1), result)));
const refl = (equality: Expr = Eq, of: Expr = self): Expr =>
  all(of, all(v(0), app(equality, v(1), v(0), v(0))));
const both = all(self, all(v(0), all(v(1), app(Eq, v(2), v(1), v(0)))));

function over(equality: Inductive): BareQuotient {
  return { kind: 'bare quotient', equality };
}
function equality(type: Expr, constructors: Record<string, Expr>, parameters = 2): BareQuotient {
  return over(data('Eq', type, constructors, { parameters, levelParams: ['u'] }));
}

export const quotientCases: readonly KernelCase[] = [
  accepted('quotients over Eq', equality(eqType(), { refl: refl() })),
  accepted('quotients over Eq with one parameter', equality(eqType(), { refl: refl() }, 1)),
  accepted('quotients over Eq whose constructor has another name', equality(eqType(), { same: refl() })),
  accepted(
    'quotients over Eq whose level has another name',
    over(
      data(
        'Eq',
        eqType(Prop, sort(param('v'))),
        { refl: refl(c('Eq', param('v')), sort(param('v'))) },
        { parameters: 2, levelParams: ['v'] },
      ),
    ),
  ),
  refused(
    'quotients without Eq',
    over(data('Same', eqType(), { refl: refl(c('Same', u)) }, { parameters: 2, levelParams: ['u'] })),
  ),
  refused('quotients over Eq in types', equality(eqType(sort(one)), { refl: refl() })),
  refused('quotients over Eq without constructors', equality(eqType(), {})),
  refused('quotients over Eq with two constructors', equality(eqType(), { refl: refl(), any: both })),
  refused('quotients over Eq of any two values', equality(eqType(), { any: both })),
  refused(
    'quotients over Eq without levels',
    over(data('Eq', eqType(Prop, sort(one)), { refl: refl(c('Eq'), sort(one)) }, { parameters: 2 })),
  ),
  refused(
    'quotients over Eq with two levels',
    over(
      data(
        'Eq',
        eqType(),
        { refl: refl(c('Eq', u, param('v'))) },
        { parameters: 2, levelParams: ['u', 'v'] },
      ),
    ),
  ),
  refused(
    'quotients over Eq of larger types',
    equality(eqType(Prop, sort(succ(u))), { refl: refl(Eq, sort(succ(u))) }),
  ),
  refused(
    'quotients over Eq whose level is said otherwise',
    equality(eqType(Prop, sort(max(u, zero))), { refl: refl(Eq, sort(max(u, zero))) }),
  ),
  refused(
    'quotients over Eq that is no inductive type of its own',
    equality(all(self, Nat), { refl: refl() }),
  ),
  accepted(
    'quotients over Eq in a block',
    over(
      block(
        [
          ['Eq', eqType(), { refl: refl() }],
          ['Ne', eqType(), {}],
        ],
        { parameters: 2, levelParams: ['u'] },
      ),
    ),
  ),
];

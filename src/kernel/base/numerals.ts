import type { Declaration, Inductive } from '../../ir/declaration.js';
import { app, constant, proj, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../ir/hoas.js';
import { max, zero, type Level } from '../../ir/level.js';
import { Nat } from '../../ir/core-constants.js';
import { given, literal, typeAt, u, v, w } from './terms.js';

type Binder = typeof forall;

const parameterNames = ['α', 'β', 'γ'];

/** `2 ^ exponent` as Lean elaborates it, all its classes spelled out. */
export function powerOfTwo(exponent: Expr): Expr {
  const natPow = app(constant('instPowNat', [zero]), Nat, constant('instNatPowNat'));
  const instance = app(constant('instHPow', [zero, zero]), Nat, Nat, natPow);
  return app(constant('HPow.hPow', [zero, zero, zero]), Nat, Nat, Nat, instance, literal(2), exponent);
}

/** The classes behind numerals and powers, which the types of characters are said with. */
export const numerals: readonly Declaration[] = [
  inductiveType(
    'OfNat',
    ['u'],
    [
      ['α', () => typeAt(u)],
      ['_', () => Nat],
    ],
    () => typeAt(u),
    (self, [a]) => ({ mk: forall('ofNat', given(a), () => self) }),
  ),
  define(
    'OfNat.ofNat',
    ['u'],
    numeral((a) => a, forall),
    numeral((_, self) => proj('OfNat', 0, self), fun),
  ),
  define(
    'instOfNatNat',
    [],
    forall('n', Nat, (n) => app(constant('OfNat', [zero]), Nat, n)),
    fun('n', Nat, (n) => app(constant('OfNat.mk', [zero]), Nat, n, n)),
  ),
  oneField('NatPow', ['u'], [typeAt(u)], typeAt(u), 'pow', ([a]) => arrows(given(a), Nat, given(a))),
  oneField('Pow', ['u', 'v'], [typeAt(u), typeAt(v)], typeAt(max(u, v)), 'pow', ([a, b]) =>
    arrows(given(a), given(b), given(a)),
  ),
  oneField(
    'HPow',
    ['u', 'v', 'w'],
    [typeAt(u), typeAt(v), typeAt(w)],
    typeAt(max(max(u, v), w)),
    'hPow',
    ([a, b, c]) => arrows(given(a), given(b), given(c)),
  ),
  fieldOf('NatPow', [u], 'pow', ([a]) => arrows(given(a), Nat, given(a))),
  fieldOf('Pow', [u, v], 'pow', ([a, b]) => arrows(given(a), given(b), given(a))),
  fieldOf('HPow', [u, v, w], 'hPow', ([a, b, c]) => arrows(given(a), given(b), given(c))),
  define(
    'instNatPowNat',
    [],
    app(constant('NatPow', [zero]), Nat),
    app(constant('NatPow.mk', [zero]), Nat, constant('Nat.pow')),
  ),
  define(
    'instPowNat',
    ['u'],
    natPower((a) => app(constant('Pow', [u, zero]), a, Nat), forall),
    natPower(
      (a, inst) =>
        app(
          constant('Pow.mk', [u, zero]),
          a,
          Nat,
          fun('a', a, (x) => fun('n', Nat, (n) => app(constant('NatPow.pow', [u]), a, inst, x, n))),
        ),
      fun,
    ),
  ),
  define(
    'instHPow',
    ['u', 'v'],
    power((a, b) => app(constant('HPow', [u, v, u]), a, b, a), forall),
    power(
      (a, b, inst) =>
        app(
          constant('HPow.mk', [u, v, u]),
          a,
          b,
          a,
          fun('a', a, (x) => fun('b', b, (y) => app(constant('Pow.pow', [u, v]), a, b, inst, x, y))),
        ),
      fun,
    ),
  ),
];

function numeral(body: (a: Expr, self: Expr) => Expr, bind: Binder): Expr {
  return bind(
    'α',
    typeAt(u),
    (a) =>
      bind('x', Nat, (x) =>
        bind('self', app(constant('OfNat', [u]), a, x), (self) => body(a, self), 'instImplicit'),
      ),
    'implicit',
  );
}
function natPower(body: (a: Expr, inst: Expr) => Expr, bind: Binder): Expr {
  return bind(
    'α',
    typeAt(u),
    (a) => bind('inst', app(constant('NatPow', [u]), a), (inst) => body(a, inst), 'instImplicit'),
    'implicit',
  );
}
function power(body: (a: Expr, b: Expr, inst: Expr) => Expr, bind: Binder): Expr {
  return bind(
    'α',
    typeAt(u),
    (a) =>
      bind(
        'β',
        typeAt(v),
        (b) => bind('inst', app(constant('Pow', [u, v]), a, b), (inst) => body(a, b, inst), 'instImplicit'),
        'implicit',
      ),
    'implicit',
  );
}

/** A class of some types with one operation. */
function oneField(
  name: string,
  levelParams: readonly string[],
  sorts: readonly Expr[],
  sort: Expr,
  field: string,
  type: (types: readonly Expr[]) => Expr,
): Inductive {
  return inductiveType(
    name,
    levelParams,
    sorts.map((one, i) => [parameterNames[i] ?? '', () => one] as const),
    () => sort,
    (self, types) => ({ mk: forall(field, type(types), () => self) }),
  );
}

/** Its operation, as a function on its instances. */
function fieldOf(
  name: string,
  levels: readonly Level[],
  field: string,
  type: (types: readonly Expr[]) => Expr,
): Declaration {
  const under = (bind: Binder, body: (types: readonly Expr[], self: Expr) => Expr): Expr => {
    const from = (types: readonly Expr[]): Expr => {
      const level = levels[types.length];
      if (level !== undefined)
        return bind(
          parameterNames[types.length] ?? '',
          typeAt(level),
          (a) => from([...types, a]),
          'implicit',
        );
      return bind('self', app(constant(name, levels), ...types), (self) => body(types, self), 'instImplicit');
    };
    return from([]);
  };
  const names = levels.flatMap((level) => (level.kind === 'param' ? [level.name] : []));
  return define(
    `${name}.${field}`,
    names,
    under(forall, type),
    under(fun, (_, self) => proj(name, 0, self)),
  );
}

import type { Inductive } from '../../ir/declaration.js';
import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { arrows, forall, fun, inductiveType } from '../../ir/hoas.js';
import { zero } from '../../ir/level.js';
import type { Constant, Details } from '../environment.js';
import { Bool, equal, given, Nat, Prop, Str, Type, typeAt, u, v } from './terms.js';

const binary = arrows(Nat, Nat, Nat);
const relation = (a: Expr): Expr => arrows(a, a, Prop);
const ltNat = (a: Expr, b: Expr): Expr => app(constant('LT.lt', [zero]), Nat, constant('instLTNat'), a, b);

/**
 * Constants with a type only: what the checker can't see through, it says so (DontKnow). Types among them stand for
 * themselves like axioms, for they equal no other.
 */
export const others: readonly (readonly [
  name: string,
  levelParams: readonly string[],
  type: Expr,
  details: Details,
])[] = [
  ...['add', 'sub', 'mul', 'div', 'mod', 'gcd', 'pow', 'land', 'lor', 'xor', 'shiftLeft', 'shiftRight'].map(
    (name) => [`Nat.${name}`, [], binary, { kind: 'unmodelled' }] as const,
  ),
  ['Nat.log2', [], arrows(Nat, Nat), { kind: 'unmodelled' }],
  ['Nat.pred', [], arrows(Nat, Nat), { kind: 'unmodelled' }],
  ['Nat.beq', [], arrows(Nat, Nat, Bool), { kind: 'unmodelled' }],
  ['Nat.ble', [], arrows(Nat, Nat, Bool), { kind: 'unmodelled' }],
  ['LT', ['u'], arrows(typeAt(u), typeAt(u)), { kind: 'axiom' }],
  [
    'LT.lt',
    ['u'],
    forall(
      'α',
      typeAt(u),
      (a) => forall('self', app(constant('LT', [u]), a), () => relation(a), 'instImplicit'),
      'implicit',
    ),
    { kind: 'unmodelled' },
  ],
  ['instLTNat', [], app(constant('LT', [zero]), Nat), { kind: 'unmodelled' }],
  ['String', [], Type, { kind: 'axiom' }],
  ['Char', [], Type, { kind: 'axiom' }],
  ['Char.ofNat', [], arrows(Nat, constant('Char')), { kind: 'unmodelled' }],
  ['String.ofList', [], arrows(app(constant('List', [zero]), constant('Char')), Str), { kind: 'unmodelled' }],
  ['String.append', [], arrows(Str, Str, Str), { kind: 'unmodelled' }],
  ['String.length', [], arrows(Str, Nat), { kind: 'unmodelled' }],
  [
    'Quot',
    ['u'],
    forall('α', sort(u), (a) => arrows(relation(a), sort(u)), 'implicit'),
    { kind: 'quotient', part: 'type' },
  ],
  [
    'Quot.mk',
    ['u'],
    forall(
      'α',
      sort(u),
      (a) => forall('r', relation(a), (r) => forall('a', a, () => app(constant('Quot', [u]), a, r))),
      'implicit',
    ),
    { kind: 'quotient', part: 'mk' },
  ],
  [
    'Quot.lift',
    ['u', 'v'],
    forall(
      'α',
      sort(u),
      (a) =>
        forall(
          'r',
          relation(a),
          (r) =>
            forall(
              'β',
              sort(v),
              (b) =>
                forall('f', arrows(a, b), (f) =>
                  arrows(
                    forall('a', a, (x) =>
                      forall('b', a, (y) => arrows(app(r, x, y), equal(v, b, app(f, x), app(f, y)))),
                    ),
                    app(constant('Quot', [u]), a, r),
                    b,
                  ),
                ),
              'implicit',
            ),
          'implicit',
        ),
      'implicit',
    ),
    { kind: 'quotient', part: 'lift' },
  ],
  [
    'Quot.ind',
    ['u'],
    forall(
      'α',
      sort(u),
      (a) =>
        forall(
          'r',
          relation(a),
          (r) =>
            forall(
              'β',
              arrows(app(constant('Quot', [u]), a, r), Prop),
              (b) =>
                arrows(
                  forall('a', a, (x) => app(b, app(constant('Quot.mk', [u]), a, r, x))),
                  forall('q', app(constant('Quot', [u]), a, r), (q) => app(b, q)),
                ),
              'implicit',
            ),
          'implicit',
        ),
      'implicit',
    ),
    { kind: 'quotient', part: 'ind' },
  ],
  [
    'Quot.sound',
    ['u'],
    forall(
      'α',
      sort(u),
      (a) =>
        forall(
          'r',
          relation(a),
          (r) =>
            forall(
              'a',
              a,
              (x) =>
                forall(
                  'b',
                  a,
                  (y) => {
                    const mk = (value: Expr): Expr => app(constant('Quot.mk', [u]), a, r, value);
                    return arrows(app(r, x, y), equal(u, app(constant('Quot', [u]), a, r), mk(x), mk(y)));
                  },
                  'implicit',
                ),
              'implicit',
            ),
          'implicit',
        ),
      'implicit',
    ),
    { kind: 'axiom' },
  ],
];

/** Fin, whose field is said with constants of the table above. */
export const fin: Inductive = inductiveType(
  'Fin',
  [],
  [['n', () => Nat]],
  () => Type,
  (self, [n]) => ({
    mk: forall('val', Nat, (value) => forall('isLt', ltNat(value, given(n)), () => self)),
  }),
);

/** `id`, as a definition that unfolds. */
export const identity: Constant = {
  name: 'id',
  levelParams: ['u'],
  type: forall('α', sort(u), (a) => arrows(a, a), 'implicit'),
  details: {
    kind: 'definition',
    hint: 1,
    value: fun('α', sort(u), (a) => fun('a', a, (x) => x), 'implicit'),
  },
};

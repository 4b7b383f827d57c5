import { app, constant, sort, type Expr } from '../../ir/expr.js';
import { arrows, forall } from '../../ir/hoas.js';
import type { Constant } from '../environment.js';
import { Prop } from '../../ir/core-constants.js';
import { equal, u, v } from './terms.js';

const relation = (a: Expr): Expr => arrows(a, a, Prop);
const quot = (a: Expr, r: Expr): Expr => app(constant('Quot', [u]), a, r);
const mk = (a: Expr, r: Expr, x: Expr): Expr => app(constant('Quot.mk', [u]), a, r, x);

/** `{α : Sort u} → {r : α → α → Prop} → ...`. */
function onRelation(body: (a: Expr, r: Expr) => Expr): Expr {
  return forall('α', sort(u), (a) => forall('r', relation(a), (r) => body(a, r), 'implicit'), 'implicit');
}

/** Constants that the quotient declaration adds. */
export const quotientConstants: readonly Constant[] = [
  {
    name: 'Quot',
    levelParams: ['u'],
    type: forall('α', sort(u), (a) => forall('r', relation(a), () => sort(u)), 'implicit'),
    details: { kind: 'quotient', part: 'type' },
  },
  {
    name: 'Quot.mk',
    levelParams: ['u'],
    type: forall(
      'α',
      sort(u),
      (a) => forall('r', relation(a), (r) => forall('a', a, () => quot(a, r))),
      'implicit',
    ),
    details: { kind: 'quotient', part: 'mk' },
  },
  {
    name: 'Quot.lift',
    levelParams: ['u', 'v'],
    type: onRelation((a, r) =>
      forall(
        'β',
        sort(v),
        (b) =>
          forall('f', arrows(a, b), (f) =>
            arrows(
              forall('a', a, (x) =>
                forall('b', a, (y) => arrows(app(r, x, y), equal(v, b, app(f, x), app(f, y)))),
              ),
              quot(a, r),
              b,
            ),
          ),
        'implicit',
      ),
    ),
    details: { kind: 'quotient', part: 'lift' },
  },
  {
    name: 'Quot.ind',
    levelParams: ['u'],
    type: onRelation((a, r) =>
      forall(
        'β',
        arrows(quot(a, r), Prop),
        (b) =>
          forall(
            'mk',
            forall('a', a, (x) => app(b, mk(a, r, x))),
            () => forall('q', quot(a, r), (q) => app(b, q)),
          ),
        'implicit',
      ),
    ),
    details: { kind: 'quotient', part: 'ind' },
  },
];

/** The type of `Quot.sound`. */
export const soundness: Expr = onRelation((a, r) =>
  forall(
    'a',
    a,
    (x) =>
      forall('b', a, (y) => arrows(app(r, x, y), equal(u, quot(a, r), mk(a, r, x), mk(a, r, y))), 'implicit'),
    'implicit',
  ),
);

/** Indexed families, structures and proofs at work together: K and eta below other types, and what may be read of proofs. */
import { app, nat, proj, type Expr } from '../../../src/ir/expr.js';
import { one, param, zero } from '../../../src/ir/level.js';
import type { Declaration } from '../../../src/ir/declaration.js';
import {
  accepted,
  all,
  block,
  Bool,
  c,
  data,
  def,
  eq,
  fn,
  Nat,
  opaque,
  Prop,
  refl,
  refused,
  thm,
  to,
  True,
  Type,
  v,
  type KernelCase,
} from './case.js';

const intro = c('True.intro');
const S = (n: Expr): Expr => app(c('Nat.succ'), n);
const add = (a: Expr, b: Expr): Expr => app(c('Nat.add'), a, b);
const [two, three] = [nat(2), nat(3)];

/** `mk : (n : Nat) → D n n`, with the first argument an index or a parameter. */
const diagonal = (name: string, parameters: number): Declaration =>
  data(name, to(Nat, Nat, Prop), { mk: all(Nat, app(c(name), v(0), v(0))) }, { parameters });
const indexed = (value: Expr): Expr =>
  app(
    c('D.rec', one),
    fn(Nat, fn(Nat, fn(app(c('D'), v(1), v(0)), Nat))),
    fn(Nat, v(0)),
    ...[two, two, value],
  );
const atTwo = app(c('D'), two, two);
const likeEq = (name: string, index: Expr): Declaration => {
  const type = app(c('K'), two, index);
  const value = app(c('K.rec', one), ...[two, fn(Nat, fn(app(c('K'), two, v(0)), Nat)), nat(7), index, v(0)]);
  return thm(name, all(type, eq(Nat, value, nat(7))), fn(type, refl(Nat, nat(7))));
};

const hidden = data('H', Prop, { mk: all(Nat, to(eq(Nat, v(0), v(0)), c('H'))) });
const told = data('P', to(Nat, Prop), { mk: all(Nat, to(True, app(c('P'), v(1)))) });
const atThree = app(c('P'), three);

const sigma = data(
  'Sg',
  all(Type, to(to(v(0), Type), Type)),
  {
    mk: all(Type, all(to(v(0), Type), all(v(1), all(app(v(1), v(0)), app(c('Sg'), v(3), v(2)))))),
  },
  { parameters: 2 },
);
const unit = data('Un', to(Type, Type), { mk: all(Type, app(c('Un'), v(0))) }, { parameters: 1 });
const numbers = app(c('Sg'), Nat, fn(Nat, Bool));
const [un, other] = [app(c('Un'), Nat), app(c('Un'), Bool)];
const units = app(c('Sg'), un, fn(un, other));

const constantRelation = fn(Nat, fn(Nat, True));
const quotient = app(c('Quot', one), Nat, constantRelation);
const list = (type: Expr): Expr => app(c('List', zero), type);
const relation = data('L', to(Nat, Nat, Prop), { mk: all(Nat, all(Nat, app(c('L'), v(0), v(1)))) });
const above = data('A', to(Nat, Prop), { mk: all(Nat, app(c('A'), S(v(0)))) });
const proof = thm('h', eq(Nat, nat(1), nat(1)), refl(Nat, nat(1)));
const sealed = opaque('o', Nat, three);

/** A family that is nested in lists at an index of its own. */
const nestedFamily = (index: Expr, leaf: Expr): Declaration =>
  block([
    ['A', to(Nat, Type), { mk: all(Nat, to(list(app(c('B'), index)), app(c('A'), v(1)))) }],
    ['B', to(Nat, Type), { leaf: app(c('B'), leaf) }],
  ]);

export const familyCases: readonly KernelCase[] = [
  accepted('a proof that holds a number and what is said of it', hidden),
  refused('the number in a proof', hidden, def('d', to(c('H'), Nat), fn(c('H'), proj('H', 0, v(0))))),
  refused(
    'what a proof says of a number that it hides',
    hidden,
    def('d', to(c('H'), True), fn(c('H'), app(fn(eq(Nat, nat(0), nat(0)), intro), proj('H', 1, v(0))))),
  ),
  // The official kernel looks whether anything behind the number mentions it: the index of what is made does.
  refused(
    'a proof in a proof, behind a number that is an index',
    told,
    thm('h', to(atThree, True), fn(atThree, proj('P', 1, v(0)))),
  ),
  refused('an index in a proof', told, def('d', to(atThree, Nat), fn(atThree, proj('P', 0, v(0))))),
  accepted(
    'a proposition whose number is told by its indices eliminates into data',
    diagonal('D', 0),
    def('d', to(atTwo, Nat), fn(atTwo, indexed(v(0)))),
  ),
  refused(
    'K needs a constructor without fields',
    diagonal('D', 0),
    thm('h', all(atTwo, eq(Nat, indexed(v(0)), two)), fn(atTwo, refl(Nat, two))),
  ),
  accepted('K where the parameter is the index', diagonal('K', 1), likeEq('h', two)),
  accepted('K where the parameter is a successor', diagonal('K', 1), likeEq('h', S(nat(1)))),
  accepted('K where the parameter is a sum', diagonal('K', 1), likeEq('h', add(nat(1), nat(1)))),
  refused('K where the parameter is another number', diagonal('K', 1), likeEq('h', three)),
  accepted(
    'eta of a structure of dependent fields',
    sigma,
    thm(
      'h',
      all(
        numbers,
        eq(numbers, v(0), app(c('Sg.mk'), Nat, fn(Nat, Bool), proj('Sg', 0, v(0)), proj('Sg', 1, v(0)))),
      ),
      fn(numbers, refl(numbers, v(0))),
    ),
  ),
  accepted(
    'eta of a structure whose fields are unit-like',
    sigma,
    unit,
    thm(
      'h',
      all(units, all(un, all(other, eq(units, v(2), app(c('Sg.mk'), un, fn(un, other), v(1), v(0)))))),
      fn(units, fn(un, fn(other, refl(units, v(2))))),
    ),
  ),
  refused(
    'two values of a structure whose fields are unit-like',
    sigma,
    unit,
    thm('h', all(units, all(units, eq(units, v(1), v(0)))), fn(units, fn(units, refl(units, v(1))))),
  ),
  accepted(
    'two values of a unit-like type with a parameter',
    unit,
    thm('h', all(un, all(un, eq(un, v(1), v(0)))), fn(un, fn(un, refl(un, v(1))))),
  ),
  accepted(
    'a proof out of a quotient',
    thm(
      'h',
      to(quotient, True),
      fn(
        quotient,
        app(
          c('Quot.lift', one, zero),
          ...[Nat, constantRelation, True, fn(Nat, intro)],
          ...[fn(Nat, fn(Nat, fn(True, refl(True, intro, zero)))), v(0)],
        ),
      ),
    ),
  ),
  refused('a type with a level parameter twice', data('T', Type, {}, { levelParams: ['u', 'u'] })),
  accepted(
    'a constructor at the level parameter of its type',
    data('T', Type, { mk: c('T', param('u')) }, { levelParams: ['u'] }),
  ),
  refused(
    'a constructor at a level parameter of nobody',
    data('T', Type, { mk: c('T', param('v')) }, { levelParams: ['u'] }),
  ),
  accepted(
    'two numbers that the indices tell',
    relation,
    def(
      'd',
      to(app(c('L'), nat(1), two), Nat),
      fn(
        app(c('L'), nat(1), two),
        app(
          c('L.rec', one),
          fn(Nat, fn(Nat, fn(app(c('L'), v(1), v(0)), Nat))),
          ...[fn(Nat, fn(Nat, v(1))), nat(1), two, v(0)],
        ),
      ),
    ),
  ),
  refused(
    'a number of which the index tells only the successor',
    above,
    def(
      'd',
      to(app(c('A'), nat(1)), Nat),
      fn(
        app(c('A'), nat(1)),
        app(c('A.rec', one), ...[fn(Nat, fn(app(c('A'), v(0)), Nat)), fn(Nat, v(0)), nat(1), v(0)]),
      ),
    ),
  ),
  accepted('a list of a family at a closed index', nestedFamily(nat(0), nat(0))),
  refused('a list of a family at an index that is a field', nestedFamily(v(0), nat(0))),
  accepted('functions into lists of the type', data('T', Type, { mk: to(to(Nat, list(c('T'))), c('T')) })),
  refused('functions from lists of the type', data('T', Type, { mk: to(to(list(c('T')), Nat), c('T')) })),
  accepted(
    'a proposition nested in another',
    data('N', to(Prop, Prop), { mk: all(Prop, to(v(0), app(c('N'), v(1)))) }, { parameters: 1 }),
    data('T', Prop, { mk: to(app(c('N'), c('T')), c('T')) }),
  ),
  refused('an opaque number is its value', sealed, thm('h', eq(Nat, c('o'), three), refl(Nat, three))),
  accepted('an opaque number is itself', sealed, thm('h', eq(Nat, c('o'), c('o')), refl(Nat, c('o')))),
  accepted(
    'two proofs of one proposition, by names',
    proof,
    thm(
      'i',
      eq(eq(Nat, nat(1), nat(1)), c('h'), refl(Nat, nat(1)), zero),
      refl(eq(Nat, nat(1), nat(1)), c('h'), zero),
    ),
  ),
  refused(
    'a sum that waits for its second number is a successor',
    thm(
      'h',
      all(Nat, all(Nat, eq(Nat, add(S(v(1)), v(0)), S(add(v(1), v(0)))))),
      fn(Nat, fn(Nat, refl(Nat, S(add(v(1), v(0)))))),
    ),
  ),
  accepted(
    'a sum with a literal is a successor',
    thm('h', all(Nat, eq(Nat, add(v(0), three), S(add(v(0), two)))), fn(Nat, refl(Nat, S(add(v(0), two))))),
  ),
];

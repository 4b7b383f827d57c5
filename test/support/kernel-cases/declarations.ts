/** Headers, kinds of declarations, safety, mutual definitions, the quotient. */
import type { Definition } from '../../../src/ir/declaration.js';
import { app, fvar, lambda, mvar, nat, sort, type Expr } from '../../../src/ir/expr.js';
import { one, param } from '../../../src/ir/level.js';
import {
  accepted,
  axiom,
  c,
  data,
  def,
  differs,
  equation,
  False,
  fn,
  mended,
  Nat,
  opaque,
  Prop,
  refused,
  thm,
  to,
  True,
  Type,
  v,
  type KernelCase,
} from './case.js';

const unsafe = (name: string, value = c(name)): Definition => def(name, Nat, value, { safety: 'unsafe' });
const partial = (name: string, value: Expr = nat(1)): Definition =>
  def(name, Nat, value, { safety: 'partial' });
const mutual = (...definitions: Definition[]) => ({ kind: 'mutual' as const, definitions });

export const declarationCases: readonly KernelCase[] = [
  accepted('a definition', def('d', Nat, nat(1))),
  refused('a value of another type', def('d', Nat, c('Bool.true'))),
  refused('a type that is none', def('d', nat(1), nat(1))),
  refused('a name that is taken', def('Nat.add', Nat, nat(1))),
  refused('a name that is taken by a recursor', def('Nat.rec', Nat, nat(1))),
  accepted('an anonymous name', def('', Nat, nat(1))),
  accepted('a name that looks auxiliary', def('_nested.List_1', Nat, nat(1))),
  accepted(
    'level parameters',
    def('d', sort({ kind: 'succ', of: param('u') }), sort(param('u')), { levelParams: ['u'] }),
  ),
  refused('a level parameter twice', def('d', Nat, nat(1), { levelParams: ['u', 'u'] })),
  refused('a level parameter that is not declared', def('d', sort(one), sort(param('u')))),
  accepted('an anonymous level parameter', def('d', Nat, nat(1), { levelParams: [''] })),
  refused('a free variable in a type', axiom('a', fvar('x'))),
  refused('a free variable in a value', def('d', Nat, fvar('x'))),
  refused('a metavariable in a value', def('d', Nat, mvar('x'))),
  refused('a level metavariable', axiom('a', sort({ kind: 'mvar', name: 'm' }))),
  refused('a free variable in a constructor', data('T', Type, { mk: to(fvar('x'), c('T')) })),
  refused('a free variable in the type of an inductive type', data('T', to(fvar('x'), Type), {})),
  refused('a metavariable in a constructor', data('T', Type, { mk: to(mvar('x'), c('T')) })),
  refused(
    'a level metavariable in a constructor',
    data(
      'T',
      sort(param('u')),
      { mk: to(c('PUnit', { kind: 'mvar', name: 'm' }), c('T', param('u'))) },
      { levelParams: ['u'] },
    ),
  ),
  refused('a free variable in a theorem', thm('t', True, fvar('x'))),
  refused('a free variable in one of mutual definitions', mutual(partial('a'), partial('b', fvar('x')))),
  refused(
    'a level parameter of a constructor that its type does not declare',
    data('T', Type, { mk: to(c('PUnit', param('v')), c('T')) }),
  ),
  refused('a constructor with the name of its recursor', {
    ...data('T', Type, {}),
    types: [{ name: 'T', type: Type, constructors: [{ name: 'T.rec', type: c('T') }] }],
  }),
  accepted('mutual partial definitions that need not end', mutual(partial('a', c('a')), partial('b'))),
  accepted('a definition that uses an opaque constant', opaque('o', Nat, nat(1)), def('d', Nat, c('o'))),
  refused('an opaque constant that uses itself', opaque('o', Nat, c('o'))),
  mended(
    'a free variable with the name of an earlier binder in an opaque value',
    opaque('q', False, app(lambda('h', False, v(0)), fvar('_kernel_fresh.0'))),
  ),
  accepted('an axiom', axiom('a', False)),
  refused('an axiom of no type', axiom('a', nat(0))),
  accepted('a theorem', thm('t', True, c('True.intro'))),
  refused('a theorem that is no proposition', thm('t', Nat, nat(1))),
  refused('a theorem without a proof', thm('t', False, c('True.intro'))),
  accepted('an opaque constant', opaque('o', Nat, nat(1))),
  refused('an opaque constant of another type', opaque('o', Nat, c('True.intro'))),
  refused('what an opaque constant hides', opaque('o', Nat, nat(1)), equation('e', Nat, c('o'), nat(1))),
  accepted('what a definition says', def('o', Nat, nat(1)), equation('e', Nat, c('o'), nat(1))),
  accepted('an unsafe definition that uses itself', unsafe('d')),
  refused('a safe definition that uses itself', def('d', Nat, c('d'))),
  refused('a partial definition that uses itself alone', partial('d', c('d'))),
  accepted(
    'an unsafe definition by its own value',
    def(
      'd',
      Nat,
      app(fn(app(c('Eq', one), Nat, c('d'), nat(1)), nat(1)), app(c('Eq.refl', one), Nat, nat(1))),
      { safety: 'unsafe' },
    ),
  ),
  refused('something safe that uses something unsafe', unsafe('d'), def('e', Nat, c('d'))),
  accepted('something unsafe that uses something unsafe', unsafe('d'), unsafe('e', c('d'))),
  refused('something safe that uses something partial', partial('d'), def('e', Nat, c('d'))),
  accepted('something unsafe that uses something partial', partial('d'), unsafe('e', c('d'))),
  refused(
    'an unsafe opaque that uses something unsafe',
    unsafe('d'),
    opaque('e', Nat, c('d'), { unsafe: true }),
  ),
  refused(
    'something safe that uses an unsafe axiom',
    axiom('a', Nat, { unsafe: true }),
    def('d', Nat, c('a')),
  ),
  accepted('mutual partial definitions', mutual(partial('a', c('b')), partial('b', c('a')))),
  accepted('mutual unsafe definitions', mutual(unsafe('a', c('b')), unsafe('b', c('a')))),
  refused('mutual definitions that are safe', mutual(def('a', Nat, nat(1)))),
  refused('no definitions', mutual()),
  refused('mutual definitions of unlike safety', mutual(partial('a'), unsafe('b'))),
  mended(
    'mutual definitions with other level parameters',
    mutual({ ...partial('a'), levelParams: ['u'] }, { ...partial('b'), levelParams: ['v'] }),
  ),
  mended('mutual definitions of one name', mutual(partial('a'), partial('a'))),
  refused('something partial that uses something unsafe', unsafe('d'), mutual(partial('a', c('d')))),
  accepted('something partial that uses something partial', partial('d'), mutual(partial('a', c('d')))),
  accepted('the quotient once more', { kind: 'quotient' }),
  accepted(
    'an unsafe type that is not positive',
    data('T', Type, { mk: to(to(c('T'), Nat), c('T')) }, { unsafe: true }),
  ),
  refused(
    'something safe that uses an unsafe type',
    data('T', Type, { mk: c('T') }, { unsafe: true }),
    axiom('a', c('T')),
  ),
  accepted(
    'a proof that reduces',
    def('p', to(Prop, Prop), fn(Prop, v(0))),
    thm('t', app(c('p'), True), c('True.intro')),
  ),
  differs(
    'a theorem of a sort that comes to Prop',
    { strict: 'accepts', old: 'refuses', recent: 'accepts' },
    thm(
      't',
      app(c('PUnit', { kind: 'imax', left: one, right: { kind: 'zero' } })),
      c('PUnit.unit', { kind: 'imax', left: one, right: { kind: 'zero' } }),
    ),
  ),
];

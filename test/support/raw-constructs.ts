import type { Declaration } from '../../src/ir/declaration.js';
import { encode } from '../../src/ir/encode.js';
import {
  app,
  bvar,
  constant,
  fvar,
  lambda,
  letIn,
  mdata,
  mvar,
  nat,
  pi,
  proj,
  sort,
  string,
  type Expr,
} from '../../src/ir/expr.js';
import { imax, levelOf, max, one, param, succ, zero } from '../../src/ir/level.js';
import { kernelCases } from './kernel-cases/all.js';

const Nat = constant('Nat');
const False = constant('False');
const u = param('u');

/** A term that occurs in two places, and nests deeper than one line. */
function deep(nesting: number): Expr {
  return nesting === 0 ? nat(1) : app(constant('f'), deep(nesting - 1));
}
const shared = app(constant('Nat.add'), nat(2), bvar(0));

/** Every construct of declarations, expressions, levels and names, each at least once. */
export const constructs: readonly Declaration[] = [
  { kind: 'axiom', name: 'a', levelParams: [], type: sort(zero), unsafe: false },
  {
    ...{ kind: 'definition', name: 'b', levelParams: ['u', 'v.3'], type: sort(succ(u)) },
    ...{ value: sort(max(u, imax(param('v.3'), levelOf(2)))), hint: 7, safety: 'safe' },
  },
  {
    ...{ kind: 'definition', name: 'c', levelParams: [], type: pi('n', Nat, Nat, 'implicit') },
    value: lambda(
      'n',
      Nat,
      letIn('two', Nat, nat(2), app(constant('Nat.add'), mdata(bvar(0)), bvar(1))),
      'implicit',
    ),
    ...{ hint: 'abbreviation', safety: 'unsafe' },
  },
  {
    ...{ kind: 'theorem', name: 'd.x y.«»', levelParams: [], type: False },
    value: app(lambda('h', False, bvar(0), 'instImplicit'), fvar('_kernel_fresh.2')),
  },
  {
    ...{ kind: 'opaque', name: 'e', levelParams: [], type: sort(succ(u, 3)), unsafe: true },
    value: app(
      constant('List.nil', [one, { kind: 'mvar', name: 'l' }]),
      mvar('m'),
      string('a "quote"\n\u202e'),
    ),
  },
  {
    ...{ kind: 'inductive', levelParams: ['u'], parameters: 1, unsafe: false },
    types: [
      {
        name: 'T',
        type: pi('α', sort(u), sort(one), 'strictImplicit'),
        constructors: [
          { name: 'T.mk', type: pi('α', sort(u), pi('x', bvar(0), app(constant('T', [u]), bvar(1)))) },
          { name: 'T.none', type: pi('α', sort(u), app(constant('T', [u]), bvar(0))) },
        ],
      },
      { name: 'S', type: pi('α', sort(u), sort(one)), constructors: [] },
    ],
  },
  {
    kind: 'mutual',
    definitions: [
      {
        ...{ kind: 'definition', name: 'f', levelParams: [], type: Nat, hint: 'opaque', safety: 'partial' },
        value: proj('Prod', 1, constant('g')),
      },
      {
        ...{ kind: 'definition', name: 'g', levelParams: [], type: Nat, hint: 'opaque', safety: 'partial' },
        value: app(constant('f'), app(shared, shared), shared),
      },
    ],
  },
  { kind: 'quotient' },
  {
    ...{ kind: 'definition', name: '_nested.T_1', levelParams: [], type: Nat, hint: 0, safety: 'safe' },
    value: deep(20),
  },
];

/** The small cases of the kernel, as far as words carry them. */
export const sayableCases: readonly (readonly Declaration[])[] = kernelCases.flatMap(({ declarations }) => {
  try {
    encode(declarations);
    return [declarations];
  } catch (error) {
    // Some have numbers that are too large.
    if (error instanceof RangeError) return [];
    throw error;
  }
});

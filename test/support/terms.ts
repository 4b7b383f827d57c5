import type { Declaration } from '../../src/ir/declaration.js';
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
import { imax, levelOf, max, param, succ, zero } from '../../src/ir/level.js';

/** One expression of each kind, and each kind of level below them. */
export const exprs: Record<string, Expr> = {
  bvar: bvar(3),
  fvar: fvar('_kernel_fresh.0'),
  mvar: mvar('m'),
  sort: sort(imax(succ(param('u')), max({ kind: 'mvar', name: 'v' }, zero))),
  const: constant('List.cons', [levelOf(2), param('u')]),
  app: app(constant('f'), bvar(0), constant('a')),
  lambda: lambda('x', constant('Nat'), bvar(0), 'implicit'),
  pi: pi('x', constant('Nat'), constant('Nat'), 'instImplicit'),
  let: letIn('y', constant('Nat'), nat(0n), bvar(0)),
  nat: nat((1n << 70n) + 5n),
  string: string('∀ "α"\n'),
  proj: proj('Prod', 1, bvar(2)),
  mdata: mdata(constant('x')),
};

const typed = { levelParams: ['u', 'v'], type: sort(param('u')) };
const definition = {
  kind: 'definition',
  name: 'f',
  ...typed,
  value: constant('x'),
  hint: 'abbreviation',
  safety: 'safe',
} as const;

/** One declaration of each kind, and the variants of a definition. */
export const declarations: Record<string, Declaration> = {
  axiom: { kind: 'axiom', name: 'a', ...typed, unsafe: true },
  definition,
  'opaque definition': { ...definition, hint: 'opaque', safety: 'partial' },
  'definition of a height': { ...definition, hint: 17, safety: 'unsafe' },
  theorem: { kind: 'theorem', name: 'a.«b.c».1', ...typed, value: constant('x') },
  opaque: { kind: 'opaque', name: 'o', ...typed, value: nat(1n), unsafe: true },
  quotient: { kind: 'quotient' },
  mutual: { kind: 'mutual', definitions: [definition, { ...definition, name: 'g', safety: 'partial' }] },
  inductive: {
    kind: 'inductive',
    levelParams: ['u'],
    parameters: 1,
    unsafe: false,
    types: [
      {
        name: 'T',
        type: pi('α', sort(param('u')), sort(param('u'))),
        constructors: [{ name: 'T.mk', type: pi('α', sort(param('u')), app(constant('T'), bvar(0))) }],
      },
      { name: 'E', type: sort(zero), constructors: [] },
    ],
  },
};

export function theorem(value: Expr, name = 't'): Declaration {
  return { kind: 'theorem', name, levelParams: [], type: constant('True'), value };
}

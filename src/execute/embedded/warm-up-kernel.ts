import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { app, constant, fvar, nat, proj, sort, string, type Expr } from '../../ir/expr.js';
import { arrows, define, forall, fun, inductiveType } from '../../ir/hoas.js';
import { max, one, param, succ, zero } from '../../ir/level.js';
import type { Executor } from './executor.js';
import type { ResultSink } from './job-execution.js';
import { Bool, Nat, Prop, Str, yes } from '../../ir/core-constants.js';

/** Enough for V8 to have optimised what the kernel level runs in JavaScript. */
const rounds = 150;

/** Runs a round of declarations again and again, each time under new names: known ones would not be run. */
export function warmUpKernel(executor: Executor, sink: ResultSink): void {
  for (let round = 0; round < rounds; round++) {
    const declarations = roundOf(`w${round}`);
    executor.kernel.run(
      {
        level: 'kernel',
        steps: declarations.map((declaration) => ({ kind: 'declaration', words: encode([declaration]) })),
        claims: [],
        describe: [`w${round}.Tree`, `w${round}.Pair`],
      },
      sink,
    );
  }
}

const [u, v] = [param('u'), param('v')];

/** Declarations of all kinds that use most of the kernel: some are refused. */
function roundOf(prefix: string): Declaration[] {
  const [Tree, Pair, Even] = [`${prefix}.Tree`, `${prefix}.Pair`, `${prefix}.Even`];
  const tree = inductiveType(
    Tree,
    ['u'],
    [['α', () => sort(succ(u))]],
    () => sort(succ(u)),
    (self, [alpha = Nat]) => ({
      leaf: arrows(alpha, self),
      node: arrows(app(constant('List', [u]), self), self),
    }),
  );
  const pair = inductiveType(
    Pair,
    ['u', 'v'],
    [
      ['α', () => sort(succ(u))],
      ['β', () => sort(succ(v))],
    ],
    () => sort(succ(max(u, v))),
    (self, [alpha = Nat, beta = Nat]) => ({ mk: arrows(alpha, beta, self) }),
  );
  const even = inductiveType(
    Even,
    [],
    [],
    () => arrows(Nat, Prop),
    (self) => ({
      zero: app(self, nat(0)),
      step: forall('n', Nat, (n) => arrows(app(self, n), app(self, app(constant('Nat.succ'), n, n)))),
      next: forall('n', Nat, (n) => arrows(app(self, n), app(self, app(constant('Nat.succ'), n)))),
    }),
  );
  const ofNats = app(constant(Pair, [zero, zero]), Nat, Nat);
  const first = define(
    `${prefix}.first`,
    [],
    arrows(ofNats, Nat),
    fun('p', ofNats, (p) => proj(Pair, 0, p)),
  );
  const add = define(
    `${prefix}.add`,
    [],
    arrows(Nat, Nat, Nat),
    fun('m', Nat, (m) => fun('n', Nat, (n) => recursion(m, n))),
  );
  const sum = app(constant(`${prefix}.add`), nat(20), nat(22));
  const projected = app(
    constant(`${prefix}.first`),
    app(constant(`${Pair}.mk`, [zero, zero]), Nat, Nat, nat(42), nat(1n << 70n)),
  );
  return [
    tree,
    pair,
    even,
    {
      ...even,
      types: even.types.map((type) => ({
        ...type,
        constructors: type.constructors.filter((_, i) => i !== 1),
      })),
    },
    first,
    add,
    equation(`${prefix}.sum`, Nat, sum, nat(42)),
    equation(`${prefix}.projected`, Nat, projected, sum),
    equation(`${prefix}.wrong`, Nat, sum, nat(43)),
    equation(`${prefix}.text`, Str, string('ab'), string('ab')),
    define(`${prefix}.mismatch`, [], Nat, yes),
    define(`${prefix}.free`, [], Nat, fvar('x')),
    define(`${prefix}.unknown`, [], Bool, constant(`${prefix}.nothing`)),
    { kind: 'opaque', name: `${prefix}.secret`, levelParams: [], type: Nat, value: sum, unsafe: false },
  ];
}

/** `m + n` by recursion on n, written out. */
function recursion(m: Expr, n: Expr): Expr {
  const motive = fun('_', Nat, () => Nat);
  const step = fun('_', Nat, () => fun('r', Nat, (r) => app(constant('Nat.succ'), r)));
  return app(constant('Nat.rec', [one]), motive, m, step, n);
}

/** `theorem name : left = right := rfl` */
function equation(name: string, type: Expr, left: Expr, right: Expr): Declaration {
  return {
    kind: 'theorem',
    name,
    levelParams: [],
    type: app(constant('Eq', [one]), type, left, right),
    value: app(constant('Eq.refl', [one]), type, left),
  };
}

import { False, Prop, True, Type } from '../../ir/core-constants.js';
import type { Declaration } from '../../ir/declaration.js';
import { app, constant, proj, sort, type Expr } from '../../ir/expr.js';
import { arrows, forall, fun, inductiveType } from '../../ir/hoas.js';
import { one, succ, zero, type Level } from '../../ir/level.js';
import type { Constant } from '../../kernel/environment.js';
import { isNeverZero } from '../../kernel/level-order.js';
import { caseSplit } from '../../kernel/refute/case-split.js';
import { fillBinders } from '../../kernel/refute/fill-binders.js';
import { whnf } from '../../kernel/reduce.js';
import type { Random } from '../../util/random.js';
import type { Context } from './context.js';
import { orUndefined } from './failure.js';
import { KernelTermGenerator } from './term-generator.js';

/** Constants that are looked at: the newest ones. */
const maxConstants = 12;

/** A type of codes for all types of a sort, that is itself in this sort. */
interface Universe {
  readonly codes: Expr;
  readonly encode: (type: Expr) => Expr;
  /** Of what `encode` made, the type itself, as the kernel computes it. */
  readonly decode: (code: Expr) => Expr;
}

/** Universes that are too small for what is in them, said as plainly as can be, and the proofs of False they give. */
export function plainUniverses(): { readonly declaration: Declaration; readonly proof: Expr }[] {
  const Code = constant('Code');
  const holder = inductiveType(
    'Code',
    [],
    [],
    () => Type,
    (self) => ({ of: arrows(Type, self) }),
  );
  const motive = fun('_', Code, () => Type);
  const held: Universe = {
    codes: Code,
    encode: (type) => app(constant('Code.of'), type),
    decode: (code) =>
      app(
        constant('Code.rec', [succ(one)]),
        motive,
        fun('type', Type, (type) => type),
        code,
      ),
  };
  const itself: Universe = { codes: Code, encode: (type) => type, decode: (code) => code };
  const common = { name: 'Code', levelParams: [], type: Type, value: Type } as const;
  const typeInType: Declaration = { kind: 'definition', ...common, hint: 'abbreviation', safety: 'safe' };
  return [
    { declaration: holder, proof: hurkens(held) },
    { declaration: typeInType, proof: hurkens(itself) },
  ];
}

/** The proofs of False that the candidate's own types give, where one holds the types of a sort that it is in. */
export function smallUniverses(random: Random, context: Context): Expr[] {
  return context.environment.added
    .slice(-maxConstants)
    .reverse()
    .flatMap((constant) =>
      [zero, one].flatMap((level) => {
        const universe = orUndefined(() => universeIn(random, context, constant, level));
        return universe === undefined ? [] : [hurkens(universe)];
      }),
    );
}

/** A type of which some constructor holds a type, at one level for all its parameters. */
function universeIn(
  random: Random,
  context: Context,
  { name, levelParams, details }: Constant,
  level: Level,
): Universe | undefined {
  if (details.kind !== 'inductive' || details.indices > 0) return undefined;
  if (levelParams.length === 0 && level !== zero) return undefined;
  const g = KernelTermGenerator.behind(random, context);
  const levels = levelParams.map(() => level);
  const filled = fillBinders(
    g.t.typeOf(g.t.constant(name), levels),
    (_, binder) => g.prove(binder.type, 3),
    details.parameters,
  );
  if (filled === undefined) return undefined;
  const applied = { name, levels, parameters: filled.args };
  for (const constructor of details.constructors) {
    const held = holding(g, constructor, levels, filled.args);
    if (held === undefined) continue;
    const split = caseSplit(g.t, applied, sort(held.level), succ(held.level), (made, args) =>
      made === constructor ? (args[held.field] ?? True) : constant('PUnit', [held.level]),
    );
    // Of a type that is not in order for us, no recursor is known here.
    const isRead = split === undefined && details.constructors.length === 1;
    if (split === undefined && !isRead) continue;
    return {
      codes: app(constant(name, levels), ...filled.args),
      encode: held.encode,
      decode: (code) => (split === undefined ? proj(name, held.field, code) : app(split, code)),
    };
  }
  return undefined;
}

/** The first field of a constructor that is a type, of which nothing behind it may depend. */
function holding(
  g: KernelTermGenerator,
  constructor: string,
  levels: readonly Level[],
  parameters: readonly Expr[],
): { readonly field: number; readonly level: Level; readonly encode: Universe['encode'] } | undefined {
  let held: { at: number; level: Level } | undefined;
  const filled = fillBinders(g.t.typeOf(g.t.constant(constructor), levels), (at, { type, body }) => {
    const parameter = parameters[at];
    if (parameter !== undefined) return parameter;
    const reduced = whnf(g.t, type);
    const isHeld = held === undefined && reduced.kind === 'sort' && isNeverZero(reduced.level);
    if (!isHeld || body.looseRange > 0) return g.prove(type, 3);
    held = { at, level: reduced.level };
    return constant('PUnit', [reduced.level]);
  });
  if (filled === undefined || held === undefined) return undefined;
  const { at, level } = held;
  const encode = (type: Expr): Expr => app(constant(constructor, levels), ...filled.args.with(at, type));
  return { field: at - parameters.length, level, encode };
}

/**
 * False from a universe that is in itself: the paradox of Girard, in the form that Hurkens gave it ("A simplification
 * of Girard's paradox", 1995), with codes in the place of types where all of them are spoken of.
 */
function hurkens({ codes, encode, decode }: Universe): Expr {
  const power = (type: Expr): Expr => arrows(type, Prop);
  const U = forall('X', codes, (X) =>
    arrows(arrows(power(power(decode(X))), decode(X)), power(power(decode(X)))),
  );
  const tau = fun('t', power(power(U)), (t) =>
    fun('X', codes, (X) =>
      fun('f', arrows(power(power(decode(X))), decode(X)), (f) =>
        fun('p', power(decode(X)), (p) =>
          app(
            t,
            fun('x', U, (x) => app(p, app(f, app(x, X, f)))),
          ),
        ),
      ),
    ),
  );
  const sigma = (s: Expr): Expr => app(s, encode(U), tau);
  const tauSigma = (x: Expr): Expr => app(tau, sigma(x));
  const delta = fun('y', U, (y) =>
    arrows(
      forall('p', power(U), (p) => arrows(app(sigma(y), p), app(p, tauSigma(y)))),
      False,
    ),
  );
  const closed = (p: Expr): Expr => forall('x', U, (x) => arrows(app(sigma(x), p), app(p, x)));
  const omega = app(tau, fun('p', power(U), closed));
  const behind = (p: Expr): Expr => fun('y', U, (y) => app(p, tauSigma(y)));
  const contradicted = fun(
    'h',
    forall('p', power(U), (p) => arrows(closed(p), app(p, omega))),
    (h) =>
      app(
        h,
        delta,
        fun('x', U, (x) =>
          fun('d', app(sigma(x), delta), (d) =>
            fun(
              'e',
              forall('p', power(U), (p) => arrows(app(sigma(x), p), app(p, tauSigma(x)))),
              (e) =>
                app(
                  e,
                  delta,
                  d,
                  fun('p', power(U), (p) => app(e, behind(p))),
                ),
            ),
          ),
        ),
        fun('p', power(U), (p) => app(h, behind(p))),
      ),
  );
  const holds = fun('p', power(U), (p) =>
    fun('c', closed(p), (c) =>
      app(
        c,
        omega,
        fun('x', U, (x) => app(c, tauSigma(x))),
      ),
    ),
  );
  return app(contradicted, holds);
}

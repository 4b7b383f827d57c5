import { unapply } from '../../ir/expr-ops.js';
import {
  app,
  binder,
  bvar,
  constant,
  fvar,
  letIn,
  mvar,
  nat,
  proj,
  sort,
  string,
  type Expr,
} from '../../ir/expr.js';
import { imax, param, succ, zero, type Level } from '../../ir/level.js';
import type { Constant } from '../../kernel/environment.js';
import type { Random } from '../../util/random.js';
import type { Context } from './context.js';
import { countBinders, rewriteOne, type Pick, type Position } from './positions.js';

/** Breaks one node of an expression; undefined where there is none of its kind. */
export interface TermOperator {
  readonly name: string;
  /** `opened`: how many variables the kernel has opened before it comes to the expression. Default: none. */
  readonly apply: (random: Random, expr: Expr, context: Context, opened?: number) => Expr | undefined;
}

/** A place that is broken. */
interface TermPlace extends Position {
  /** How many variables the kernel has opened before it comes to the whole expression. */
  readonly opened: number;
  /** The whole expression. */
  readonly root: Expr;
}

/** How often a constant that is drawn at random is one of the candidate's own. */
const ownShare = 0.4;

const isNoSort: Pick = ({ kind }) => kind !== 'sort';
const isBound: Pick = ({ kind }) => kind === 'bvar';

/**
 * A name that the kernel itself gives to the local variables that it opens, which it numbers as it comes to them: for
 * a bound variable the one that it most likely gets, otherwise that of any which may be open, or was, or will be.
 */
function kernelFresh(random: Random, { expr, above, opened, root }: TermPlace): string {
  const own = expr.kind === 'bvar' ? above.at(-1 - expr.index) : undefined;
  const number =
    own !== undefined && random.chance(0.7)
      ? own + random.weighted([6, 2, 1])
      : random.below(countBinders(root) + 2);
  return `_kernel_fresh.${opened + number}`;
}

/**
 * Numbers near another, or like it in its low bits. A small one stays below 2^8 above itself: it may be an exponent
 * or a shift, and a large one of these ends the process.
 */
function otherNumbers(value: bigint): bigint[] {
  return value < 1000n
    ? [value + 1n, value + 256n, value ^ 1n]
    : [value + 1n, value + (1n << 64n), value ^ (1n << 31n)];
}

/** Positions of other fields, or of none: near another, or like it in its low bits. */
function otherIndices(index: number): number[] {
  return [index + 1, 0, 7, 0x7fffffff, 2 ** 31 + index, 2 ** 32 + index, 2 ** 32];
}

export const termOperators: readonly TermOperator[] = [
  on(
    'level',
    (expr) => expr.kind === 'sort' || (expr.kind === 'const' && expr.levels.length > 0),
    (random, { expr }) => {
      if (expr.kind === 'sort') return sort(otherLevel(random, expr.level));
      if (expr.kind !== 'const') return undefined;
      const at = random.below(expr.levels.length);
      return constant(
        expr.name,
        expr.levels.map((level, i) => (i === at ? otherLevel(random, level) : level)),
      );
    },
  ),
  on(
    'level count',
    ({ kind }) => kind === 'const',
    (random, { expr }) => {
      if (expr.kind !== 'const') return undefined;
      return constant(
        expr.name,
        random.chance(0.5) || expr.levels.length === 0 ? [...expr.levels, zero] : expr.levels.slice(1),
      );
    },
  ),
  on(
    'argument order',
    (expr) => expr.kind === 'app' && expr.fn.kind === 'app',
    (random, { expr }) => {
      const { head, args } = unapply(expr);
      const at = random.below(args.length - 1);
      const [first, second] = [args[at], args[at + 1]];
      return first === undefined || second === undefined
        ? undefined
        : app(head, ...args.with(at, second).with(at + 1, first));
    },
  ),
  on(
    'argument',
    ({ kind }) => kind === 'app',
    (random, { expr }, context) => {
      const { head, args } = unapply(expr);
      return app(head, ...args.with(random.below(args.length), someTerm(random, context)));
    },
  ),
  on(
    'missing argument',
    ({ kind }) => kind === 'app',
    (_, { expr }) => (expr.kind === 'app' ? expr.fn : undefined),
  ),
  on('extra argument', isNoSort, (random, { expr }, context) => app(expr, someTerm(random, context))),
  on(
    'constant',
    ({ kind }) => kind === 'const',
    (random, { expr }, context) => {
      const other = someConstant(random, context);
      return expr.kind === 'const'
        ? constant(
            other.name,
            other.levelParams.map(() => zero),
          )
        : undefined;
    },
  ),
  on(
    'projection structure',
    ({ kind }) => kind === 'proj',
    (random, { expr }, context) =>
      expr.kind === 'proj' ? proj(someStructure(random, context), expr.index, expr.of) : undefined,
  ),
  on(
    'projection index',
    ({ kind }) => kind === 'proj',
    (random, { expr }) =>
      expr.kind === 'proj' ? proj(expr.structure, random.pick(otherIndices(expr.index)), expr.of) : undefined,
  ),
  on('projection', isNoSort, (random, { expr }, context) =>
    proj(someStructure(random, context), random.below(3), expr),
  ),
  on('loose variable', isNoSort, (random, { depth }) => bvar(depth + random.pick([0, 0, 1, 5, 100000]))),
  on(
    'bound variable',
    ({ kind }, depth) => kind === 'bvar' && depth > 1,
    (random, { depth }) => bvar(random.below(depth)),
  ),
  {
    name: 'free variable',
    apply: (random, expr, _, opened) => {
      const put = (pick: Pick): Expr | undefined =>
        replaceOne(
          random,
          expr,
          pick,
          (place) => fvar(random.chance(0.9) ? kernelFresh(random, place) : 'x'),
          opened,
        );
      // In the place of a bound variable it may well have the type that is wanted there.
      return (random.chance(0.6) ? put(isBound) : undefined) ?? put(isNoSort);
    },
  },
  on('metavariable', isNoSort, () => mvar('m')),
  on(
    'binder type',
    ({ kind }) => kind === 'lambda' || kind === 'pi' || kind === 'let',
    (random, { expr }, context) => {
      if (expr.kind !== 'lambda' && expr.kind !== 'pi' && expr.kind !== 'let') return undefined;
      const type = someType(random, context);
      if (expr.kind === 'let') return letIn(expr.name, type, expr.value, expr.body);
      return binder(expr.kind, expr.name, type, expr.body, expr.info);
    },
  ),
  on(
    'literal',
    ({ kind }) => kind === 'nat' || kind === 'string',
    (random, { expr }) => {
      if (expr.kind === 'string') return string(`${expr.value}x`);
      return expr.kind === 'nat' ? nat(random.pick(otherNumbers(expr.value))) : undefined;
    },
  ),
  on('sort', isNoSort, (random) => sort(random.pick([zero, succ(zero)]))),
  on('term', isNoSort, (random, _, context) => someTerm(random, context)),
];

function on(
  name: string,
  pick: Pick,
  replace: (random: Random, place: TermPlace, context: Context) => Expr | undefined,
): TermOperator {
  return {
    name,
    apply: (random, expr, context, opened) =>
      replaceOne(random, expr, pick, (place) => replace(random, place, context), opened),
  };
}

function replaceOne(
  random: Random,
  root: Expr,
  pick: Pick,
  replace: (place: TermPlace) => Expr | undefined,
  opened = 0,
): Expr | undefined {
  return rewriteOne(random, root, pick, (position) => replace({ ...position, opened, root }));
}

function otherLevel(random: Random, level: Level): Level {
  return random.pick<Level>([
    succ(level),
    level.kind === 'succ' ? level.of : succ(level),
    zero,
    imax(level, zero),
    imax(zero, succ(level)),
    param('w'),
  ]);
}

/**
 * Any constant, recursors included; only what was picked is worked out. The candidate's own are drawn more often than
 * their number says: the base has hundreds, and a candidate is about what it declares.
 */
function someConstant(random: Random, { environment }: Context): Constant {
  const own = environment.addedNames;
  for (;;) {
    const names = own.length > 0 && random.chance(ownShare) ? own : environment.rootNames;
    const found = environment.find(random.pick(names));
    if (found !== undefined) return found;
  }
}

/** Some closed term, of whatever type: a constant of the environment, or a literal. */
export function someTerm(random: Random, context: Context): Expr {
  if (random.chance(0.2)) return nat(random.below(3));
  const { name, levelParams } = someConstant(random, context);
  return constant(
    name,
    levelParams.map(() => random.pick<Level>([zero, succ(zero)])),
  );
}

function someType(random: Random, context: Context): Expr {
  const own = context.producers.own('sort').filter((producer) => producer.args.length === 0);
  if (own.length > 0 && random.chance(0.6)) {
    const { constant: c } = random.pick(own);
    return constant(
      c.name,
      c.levelParams.map(() => zero),
    );
  }
  return constant(random.pick(['False', 'True', 'Nat', 'Bool', 'Empty']));
}

/** The name of an inductive type with one constructor: one of the candidate's more often than not. */
function someStructure(random: Random, { environment }: Context): string {
  const own = environment.added.filter(
    ({ details }) => details.kind === 'inductive' && details.constructors.length === 1,
  );
  if (own.length > 0 && random.chance(0.7)) return random.pick(own).name;
  return random.pick(['Prod', 'PProd', 'Sigma', 'And', 'Subtype', 'Exists', 'Fin', 'PUnit', 'Nonempty']);
}

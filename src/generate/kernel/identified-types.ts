import { False } from '../../ir/core-constants.js';
import type { Declaration } from '../../ir/declaration.js';
import { unapply } from '../../ir/expr-ops.js';
import { app, constant, lambda, type Expr } from '../../ir/expr.js';
import { define } from '../../ir/hoas.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { zero, type Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { culpritIn } from '../../kernel/culprit.js';
import type { Constant, Environment } from '../../kernel/environment.js';
import { inferType } from '../../kernel/infer.js';
import { isNeverZero, isZero } from '../../kernel/level-order.js';
import { whnf } from '../../kernel/reduce.js';
import { Refuter } from '../../kernel/refute/refuter.js';
import { subtermAt } from '../../kernel/subterm.js';
import { close, openPis, type Opened } from '../../kernel/telescope.js';
import { Typing } from '../../kernel/typing.js';
import { orUndefined } from './failure.js';

/** A term that was let through where another type was wanted; its locals are those of the typing it was found with. */
interface Mismatch {
  readonly locals: readonly Opened[];
  readonly term: Expr;
  readonly wanted: Expr;
}

type Valued = Extract<Declaration, { readonly value: Expr }>;

const voidName = 'void';
const castName = 'cast';

/**
 * Declarations, and the proof of False that they give, from a declaration with a term of one type in the place of
 * another: the same term in the place of a type that is made like the one that was wanted, and has no values. For where
 * a kernel takes two types for one whatever they are. `before` has not the declaration, which is of no use here.
 */
export function identifiedTypes(
  before: Environment,
  declaration: Declaration,
): readonly { readonly declarations: readonly Declaration[]; readonly proof: Expr }[] {
  if (!('value' in declaration)) return [];
  const t = new Typing(before);
  const mismatch = orUndefined(() => mismatchIn(t, declaration));
  const made = mismatch && orUndefined(() => intoVoid(t, declaration.levelParams, mismatch));
  return made === undefined ? [] : [made];
}

function mismatchIn(t: Typing, declaration: Valued): Mismatch | undefined {
  const culprit = culpritIn(t.environment, [declaration]);
  const { root, path } = culprit?.part ?? {};
  if (root !== declaration.value || path === undefined) return undefined;
  if (culprit?.rule === 'a value of another type')
    return { locals: [], term: declaration.value, wanted: declaration.type };
  const found = subtermAt(t, root, path);
  if (found?.term.kind !== 'app') return undefined;
  const { locals, term } = found;
  const fn = whnf(t, inferType(t, term.fn));
  return fn.kind === 'pi' ? { locals, term: term.arg, wanted: fn.type } : undefined;
}

/** A type that is made like the one that is wanted, of the same arguments, and has no values; and the term as one. */
function intoVoid(
  t: Typing,
  levelParams: readonly Name[],
  { locals, term, wanted }: Mismatch,
): { declarations: readonly Declaration[]; proof: Expr } | undefined {
  const { locals: more, rest } = openPis(t, wanted);
  const { head, args } = unapply(rest);
  const former = head.kind === 'const' ? t.environment.find(head.name) : undefined;
  const empty = former === undefined ? undefined : voidLike(t, former);
  if (head.kind !== 'const' || empty === undefined) return undefined;
  const into = app(constant(voidName, head.levels), ...args);
  const type = close('pi', [...locals, ...more], into);
  const cast = define(castName, levelParams, type, close('lambda', locals, term));
  const levels = levelParams.map(() => zero);
  const environment = t.environment.extend([
    {
      name: voidName,
      levelParams: empty.levelParams,
      type: empty.type,
      details: { kind: 'definition', value: empty.value, hint: 1 },
    },
  ]);
  const refuter = new Refuter(new Typing(environment), []);
  const refuted = refuter.falseFrom(instantiateLevels(type, levelParams, levels), constant(castName, levels));
  return refuted && { declarations: [empty, cast], proof: refuted.proof };
}

/** A definition with a type former's type that gives a type without values. */
function voidLike(t: Typing, { levelParams, type }: Constant): ReturnType<typeof define> | undefined {
  const { locals, rest } = openPis(t, type);
  if (rest.kind !== 'sort') return undefined;
  const nothing = nothingAt(rest.level);
  if (nothing === undefined) return undefined;
  return define(voidName, levelParams, type, close('lambda', locals, nothing));
}

/** A type without values in a sort, where the sort is that of propositions or never is. */
function nothingAt(level: Level): Expr | undefined {
  if (isZero(level)) return False;
  if (!isNeverZero(level)) return undefined;
  const unit = constant('PUnit', [level]);
  return app(constant('Subtype', [level]), unit, lambda('_', unit, False));
}

/**
 * Functions that read data out of the candidate's own types. Whether they may be declared is a question of its own:
 * data must not be read out of proofs.
 */
import { Bool } from '../../ir/core-constants.js';
import type { Declaration } from '../../ir/declaration.js';
import { instantiate } from '../../ir/expr-ops.js';
import { app, constant, proj, type Expr } from '../../ir/expr.js';
import { one, param } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { Constant, ConstructorDetails, InductiveDetails } from '../../kernel/environment.js';
import { isProposition } from '../../kernel/infer.js';
import { isZero } from '../../kernel/level-order.js';
import { close, localsOf, open, openPis } from '../../kernel/telescope.js';
import type { Typing } from '../../kernel/typing.js';
import type { Random } from '../../util/random.js';
import { caseSplit } from '../../kernel/refute/case-split.js';
import { typingIn, type Context } from './context.js';
import { resultOf } from '../../ir/telescope.js';

/** How often a type is asked about that is a proposition, where there is one. */
const propositionShare = 0.7;

/** How often a field is read that is no proof, where there is one. */
const dataShare = 0.7;

interface Own {
  readonly constant: Constant;
  readonly details: InductiveDetails;
}

/** The function that reads one field of a type with a single constructor, by the kernel's bare projection. */
export function projectionFunction(random: Random, context: Context, name: Name): Declaration | undefined {
  const { environment } = context;
  const single = (details: InductiveDetails): ConstructorDetails | undefined => {
    const made = environment.find(details.constructors[0] ?? '')?.details;
    return details.constructors.length === 1 && made?.kind === 'constructor' ? made : undefined;
  };
  const own = pickOwn(random, context, (details) => (single(details)?.fields ?? 0) > 0);
  const fields = own === undefined ? undefined : single(own.details);
  const made = environment.find(own?.details.constructors[0] ?? '');
  if (own === undefined || fields === undefined || made === undefined) return undefined;
  const { name: type } = own.constant;
  return functionOn(context, own.constant, name, (t, locals, value) => {
    let rest = made.type;
    for (const parameter of locals.slice(0, fields.parameters)) {
      if (rest.kind !== 'pi') return undefined;
      rest = instantiate(rest.body, parameter);
    }
    const readings: { into: Expr; read: Expr }[] = [];
    for (let index = 0; index < fields.fields && rest.kind === 'pi'; index++) {
      const read = proj(type, index, value);
      readings.push({ into: rest.type, read });
      rest = instantiate(rest.body, read);
    }
    if (readings.length === 0) return undefined;
    const data = random.chance(dataShare) ? readings.filter(({ into }) => !isProposition(t, into)) : [];
    return random.pick(data.length > 0 ? data : readings);
  });
}

/** The function into Bool that tells a type's first constructor from the others, by the recursor. */
export function eliminationFunction(random: Random, context: Context, name: Name): Declaration | undefined {
  const own = pickOwn(random, context, () => true);
  if (own === undefined) return undefined;
  const { constant: type, details } = own;
  return functionOn(context, type, name, (t, locals, value) => {
    const levels = type.levelParams.map(param);
    const parameters = locals.slice(0, details.parameters);
    const split = caseSplit(t, { name: type.name, levels, parameters }, Bool, one, (constructor) =>
      constant(constructor === details.constructors[0] ? 'Bool.true' : 'Bool.false'),
    );
    const indices = locals.slice(details.parameters);
    return split === undefined ? undefined : { into: Bool, read: app(split, ...indices, value) };
  });
}

/** One of the candidate's own inductive types that fits: more often than not a proposition. */
function pickOwn(
  random: Random,
  { environment }: Context,
  fits: (details: InductiveDetails) => boolean,
): Own | undefined {
  const own = environment.added.flatMap((constant): Own[] =>
    constant.details.kind === 'inductive' && fits(constant.details)
      ? [{ constant, details: constant.details }]
      : [],
  );
  if (own.length === 0) return undefined;
  const propositions = own.filter(({ constant }) => isWrittenProposition(constant.type));
  return random.pick(propositions.length > 0 && random.chance(propositionShare) ? propositions : own);
}

/** Whether a type ends in a sort that comes to Prop, as far as it is written out. */
function isWrittenProposition(type: Expr): boolean {
  const result = resultOf(type);
  return result.kind === 'sort' && isZero(result.level);
}

/** A function on all values of a type, whose parameters and indices are locals. */
function functionOn(
  context: Context,
  type: Constant,
  name: Name,
  make: (t: Typing, locals: readonly Expr[], value: Expr) => { into: Expr; read: Expr } | undefined,
): Declaration | undefined {
  const t = typingIn(context);
  const { locals } = openPis(t, type.type);
  const made = app(constant(type.name, type.levelParams.map(param)), ...localsOf(locals));
  const value = open(t, 'x', made);
  const body = make(t, localsOf(locals), value.local);
  if (body === undefined) return undefined;
  const binders = [...locals, value];
  return {
    kind: 'definition',
    name,
    levelParams: type.levelParams,
    type: close('pi', binders, body.into),
    value: close('lambda', binders, body.read),
    hint: 'abbreviation',
    safety: 'safe',
  };
}

import type { Declaration } from '../../ir/declaration.js';
import { instantiate } from '../../ir/expr-ops.js';
import { app, constant, proj } from '../../ir/expr.js';
import { param } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { close, localsOf, open, openPis } from '../../typing/telescope.js';
import { Typing } from '../../typing/typing.js';
import type { Random } from '../../util/random.js';
import type { Context } from './context.js';

/**
 * The function that reads one field of one of the candidate's own types with a single constructor, by the kernel's
 * bare projection. Whether it may be declared is a question of its own: data must not be read out of proofs.
 */
export function projectionFunction(random: Random, context: Context, name: Name): Declaration | undefined {
  const { environment } = context;
  const structures = environment.added.flatMap(({ name: type, details }) =>
    details.kind === 'inductive' && details.constructors.length === 1
      ? [{ type, constructor: details.constructors[0] ?? '', parameters: details.parameters }]
      : [],
  );
  if (structures.length === 0) return undefined;
  const { type, constructor, parameters } = random.pick(structures);
  const made = environment.find(constructor);
  const structure = environment.find(type);
  if (made?.details.kind !== 'constructor' || structure === undefined || made.details.fields === 0)
    return undefined;

  const t = new Typing(environment, null, 4000);
  const levels = structure.levelParams.map(param);
  const { locals } = openPis(t, structure.type);
  const value = open(t, 'x', app(constant(type, levels), ...localsOf(locals)));
  const index = random.below(made.details.fields);
  let rest = made.type;
  const before = [
    ...localsOf(locals).slice(0, parameters),
    ...Array.from({ length: index }, (_, i) => proj(type, i, value.local)),
  ];
  for (const argument of before) {
    if (rest.kind !== 'pi') return undefined;
    rest = instantiate(rest.body, argument);
  }
  if (rest.kind !== 'pi') return undefined;
  const binders = [...locals, value];
  return {
    kind: 'definition',
    name,
    levelParams: structure.levelParams,
    type: close('pi', binders, rest.type),
    value: close('lambda', binders, proj(type, index, value.local)),
    hint: 'abbreviation',
    safety: 'safe',
  };
}

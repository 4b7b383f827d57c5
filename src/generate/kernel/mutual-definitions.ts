import type { Axiom, Declaration, MutualDefinitions } from '../../ir/declaration.js';
import { constant } from '../../ir/expr.js';
import { one, param, zero } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { isProposition } from '../../kernel/infer.js';
import type { Random } from '../../util/random.js';
import { extendContext, typingIn, type Context } from './context.js';
import { KernelTermGenerator } from './term-generator.js';

/**
 * Definitions that may refer to each other and to themselves. The kernel takes them where they are unsafe or partial:
 * anything can be defined in that way, and nothing safe may use it.
 */
export function mutualDefinitions(
  random: Random,
  context: Context,
  names: readonly Name[],
  levelParams: readonly Name[],
  size: number,
): MutualDefinitions | undefined {
  const safety = random.pick(['unsafe', 'partial'] as const);
  const types = KernelTermGenerator.behind(random, context, levelParams);
  const headers = names.flatMap((name) => {
    const type = types.typeAt(random.chance(0.7) ? one : zero, size);
    return type === undefined ? [] : [{ name, levelParams, type }];
  });
  const inside = headers
    .map((header): Declaration => ({ kind: 'axiom', ...header, unsafe: false }))
    .reduce(extendContext, context);
  const values = KernelTermGenerator.behind(random, inside, levelParams);
  const definitions = headers.flatMap((header) => {
    const value = values.prove(header.type, size);
    return value === undefined ? [] : [{ kind: 'definition' as const, ...header, value, hint: 1, safety }];
  });
  // A definition that was not to be had may be mentioned by the others.
  return definitions.length === names.length ? { kind: 'mutual', definitions } : undefined;
}

/** A safe declaration that is one of the definitions, or the unsafe axiom: it must be refused. */
export function safeUse(
  random: Random,
  context: Context,
  unsafe: MutualDefinitions | Axiom,
  name: Name,
): Declaration {
  const {
    name: used,
    levelParams,
    type,
  } = unsafe.kind === 'axiom' ? unsafe : random.pick(unsafe.definitions);
  const common = { name, levelParams, type, value: constant(used, levelParams.map(param)) };
  if (isProposition(typingIn(context), type)) return { kind: 'theorem', ...common };
  return random.chance(0.5)
    ? { kind: 'opaque', ...common, unsafe: false }
    : { kind: 'definition', ...common, hint: 1, safety: 'safe' };
}

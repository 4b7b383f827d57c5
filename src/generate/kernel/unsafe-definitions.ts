import type { Axiom, Declaration, Definition, Inductive, MutualDefinitions } from '../../ir/declaration.js';
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

/** A declaration that nothing safe may use. */
export type UnsafeDeclaration = MutualDefinitions | Definition | Axiom | Inductive;

/** Whether nothing safe may use what is declared. */
export function isUnsafe(declaration: Declaration): declaration is UnsafeDeclaration {
  switch (declaration.kind) {
    case 'mutual':
      return true;
    case 'definition':
      return declaration.safety !== 'safe';
    case 'axiom':
    case 'inductive':
      return declaration.unsafe;
    default:
      return false;
  }
}

/** A safe declaration that is one of the constants of an unsafe one: it must be refused. */
export function safeUse(
  random: Random,
  context: Context,
  unsafe: UnsafeDeclaration,
  name: Name,
): Declaration {
  const { name: used, levelParams, type } = random.pick(constantsOf(unsafe));
  const common = { name, levelParams, type, value: constant(used, levelParams.map(param)) };
  if (isProposition(typingIn(context), type)) return { kind: 'theorem', ...common };
  return random.chance(0.5)
    ? { kind: 'opaque', ...common, unsafe: false }
    : { kind: 'definition', ...common, hint: 1, safety: 'safe' };
}

function constantsOf(unsafe: UnsafeDeclaration): Pick<Definition, 'name' | 'levelParams' | 'type'>[] {
  if (unsafe.kind === 'mutual') return [...unsafe.definitions];
  if (unsafe.kind !== 'inductive') return [unsafe];
  const { levelParams, types } = unsafe;
  return types.flatMap((type) => [type, ...type.constructors].map((one) => ({ ...one, levelParams })));
}

/**
 * Takes a declaration that is fine and breaks one premise of it: the kernel has to refuse what comes out. The
 * operators know nothing of any particular bug; each is one way in which a term or a declaration can be wrong.
 * Where an operator happens to leave the declaration fine after all (it swapped equals for equals), the judge finds
 * out with an opinion of its own, see src/judge/surprise.ts.
 */
import type { Declaration } from '../../ir/declaration.js';
import type { Expr } from '../../ir/expr.js';
import { withPrefix } from '../../ir/rename.js';
import type { Random } from '../../util/random.js';
import { declarationOperators } from './break-declaration.js';
import { termOperators, type TermOperator } from './break-term.js';
import type { Context } from './context.js';
import { countBinders } from './positions.js';

export interface Broken {
  readonly declaration: Declaration;
  /** The operator's name, e.g. `projection index`. */
  readonly operator: string;
}

/** A broken version of a declaration, its names prefixed; undefined where the operator found nothing to break. */
export function breakOne(
  random: Random,
  context: Context,
  declaration: Declaration,
  prefix: string,
): Broken | undefined {
  const renamed = withPrefix(declaration, prefix);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const broken = tryToBreak(random, context, renamed);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function tryToBreak(random: Random, context: Context, declaration: Declaration): Broken | undefined {
  if (random.chance(declarationShare)) {
    const { name, apply } = random.pick(declarationOperators);
    const broken = apply(random, declaration, context);
    return broken === undefined ? undefined : { declaration: broken, operator: name };
  }
  const operator = random.pick(termOperators);
  const broken = breakTerm(random, recast(random, declaration), operator, context);
  return broken === undefined ? undefined : { declaration: broken, operator: operator.name };
}

/** Operators that are tried before a declaration is given up: many apply to one kind of declaration or node only. */
const attempts = 3;

/** How often a declaration as a whole is broken, and not a term in it. */
const declarationShare = 0.3;

/** How often a term is broken in a declaration of another kind than the one that was found in order. */
const recastShare = 0.5;

/**
 * A definition, theorem or opaque constant as another of these kinds, as an unsafe or partial definition, or its type
 * as an axiom's: what is wrong in one must be refused in all, and the kernel has code for each.
 */
function recast(random: Random, declaration: Declaration): Declaration {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
      break;
    default:
      return declaration;
  }
  if (!random.chance(recastShare)) return declaration;
  const { name, levelParams, type, value } = declaration;
  const common = { name, levelParams, type, value };
  switch (random.weighted([4, 3, 1, 0.5])) {
    case 0:
      return { kind: 'opaque', ...common, unsafe: false };
    case 1:
      return {
        kind: 'definition',
        ...common,
        hint: random.pick(['abbreviation', 1, 'opaque']),
        safety: 'safe',
      };
    case 2: {
      const safety = random.pick(['unsafe', 'partial'] as const);
      return { kind: 'mutual', definitions: [{ kind: 'definition', ...common, hint: 1, safety }] };
    }
    default:
      return { kind: 'axiom', name, levelParams, type, unsafe: false };
  }
}

/** Applies a term operator to one of a declaration's expressions. */
export function breakTerm(
  random: Random,
  declaration: Declaration,
  operator: TermOperator,
  context: Context,
): Declaration | undefined {
  const apply = (expr: Expr, opened = 0): Expr | undefined => operator.apply(random, expr, context, opened);
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque': {
      if (random.chance(0.75)) {
        // The kernel checks the type first.
        const value = apply(declaration.value, countBinders(declaration.type));
        return value === undefined ? undefined : { ...declaration, value };
      }
      const type = apply(declaration.type);
      return type === undefined ? undefined : { ...declaration, type };
    }
    case 'inductive': {
      const at = random.below(declaration.types.length);
      const type = declaration.types[at];
      const which =
        type === undefined || type.constructors.length === 0 ? -1 : random.below(type.constructors.length);
      const constructor = type?.constructors[which];
      if (type === undefined || constructor === undefined) return undefined;
      const broken = apply(constructor.type);
      if (broken === undefined) return undefined;
      const constructors = type.constructors.with(which, { ...constructor, type: broken });
      return { ...declaration, types: declaration.types.with(at, { ...type, constructors }) };
    }
    case 'axiom': {
      const type = apply(declaration.type);
      return type === undefined ? undefined : { ...declaration, type };
    }
    case 'mutual': {
      const at = random.below(declaration.definitions.length);
      const definition = declaration.definitions[at];
      const broken = definition === undefined ? undefined : breakTerm(random, definition, operator, context);
      if (broken?.kind !== 'definition') return undefined;
      return { ...declaration, definitions: declaration.definitions.with(at, broken) };
    }
    case 'quotient':
    case 'bare quotient':
      return undefined;
  }
}

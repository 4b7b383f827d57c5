import { unapply } from '../../ir/expr-ops.js';
import { app, constant, type Expr } from '../../ir/expr.js';
import type { Declaration } from '../../ir/declaration.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { zero } from '../../ir/level.js';
import { fromEquation } from '../../kernel/refute/distinction.js';
import { separate } from '../../kernel/refute/separate.js';
import { fillBinders } from '../../kernel/refute/fill-binders.js';
import type { Random } from '../../util/random.js';
import type { Context } from './context.js';
import { orUndefined } from './failure.js';
import { KernelTermGenerator } from './term-generator.js';

/** Arguments of a statement about variables that are tried. */
const tries = 8;
/** Proofs of it that are tried. */
const maxProofs = 3;

/**
 * Proofs of False from a declaration that says `a = b` of two values which come to different ones, as we compute them:
 * of closed values, or of variables that something stands for.
 */
export function refuteEquation(random: Random, context: Context, declaration: Declaration): Expr[] {
  if (!('type' in declaration)) return [];
  const levels = declaration.levelParams.map(() => zero);
  const statement = instantiateLevels(declaration.type, declaration.levelParams, levels);
  const about = constant(declaration.name, levels);
  const proofs = Array.from({ length: statement.kind === 'pi' ? tries : 1 }, () => {
    const g = KernelTermGenerator.behind(random, context);
    return orUndefined(() => {
      const filled = fillBinders(statement, (_, { type }) => g.prove(type, 3));
      return filled && refuteOne(g, filled.rest, app(about, ...filled.args));
    });
  });
  return proofs.filter((proof) => proof !== undefined).slice(0, maxProofs);
}

function refuteOne(g: KernelTermGenerator, statement: Expr, equation: Expr): Expr | undefined {
  const { head, args } = unapply(statement);
  const [type, a, b] = args;
  const [level] = head.kind === 'const' && head.name === 'Eq' ? head.levels : [];
  if (type === undefined || a === undefined || b === undefined || level === undefined) return undefined;
  const means = { t: g.t, inhabit: (wanted: Expr) => g.prove(wanted, 3) };
  const holds = separate(means, type, a, b);
  if (holds === undefined) return undefined;
  const proof = constant('True.intro');
  const distinction = { values: [a, b] as const, holds, proof, refute: (refuted: Expr) => refuted };
  return fromEquation(type, level, distinction, equation);
}

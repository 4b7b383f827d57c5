import { unapply } from '../../ir/expr-ops.js';
import { constant, type Expr } from '../../ir/expr.js';
import type { Declaration } from '../../ir/declaration.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { zero } from '../../ir/level.js';
import { fromEquation } from '../../kernel/refute/distinction.js';
import { separate } from '../../kernel/refute/separate.js';
import type { KernelTermGenerator } from './term-generator.js';

/** False from a declaration that says `a = b` of two closed values which come to different ones, as we compute them. */
export function refuteEquation(g: KernelTermGenerator, declaration: Declaration): Expr | undefined {
  if (!('type' in declaration)) return undefined;
  const levels = declaration.levelParams.map(() => zero);
  const statement = instantiateLevels(declaration.type, declaration.levelParams, levels);
  const { head, args } = unapply(statement);
  const [type, a, b] = args;
  const [level] = head.kind === 'const' && head.name === 'Eq' ? head.levels : [];
  if (type === undefined || a === undefined || b === undefined || level === undefined) return undefined;
  const means = { t: g.t, inhabit: (wanted: Expr) => g.prove(wanted, 3) };
  const holds = separate(means, type, a, b);
  if (holds === undefined) return undefined;
  const proof = constant('True.intro');
  const distinction = { values: [a, b] as const, holds, proof, refute: (refuted: Expr) => refuted };
  return fromEquation(type, level, distinction, constant(declaration.name, levels));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim, Execution } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { sameExpr } from '../../ir/expr.js';
import { decode } from '../../ir/tree-builder.js';
import { claimedConstant } from '../suffixes.js';
import { packageRoot } from '../../util/package.js';

/** What a proof has to state: the theorem of template/Challenge.lean, as Lean itself understands it. */
export function challenge(): Claim {
  const text = readFileSync(join(packageRoot, 'template', 'Challenge.lean'), 'utf8');
  return { name: 'challenge', constant: claimedConstant, step: { kind: 'text', text } };
}

/**
 * Whether a constant states just what the challenge does, which has been run as the only claim of an execution: the
 * same type, compared as trees, under as many level parameters. Returns what is wrong, or null.
 */
export function differenceFromChallenge(
  executed: Execution | undefined,
  declarations: Uint32Array,
  constant: string,
): string | null {
  const words = executed?.claims[0]?.evidence?.declarations;
  const asked = words == null ? undefined : statementOf(words, claimedConstant);
  if (asked === undefined) return 'template/Challenge.lean was not understood';
  const stated = statementOf(declarations, constant);
  const agree =
    stated !== undefined &&
    stated.levelParams.length === asked.levelParams.length &&
    sameExpr(stated.type, asked.type);
  return agree ? null : 'it does not state what template/Challenge.lean does';
}

type Statement = Extract<Declaration, { type: unknown }>;

function statementOf(words: Uint32Array, constant: string): Statement | undefined {
  const found = decode(words).find((declaration) => declaredNames(declaration).includes(constant));
  return found !== undefined && 'type' in found ? found : undefined;
}

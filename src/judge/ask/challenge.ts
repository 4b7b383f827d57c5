import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, noAnswer, refuses, type Answer } from '../../api/answer.js';
import type { Claim, Execution } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { constant as constantNamed, sameExpr } from '../../ir/expr.js';
import { packageRoot } from '../../util/package.js';
import { answerTo, unfinished } from '../no-answer.js';
import { claimedConstant } from '../suffixes.js';
import { declarationsIn } from './said.js';

/** The statement that a proof must have: the theorem of template/Challenge.lean, as Lean itself understands it. */
export function challenge(): Claim {
  const text = readFileSync(join(packageRoot, 'template', 'Challenge.lean'), 'utf8');
  return { name: 'challenge', constant: claimedConstant, step: { kind: 'text', text } };
}

/**
 * Whether a constant states just what the challenge does, which has been run as the only claim of an execution: the
 * same type, compared as trees, under as many level parameters.
 */
export function meetsChallenge(
  executed: Execution | undefined,
  declarations: readonly Declaration[],
  constant: string,
): Answer {
  const asked = readsNoText(executed) ? inOurWords : askedBy(executed);
  if (asked.kind !== 'accepts') return noAnswer(`template/Challenge.lean was not understood: ${asked.why}`);
  const wanted = statementOf(asked.declarations, claimedConstant);
  if (wanted === undefined) return noAnswer('template/Challenge.lean was not understood: no such theorem');
  const stated = statementOf(declarations, constant);
  const agree =
    stated !== undefined &&
    stated.levelParams.length === wanted.levelParams.length &&
    sameExpr(stated.type, wanted.type);
  return agree ? accepts : refuses('it does not state what template/Challenge.lean does');
}

/**
 * The challenge for a Lean that runs at kernel level only and reads no text. That this is what the file states, tests
 * have the embedded Lean say.
 */
export const inOurWords = {
  kind: 'accepts',
  declarations: [
    { kind: 'axiom', name: claimedConstant, levelParams: [], type: constantNamed('False'), unsafe: false },
  ] satisfies Declaration[],
} as const;

function readsNoText(executed: Execution | undefined): boolean {
  return executed?.claims[0]?.outcome.kind === 'not asked';
}

function askedBy(executed: Execution | undefined): ReturnType<typeof declarationsIn> {
  const [result] = executed?.claims ?? [];
  if (result === undefined) return unfinished(executed);
  const answer = answerTo(result);
  if (answer.kind !== 'accepts') return answer;
  return result.evidence === undefined
    ? noAnswer('no evidence')
    : declarationsIn(result.evidence.declarations);
}

type Statement = Extract<Declaration, { type: unknown }>;

function statementOf(declarations: readonly Declaration[], constant: string): Statement | undefined {
  const found = declarations.find((declaration) => declaredNames(declaration).includes(constant));
  return found !== undefined && 'type' in found ? found : undefined;
}

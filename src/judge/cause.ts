import type { Signature } from '../api/signature.js';
import type { Declaration } from '../ir/declaration.js';
import { assume } from '../kernel/assume.js';
import { checkDeclaration } from '../kernel/check.js';
import type { Environment } from '../kernel/environment.js';
import { acceptedSignature } from './signature.js';

/**
 * The signature of a Lean that accepts some declarations, one after the other, of which the theory refuses one: the
 * first such. Undefined where it refuses none, or where a constant is missing here that Lean may have.
 */
export function causeIn(
  environment: Environment,
  declarations: readonly Declaration[],
): Signature | undefined {
  let known = environment;
  for (const declaration of declarations) {
    const opinion = checkDeclaration(known, declaration, { rechecksRecursors: true });
    if (opinion.kind === 'reject')
      return opinion.rule === 'an unknown constant'
        ? undefined
        : acceptedSignature(declaration, opinion.rule);
    known = opinion.kind === 'accept' ? opinion.environment : assume(known, declaration);
  }
  return undefined;
}

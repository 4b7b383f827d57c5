/**
 * The part of Lean's core that the generator builds on and the checker knows. Tests have real kernels agree with
 * every type, recursors included.
 */
import { assume } from './assume.js';
import { baseDeclarations, otherwiseInInit } from './base/declarations.js';
import { quotientConstants } from './base/quotient.js';
import { Environment, type Constant } from './environment.js';

/** The environment of the base declarations, as a native kernel has it after declaring them. */
export const baseEnvironment: Environment = baseDeclarations
  .reduce(
    (environment, declaration) =>
      declaration.kind === 'quotient'
        ? environment.extend(quotientConstants)
        : assume(environment, declaration),
    Environment.root([]),
  )
  .asRoot();

/**
 * The same constants, known as far as all Leans agree on them: those that Init defines otherwise have no meaning here.
 * Candidates and expectations made with it hold on the embedded Lean and on native ones.
 */
export const commonEnvironment: Environment = baseEnvironment.asRoot(asAllHaveIt);

/** The known environment that a Lean's kernel level begins with: on a native one we declared it ourselves. */
export function environmentOn(kind: 'embedded' | 'native'): Environment {
  return kind === 'native' ? baseEnvironment : commonEnvironment;
}

function asAllHaveIt(constant: Constant): Constant | undefined {
  if (!otherwiseInInit.has(constant.name)) return constant;
  switch (constant.details.kind) {
    case 'recursor':
      return undefined;
    case 'inductive':
      return { ...constant, details: { kind: 'axiom' } };
    default:
      return { ...constant, details: { kind: 'unmodelled' } };
  }
}

/**
 * The part of Lean's core that the generator builds on and the checker knows. Tests have real kernels agree with
 * every type, recursors included.
 */
import type { Declaration } from '../ir/declaration.js';
import { assume } from './assume.js';
import { baseDeclarations, otherwiseInInit } from './base/declarations.js';
import { quotientConstants } from './base/quotient.js';
import { Environment, type Constant } from './environment.js';
import { addInductive } from './inductive.js';

/** The environment of the base declarations, as a native kernel has it after declaring them. */
export const baseEnvironment: Environment = build();

/**
 * The same constants, known as far as all Leans agree on them: those that Init defines otherwise have no meaning here.
 * What is made or expected with this holds on the embedded Lean and on native ones.
 */
export const commonEnvironment: Environment = Environment.root(baseEnvironment.all.flatMap(asAllHaveIt));

function build(): Environment {
  let environment = Environment.root([]);
  for (const declaration of baseDeclarations) environment = add(environment, declaration);
  return Environment.root(environment.added);
}

function add(environment: Environment, declaration: Declaration): Environment {
  switch (declaration.kind) {
    case 'inductive':
      return addInductive(environment, declaration);
    case 'quotient':
      return environment.extend(quotientConstants);
    default:
      return assume(environment, declaration);
  }
}

function asAllHaveIt(constant: Constant): Constant[] {
  if (!otherwiseInInit.has(constant.name)) return [constant];
  switch (constant.details.kind) {
    case 'recursor':
      return [];
    case 'inductive':
      return [{ ...constant, details: { kind: 'axiom' } }];
    default:
      return [{ ...constant, details: { kind: 'unmodelled' } }];
  }
}

/**
 * The part of Lean's core that the generator builds on and the checker knows, said again as declarations. A test
 * has the real kernel agree with every type, recursors included.
 */
import { fin, identity, others } from './base/constants.js';
import { inductives } from './base/inductives.js';
import { Environment, type Constant } from './environment.js';
import { addInductive } from './inductive.js';

/** The environment after `import Init`, as far as it is known here. */
export const baseEnvironment: Environment = build();

function build(): Environment {
  let environment = Environment.root([]);
  for (const declaration of inductives) environment = addInductive(environment, declaration);
  const table = others.map(([name, levelParams, type, details]): Constant => ({
    name,
    levelParams,
    type,
    details,
  }));
  environment = addInductive(environment.extend([...table, identity]), fin);
  return Environment.root(environment.added);
}

import { declarationCases } from './declarations.js';
import { familyCases } from './families.js';
import { inductiveCases } from './inductives.js';
import { levelCases } from './levels.js';
import { literalCases } from './literals.js';
import { neighbourCases } from './neighbours.js';
import { nestedCases } from './nested.js';
import { quotientCases } from './quotients.js';
import { recursorCases } from './recursors.js';
import { termCases } from './terms.js';
import { trickyCases } from './tricky.js';
import type { KernelCase } from './case.js';

/** Small cases, each rule of the kernel with an accepted and a rejected neighbour. */
export const kernelCases: readonly KernelCase[] = [
  ...declarationCases,
  ...levelCases,
  ...termCases,
  ...literalCases,
  ...inductiveCases,
  ...nestedCases,
  ...recursorCases,
  ...quotientCases,
  ...trickyCases,
  ...neighbourCases,
  ...familyCases,
];

import type { Declaration } from '../../ir/declaration.js';
import { fin, identity, others } from './constants.js';
import { inductives } from './inductives.js';

/** The base environment, each declaration behind what it needs: what a native kernel is told to declare first. */
export const baseDeclarations: readonly Declaration[] = [
  ...inductives,
  { kind: 'quotient' },
  ...others
    .filter(([, , , details]) => details.kind !== 'quotient')
    .map(([name, levelParams, type]): Declaration => ({
      kind: 'axiom',
      name,
      levelParams,
      type,
      unsafe: false,
    })),
  fin,
  {
    kind: 'definition',
    name: identity.name,
    levelParams: identity.levelParams,
    type: identity.type,
    value: identity.details.kind === 'definition' ? identity.details.value : identity.type,
    hint: 1,
    safety: 'safe',
  },
];

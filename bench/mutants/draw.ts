import type { CodeMap, FunctionGroup } from '../../src/api/code-map.js';
import { mutations } from '../../src/execute/native/kernel-mutants.js';
import type { Random } from '../../src/util/random.js';

/** Functions of these are mutated; those that only build and take apart terms are not. */
const groups: readonly FunctionGroup[] = [
  'type checking',
  'inductive types',
  'levels',
  'definitions',
  'quotients',
];

export interface DrawnMutant {
  /** As --kernel-mutant takes it. */
  readonly mutant: string;
  readonly function: string;
  readonly group: FunctionGroup;
  readonly condition: string;
}

/** A branch of the kernel's logic and what is done to it, each branch and each way as likely. */
export function drawMutant(random: Random, map: CodeMap): DrawnMutant {
  for (;;) {
    const branch = random.pick(map.branches);
    const owner = map.functions[branch.function];
    if (owner === undefined || !groups.includes(owner.group)) continue;
    const mutation = random.pick(mutations);
    const place = `${owner.symbol}+0x${(branch.offset - owner.offset).toString(16)}`;
    return {
      mutant: mutation === 'invert' ? place : `${place}:${mutation}`,
      function: owner.name,
      group: owner.group,
      condition: branch.condition,
    };
  }
}

import type { Execution, Job, Step } from '../../api/execution.js';
import { declaredNames } from '../../ir/declaration.js';
import { decode } from '../../ir/tree-builder.js';
import { MalformedWords } from '../../ir/decode.js';

/** Blocks of the kernel's code, and the declaration that was the first in the campaign to reach them. */
export interface FirstReached {
  /** The name of a declaration, or the beginning of a text. */
  readonly declaration: string;
  readonly blocks: readonly number[];
}

/** Letters of a text that say enough of it. */
const maxLetters = 80;

/** Who reached what first in a job. */
export function firstsOf({ steps, claims }: Job, { firsts = [] }: Execution): FirstReached[] {
  return firsts.map(({ at, blocks }) => {
    // Behind its steps and claims a job has things read back: what the last step has made.
    const step = steps[at] ?? claims[at - steps.length]?.step ?? steps.at(-1);
    return { declaration: step === undefined ? '' : nameOf(step), blocks: [...blocks] };
  });
}

/** All blocks that a job was the first to reach, ascending. */
export function newBlocksOf({ firsts = [] }: Execution): Uint32Array {
  return Uint32Array.from(firsts.flatMap(({ blocks }) => [...blocks])).sort();
}

function nameOf(step: Step): string {
  if (step.kind !== 'declaration') return step.text.slice(0, maxLetters).split('\n')[0] ?? '';
  try {
    const [declaration] = decode(step.words);
    // The quotient's declaration has no names of its own.
    return declaration === undefined ? '' : (declaredNames(declaration)[0] ?? declaration.kind);
  } catch (error) {
    if (!(error instanceof MalformedWords)) throw error;
    return 'words that are no declaration';
  }
}

import { noAnswer, type AnswerWith } from '../../api/answer.js';
import type { Said } from '../../api/execution.js';
import { environmentLimits } from '../../ir/codec.js';
import type { Declaration } from '../../ir/declaration.js';
import { MalformedWords } from '../../ir/decode.js';
import { decode } from '../../ir/tree-builder.js';
import { never } from '../../util/errors.js';

/** Declarations of an environment, as trees; no answer where they could not be exported, or can not be read here. */
export function declarationsIn(said: Said): AnswerWith<{ readonly declarations: readonly Declaration[] }> {
  switch (said.kind) {
    case 'unsaid':
      return noAnswer(`the constants can not be said as declarations: ${said.why}`);
    case 'said':
      try {
        return { kind: 'accepts', declarations: decode(said.words, environmentLimits) };
      } catch (error) {
        if (!(error instanceof MalformedWords)) throw error;
        return noAnswer(`the constants can not be read as declarations: ${error.message}`);
      }
    default:
      return never(said);
  }
}

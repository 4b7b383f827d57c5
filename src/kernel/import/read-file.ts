import { declaredNames, type Declaration } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import type { AnswerWith } from '../../util/answer.js';
import { Blocks } from './blocks.js';
import type { Declared } from './declarations.js';
import { answerOf, declaredIn } from './declared-lines.js';
import { Lines } from './lines.js';

/** The declarations of an open file in lean4export's format, in its order, as they are written: nothing is checked. */
export function readDeclarations(
  descriptor: number,
): AnswerWith<{ readonly declarations: readonly Declaration[] }> {
  const lines = new Lines(descriptor);
  const blocks = new Blocks();
  const declarations: Declaration[] = [];
  try {
    for (const declared of declaredIn(lines)) {
      const read = declarationOf(declared, blocks);
      if (read !== undefined) declarations.push(read);
    }
    blocks.end();
    return { kind: 'accepts', declarations };
  } catch (error) {
    const { kind, why } = answerOf(error);
    return { kind, why: `line ${lines.at}: ${why}` };
  }
}

/** Undefined where the line is a part of a declaration that another line ends, or has begun. */
function declarationOf(declared: Declared, blocks: Blocks): Declaration | undefined {
  if (declared.kind === 'inductive') return declared.declaration;
  if (declared.kind === 'quotient') return declared.part === 'type' ? { kind: 'quotient' } : undefined;
  const { declaration, all } = declared;
  return declaration.kind === 'definition' && declaration.safety !== 'safe' && all.length > 1
    ? blocks.take(declaration, all)
    : declaration;
}

/** Declarations without those whose names are all taken in a base environment: an export brings that along. */
export function withoutBase(
  declarations: readonly Declaration[],
  isBase: (name: Name) => boolean,
): Declaration[] {
  return declarations.filter((declaration) => !declaredNames(declaration).every(isBase));
}

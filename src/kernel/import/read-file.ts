import { declaredNames, type Declaration } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import type { AnswerWith } from '../../util/answer.js';
import { Blocks } from './blocks.js';
import type { Declared } from './declarations.js';
import { answerOf, declaredIn } from './declared-lines.js';
import { Lines } from './lines.js';

/** A declaration of a file, as it is written, and the line that it ends in. */
export interface ReadDeclaration {
  readonly declaration: Declaration;
  readonly line: number;
}

/**
 * The declarations of an open file in lean4export's format, one by one in its order, as they are written: nothing is
 * checked. Throws FileProblem, and RangeError for what is too deep.
 */
export function* declarationsIn(lines: Lines): Generator<ReadDeclaration> {
  const blocks = new Blocks();
  for (const declared of declaredIn(lines)) {
    const declaration = declarationOf(declared, blocks);
    if (declaration !== undefined) yield { declaration, line: lines.at };
  }
  blocks.end();
}

/** All of them; where one can't be read, the file is refused or has no answer. */
export function readDeclarations(
  descriptor: number,
): AnswerWith<{ readonly declarations: readonly Declaration[] }> {
  const lines = new Lines(descriptor);
  try {
    const declarations = [...declarationsIn(lines)].map(({ declaration }) => declaration);
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
  return declaration.kind === 'definition' && declaration.safety !== 'safe'
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

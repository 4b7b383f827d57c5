/**
 * The NDJSON format of lean4export, version 3.1.0: one JSON object per line, first what made the file, then names,
 * levels and expressions by number, each behind its parts, and the declarations between them.
 */
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { baseNeededBy } from './base-needed.js';
import { assume } from '../assume.js';
import { quotientConstants } from '../base/quotient.js';
import { Environment } from '../environment.js';
import { derivedConstants } from './derived-constants.js';
import { undeclaredIn } from './undeclared.js';
import { NdjsonWriter, type ExportMetadata } from './writer.js';

export type { ExportMetadata } from './writer.js';

export interface Exported {
  readonly text: string;
  /** Gaps of the file, one sentence each: constants that it never declares, recursors, terms without a form. */
  readonly incomplete: readonly string[];
  /** Every declaration stands in it as it is: all that may lack are recursors of types that have none. */
  readonly isFaithful: boolean;
}

/**
 * Exports declarations and what they need of the base environment. A name that is declared nowhere is mentioned all
 * the same, and listed as what is lacking.
 */
export function exportNdjson(declarations: readonly Declaration[], metadata: ExportMetadata): Exported {
  const lines: string[] = [];
  const writer = new NdjsonWriter((line) => lines.push(line), metadata);
  const gaps: string[] = [];
  const withoutRecursors: string[] = [];
  let environment = Environment.root([]);
  for (const declaration of wholeOf(declarations)) {
    environment = exportOne(writer, environment, declaration, withoutRecursors);
    const odd = writer.takeOdd();
    if (odd.length > 0)
      gaps.push(
        `${declaredNames(declaration)[0] ?? ''} has ${odd.join(', ')}, which the format has no form for`,
      );
  }
  const text = `${lines.join('\n')}\n`;
  const undeclared = undeclaredIn(text);
  if (undeclared.length > 0) gaps.unshift(`only mentioned: ${undeclared.join(', ')}`);
  const left = withoutRecursors.map((name) => `the recursors of ${name} are left out: none can be derived`);
  return { text, incomplete: [...gaps, ...left], isFaithful: gaps.length === 0 };
}

/**
 * The declarations behind what they need. Bare quotients have an environment of their own, which is the whole file where
 * they are what it is about, the last; elsewhere they declare nothing.
 */
function wholeOf(declarations: readonly Declaration[]): readonly Declaration[] {
  const last = declarations.at(-1);
  return last?.kind === 'bare quotient'
    ? [last.equality, { kind: 'quotient' }]
    : [...baseNeededBy(declarations).needed, ...declarations];
}

/** Writes one declaration, and returns what the checker here knows behind it. */
function exportOne(
  writer: NdjsonWriter,
  environment: Environment,
  declaration: Declaration,
  withoutRecursors: string[],
): Environment {
  switch (declaration.kind) {
    case 'quotient':
      writer.quotient(quotientConstants);
      return environment.extend(quotientConstants);
    case 'bare quotient':
      return environment;
    case 'inductive': {
      const { constants, recursors, behind } = derivedConstants(environment, declaration);
      if (recursors < declaration.types.length) withoutRecursors.push(declaration.types[0]?.name ?? '');
      writer.inductive(constants, declaration.unsafe);
      return behind;
    }
    default:
      writer.plain(declaration);
      // Declarations that our own kernel refuses are exported like the rest, and later ones may build on them.
      return assume(environment, declaration);
  }
}

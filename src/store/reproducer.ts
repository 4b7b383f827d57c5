import type { Finding } from '../api/entries.js';
import { asLeanText } from '../api/lean-text.js';
import type { Declaration } from '../ir/declaration.js';
import { MalformedWords } from '../ir/decode.js';
import { asLean } from '../ir/print.js';
import { rawFile } from '../ir/raw/raw-file.js';
import { leanTextOf as textOfUnit } from '../ir/unit/unit.js';
import { declarationsOf } from './declarations-of.js';

/** A finding, as far as it says what is to be reproduced. */
export type Reproducible = Pick<Finding, 'candidate' | 'claim' | 'elaborated'>;

/**
 * A Lean file that reproduces a finding without lean-fuzz. `text`: Lean text, which a Lean has elaborated. `raw`: its
 * declarations as values that are given to the kernel, for a native Lean with its library.
 */
export interface Reproducer {
  readonly kind: 'text' | 'raw';
  readonly text: string;
}

/** The reproducer of a finding; undefined where words are malformed. */
export function reproducerOf(finding: Reproducible): Reproducer | undefined {
  return ifReadable(() => reproducerFrom(finding, declarationsOf(finding)));
}

/** The same from the finding's declarations, where they have been decoded. */
export function reproducerFrom(finding: Reproducible, declared: readonly Declaration[]): Reproducer {
  const text = finding.elaborated === true || isText(finding) ? textFrom(finding, declared) : undefined;
  return text === undefined ? { kind: 'raw', text: rawFrom(finding, declared) } : { kind: 'text', text };
}

/** A finding as Lean text, whether or not the elaborator takes it; undefined where Lean text can't say it. */
export function textOf(finding: Reproducible): string | undefined {
  return ifReadable(() => textFrom(finding, declarationsOf(finding)));
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedWords) return undefined;
    throw error;
  }
}

/** Whether all of it is text that Lean has run as it is. */
export function isText({ candidate, claim }: Reproducible): boolean {
  return candidate.level === 'source' && claim?.step.kind !== 'declaration';
}

/** At the source level, what is declared is the claim's alone. */
function textFrom({ candidate, claim }: Reproducible, declared: readonly Declaration[]): string | undefined {
  const text = inLean(declared);
  if (candidate.level === 'kernel' || text === undefined) return text;
  return asLeanText(candidate.units, claim, declared);
}

function inLean(declarations: readonly Declaration[]): string | undefined {
  const parts = declarations.map(asLean);
  return parts.every((part) => part !== undefined) ? `${parts.join('\n\n')}\n` : undefined;
}

function rawFrom({ candidate, claim }: Reproducible, declared: readonly Declaration[]): string {
  const constant = claim?.constant;
  if (candidate.level === 'kernel') return rawFile(declared, { constant });
  const before = candidate.units.flatMap((unit) => textOfUnit(unit) ?? []).join('\n\n');
  return rawFile(declared, { before, constant });
}

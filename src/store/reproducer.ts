import type { Finding } from '../api/entries.js';
import { asLeanText } from '../api/lean-text.js';
import type { Declaration } from '../ir/declaration.js';
import { MalformedWords } from '../ir/decode.js';
import { asLean } from '../ir/print.js';
import { rawFile } from '../ir/raw/raw-file.js';
import { decode } from '../ir/tree-builder.js';
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
  const text = finding.elaborated === true || isText(finding) ? textOf(finding) : undefined;
  if (text !== undefined) return { kind: 'text', text };
  try {
    return { kind: 'raw', text: rawOf(finding) };
  } catch (error) {
    if (error instanceof MalformedWords) return undefined;
    throw error;
  }
}

/** A finding as Lean text, whether or not the elaborator takes it; undefined where Lean text can't say it. */
export function textOf({ candidate, claim }: Reproducible): string | undefined {
  try {
    if (candidate.level === 'kernel') return said(declarationsOf({ candidate, claim }));
    if (claim?.step.kind === 'declaration' && said(decode(claim.step.words)) === undefined) return undefined;
    return asLeanText(candidate.units, claim);
  } catch (error) {
    if (error instanceof MalformedWords) return undefined;
    throw error;
  }
}

/** Whether all of it is text that Lean has run as it is. */
export function isText({ candidate, claim }: Reproducible): boolean {
  return candidate.level === 'source' && claim?.step.kind !== 'declaration';
}

function said(declarations: readonly Declaration[]): string | undefined {
  const parts = declarations.map(asLean);
  return parts.every((part) => part !== undefined) ? `${parts.join('\n\n')}\n` : undefined;
}

function rawOf({ candidate, claim }: Reproducible): string {
  const constant = claim?.constant;
  if (candidate.level === 'kernel') return rawFile(declarationsOf({ candidate, claim }), { constant });
  const before = candidate.units.flatMap((unit) => textOfUnit(unit) ?? []).join('\n\n');
  const claimed = claim?.step.kind === 'declaration' ? decode(claim.step.words) : [];
  return rawFile(claimed, { before, constant });
}

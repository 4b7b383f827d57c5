import { describeSignature, type Signature } from '../api/signature.js';
import { bugBehind, describeBug } from './known-bugs.js';

/** A signature that is no news: why, and on which kind of finding it may stand. */
export interface KnownSignature {
  readonly kind: 'lead' | 'solution';
  /** As findings have it; `*` stands for any text. */
  readonly signature: string;
  /** A note about it, e.g. the issue where it was reported. */
  readonly about: string;
}

/**
 * The known cause of a finding: the bug of that release that it is of, or else what the first of some patterns says.
 */
export function knownOf(
  patterns: readonly KnownSignature[],
  kind: 'lead' | 'solution',
  signature: Signature,
  leanVersion: string,
): string | undefined {
  const bug = bugBehind(signature, leanVersion);
  if (bug !== undefined) return describeBug(bug);
  return knownAs(patterns, { kind, signature: describeSignature(signature) });
}

/** Tells whether a finding is known already: what the first entry that fits says about it, or undefined for news. */
export function knownAs(
  known: readonly KnownSignature[],
  finding: { readonly kind: string; readonly signature: string },
): string | undefined {
  const entry = known.find(
    ({ kind, signature }) => kind === finding.kind && matches(signature, finding.signature),
  );
  return entry?.about;
}

/** Whether a text is one that the pattern describes, from its beginning to its end. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

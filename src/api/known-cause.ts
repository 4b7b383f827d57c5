/** Why a finding is no news; neither part is there where it is. */
export interface KnownCause {
  /** The note of a baseline, or of the table of known bugs, about its signature. */
  readonly known?: string | null | undefined;
  /** The machine that had sent the same lead before this one found it. */
  readonly foundFirstBy?: string | null | undefined;
}

/** Why a finding is no news, in one line, as folders, reports and listeners have it; undefined for news. */
export function describeKnown({ known, foundFirstBy }: KnownCause): string | undefined {
  if (foundFirstBy == null) return known ?? undefined;
  return `found first by ${foundFirstBy}${known == null ? '' : `: ${known}`}`;
}

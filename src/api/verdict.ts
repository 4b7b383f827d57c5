/** What the judge says about a candidate. */
export type VerdictKind = 'dull' | 'interesting' | 'lead' | 'solution';

export interface Verdict {
  readonly kind: VerdictKind;
  /** Why, in short sentences; the first is the main one. */
  readonly reasons: readonly string[];
  /** The claim that was believed or that looks odd; empty otherwise. */
  readonly claim: string;
  /** Axioms that the proof rests on, for a solution. */
  readonly axioms: readonly string[];
  /** For a lead about one unit that should have been answered otherwise: its index. */
  readonly suspect?: number;
  /** Names the mechanism, so that repeats are told from news; empty for dull ones. */
  readonly signature: string;
}

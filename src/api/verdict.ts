/** The judge's verdict on a candidate. */
export type VerdictKind = 'dull' | 'interesting' | 'lead' | 'solution';

/**
 * Classes of leads. `soundness`: something is accepted that the theory, or an oracle with a known answer, refuses.
 * `difference`: two kernels answer otherwise, or make something else. `instability`: the answer changes when the same is
 * said in other words. `completeness`: something is refused that our own kernel accepts as that release should. `failure`: a
 * crash, an abort, a hang.
 */
export const leadClasses = ['soundness', 'difference', 'instability', 'completeness', 'failure'] as const;
export type LeadClass = (typeof leadClasses)[number];

export interface Verdict {
  readonly kind: VerdictKind;
  /** Of a lead. */
  readonly class?: LeadClass;
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

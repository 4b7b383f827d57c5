import type { Signature } from './signature.js';

/** Nothing odd; interesting where something is new. */
export interface Ordinary {
  readonly kind: 'dull' | 'interesting';
  readonly reasons: readonly string[];
}

interface Anomaly {
  /** Why, in short sentences; the first is the main one. */
  readonly reasons: readonly string[];
  /** Names the cause, so that repeats are told from news. */
  readonly signature: Signature;
  /** The unit that it is about, where that is one: its index. */
  readonly suspect?: number;
}

/** Something that is not as it should be, and that a human has to look at. */
export interface Lead extends Anomaly {
  readonly kind: 'lead';
  /** The claim that looks odd, by its name. */
  readonly claim?: string;
}

/** A proof of False that the audit believes. */
export interface Solution extends Anomaly {
  readonly kind: 'solution';
  /** The claim that is believed, by its name. */
  readonly claim: string;
  /** Axioms that the proof rests on. */
  readonly axioms: readonly string[];
}

/** The judge's verdict on a candidate that is worth a finding. */
export type Discovery = Lead | Solution;

/** The judge's verdict on a candidate. */
export type Verdict = Ordinary | Discovery;
export type VerdictKind = Verdict['kind'];

/** Whether a verdict is worth a finding. */
export function isDiscovery(verdict: Verdict): verdict is Discovery {
  return verdict.kind === 'lead' || verdict.kind === 'solution';
}

/** The axioms that a finding rests on: leads prove nothing. */
export function axiomsOf(verdict: Discovery): readonly string[] {
  return verdict.kind === 'solution' ? verdict.axioms : [];
}

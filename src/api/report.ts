import type { LeanIdentity } from './lean.js';
import type { SeenMachine } from './machine.js';
import type { CanaryCounts, Snapshot } from './campaign.js';
import type { OpinionCounts } from './opinion.js';
import type { Yield } from './yields.js';

/** A whole campaign as its database has it: what `lean-fuzz report` shows. Times are seconds of fuzzing. */
export interface CampaignRecord {
  readonly folder: string;
  readonly seed: number;
  /** The Lean that it belongs to. */
  readonly lean: LeanIdentity;
  readonly packageVersion: string;
  readonly elapsedSeconds: number;
  /** The campaign at several times, oldest first. */
  readonly statistics: readonly StatisticsPoint[];
  readonly workers: readonly WorkerPoint[];
  readonly yields: readonly Yield[];
  readonly findings: readonly FindingRow[];
  /** More of each finding, by its id. */
  readonly details: Readonly<Record<string, FindingDetail>>;
  /** The options that it goes on with when it is resumed. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Blocks of the kernel's code that were reached. */
  readonly blocks: readonly BlockRow[];
  /** The questions to others than its Lean; none where nobody was asked. */
  readonly opinions?: OpinionCounts;
  /** Errors that candidates came to: how many at each stage of each kind, e.g. `judge TypeError`. */
  readonly errors: Readonly<Record<string, number>>;
  /** Whether candidates have changed the executors that they ran in. */
  readonly canaries: CanaryCounts;
  /** Machines that share the campaign, as they were seen last; none where it runs on one. */
  readonly machines: readonly SeenMachine[];
}

/** A finding's text, and where its candidate comes from as far as its folder says. */
export interface FindingDetail {
  /** Lean text, or a listing at the kernel level. */
  readonly text: string;
  readonly run?: number;
  readonly parents?: readonly string[];
  readonly mutators?: readonly string[];
}

/** The campaign at one time. */
export type StatisticsPoint = Pick<
  Snapshot,
  | 'elapsedSeconds'
  | 'tests'
  | 'candidates'
  | 'declarations'
  | 'declarationsAccepted'
  | 'corpus'
  | 'features'
  | 'blocks'
  | 'leads'
  | 'solutions'
  | 'restarts'
  | 'timeouts'
  | 'crashes'
  | 'outOfMemory'
  | 'dropped'
  | 'shareInsideLean'
  | 'shareJudging'
>;

/** A worker at one time; its counts begin anew when a campaign is resumed. */
export interface WorkerPoint {
  readonly elapsedSeconds: number;
  readonly worker: number;
  readonly tests: number;
}

/** A block of the kernel's code that was reached, by its index in the map of the code. */
export interface BlockRow {
  readonly block: number;
  /** The candidate that reached it first; none where the judge asked something. */
  readonly run?: number;
  readonly declaration: string;
  readonly elapsedSeconds: number;
}

/** The findings of one signature. */
export interface FindingRow {
  readonly kind: string;
  readonly signature: string;
  readonly id: string;
  readonly reason: string;
  /** None where it was not written. */
  readonly folder?: string;
  /** It has no name of its own yet: its signature is provisional, and its folder is written when that stands. */
  readonly isUnnamed?: boolean;
  readonly times: number;
  readonly size: number;
  /** The baseline's note about it; a new finding has none. */
  readonly known?: string;
  /** The machine that found it; none where this one did. */
  readonly machine?: string;
  /** When the first of them was stored. */
  readonly elapsedSeconds: number;
}

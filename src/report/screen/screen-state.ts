import type { BootStep, Snapshot, StartInfo } from '../../api/campaign.js';

/** Everything that the status screen shows, and nothing else: the same state is the same screen. */
export interface ScreenState {
  readonly boot?: BootStep;
  readonly info?: StartInfo;
  /** The last snapshots, the newest at the end. */
  readonly recent: readonly Snapshot[];
  /** Numbers that grow, over the whole run, oldest first; thinned out as it gets long. */
  readonly history: readonly HistoryPoint[];
  /** The newest first. */
  readonly finds: readonly ScreenFind[];
  /** The newest first. */
  readonly notices: readonly string[];
  /** Whether the user has asked for the end. */
  readonly isEnding: boolean;
}

interface HistoryPoint {
  readonly seconds: number;
  readonly features: number;
  readonly blocks: number;
}

/** A finding as the screen has it. */
export interface ScreenFind {
  readonly kind: 'lead' | 'solution';
  readonly signature: string;
  readonly isKnown: boolean;
  readonly seconds: number;
}

export const emptyScreen: ScreenState = { recent: [], history: [], finds: [], notices: [], isEnding: false };

/** Seconds that "now" is about: a snapshot comes once a second. */
const recentSnapshots = 11;
const maxHistory = 512;
/** More than any screen has lines for. */
const maxKept = 60;

/** The state with one more snapshot. */
export function withSnapshot(state: ScreenState, snapshot: Snapshot): ScreenState {
  const { elapsedSeconds: seconds, features, blocks } = snapshot;
  const last = state.history.at(-1)?.seconds ?? -Infinity;
  // As far apart as the points are that were thinned out.
  const isDue = seconds - last >= (state.history.length < maxHistory / 2 ? 0 : seconds / maxHistory);
  const history = isDue ? [...state.history, { seconds, features, blocks }] : state.history;
  return {
    ...state,
    recent: [...state.recent, snapshot].slice(-recentSnapshots),
    history: history.length <= maxHistory ? history : history.filter((_, index) => index % 2 === 0),
  };
}

/** The state with one more finding. */
export function withFind(state: ScreenState, find: ScreenFind): ScreenState {
  return { ...state, finds: [find, ...state.finds].slice(0, maxKept) };
}

/** The state with one more notice. */
export function withNotice(state: ScreenState, notice: string): ScreenState {
  return { ...state, notices: [notice, ...state.notices].slice(0, maxKept) };
}

/** Tests a minute within the last seconds: of all, or of one worker. */
export function rateNow({ recent }: ScreenState, worker?: number): number {
  const testsAt = (snapshot: Snapshot | undefined): number | undefined =>
    worker === undefined ? snapshot?.tests : snapshot?.workers.find((one) => one.worker === worker)?.tests;
  const [newest] = recent.slice(-1);
  // A worker of that number may have come since.
  const first = recent.find((one) => testsAt(one) !== undefined);
  const [before, after] = [testsAt(first), testsAt(newest)];
  if (newest === undefined || first === undefined || before === undefined || after === undefined) return 0;
  const seconds = newest.elapsedSeconds - first.elapsedSeconds;
  return seconds <= 0 ? 0 : Math.max(0, Math.round(((after - before) * 60) / seconds));
}

/** Seconds since features or blocks were seen that nobody had seen before. */
export function secondsSinceNews({ history, recent }: ScreenState): number {
  const last = history.at(-1);
  const first = history.find(({ features, blocks }) => features === last?.features && blocks === last.blocks);
  return (recent.at(-1)?.elapsedSeconds ?? 0) - (first?.seconds ?? 0);
}

import type { Snapshot, Summary } from '../api/campaign.js';
import type { OpinionCounts } from '../api/opinion.js';
import type { Yield } from '../api/yields.js';
import type { SharedRegion } from '../share/region.js';
import { SaneCounters } from '../share/sane-counters.js';
import type { CampaignDatabase } from '../store/database.js';
import { packageVersion } from '../util/package.js';
import type { FirstReached } from './coverage/firsts.js';
import { restoreFeatures } from './restore-features.js';
import { addRows, type Rows } from './rows.js';
import type { Finds } from './finds.js';
import { runOfMachine } from './sync/machine-identity.js';
import { noTotals, takeSnapshot, totalsOf, type SnapshotContext, type Totals } from './snapshot.js';

import { storedCounts, storedNumber, storedOpinions } from '../store/stored-values.js';
import { YieldTable } from './yield-table.js';

/** The campaign's processes at a moment, as the record is told of them. */
export type CampaignMoment = Pick<
  SnapshotContext,
  'elapsedSeconds' | 'errors' | 'dropped' | 'workers' | 'workerSeconds' | 'isAlive' | 'opinions' | 'machines'
>;

/** Mutators, and categories, of each level that a snapshot tells of. */
const bestYields = 4;

/** Between two rows of the statistics. */
const manySeconds = 10;

/** Counts of others that go on when a campaign is resumed. */
export interface Continuation {
  readonly nextRun: number;
  readonly seed: number;
  readonly solutionsFolder: string;
  readonly errors: Readonly<Record<string, number>>;
}

/** The results of a campaign, the runs before this one included: counted, shown, and kept in its database. */
export class CampaignRecord {
  /** The first run that has not been handed out. */
  readonly firstRun: number;
  private readonly before: Totals;
  private readonly elapsedBefore: number;
  private readonly yields = new YieldTable();
  private readonly counters: SaneCounters;
  /** Constants that were not looked at to the end. */
  private unlooked: number;
  private keptAt = -Infinity;
  /** On the Lake target. */
  private rows: Rows | null;

  constructor(
    private readonly region: SharedRegion,
    private readonly database: CampaignDatabase,
    hasRows: boolean,
    machineNumber = 0,
  ) {
    this.counters = new SaneCounters(region);
    const features = restoreFeatures(region, database);
    region.blocks.mark(database.blocks());
    this.before = { ...noTotals, ...storedCounts(database, 'totals'), features };
    this.elapsedBefore = storedNumber(database, 'elapsedSeconds', 0);
    this.firstRun = runOfMachine(storedNumber(database, 'nextRun', 0), machineNumber);
    this.unlooked = storedNumber(database, 'unlooked', 0);
    this.rows = hasRows ? storedCounts(database, 'checks') : null;
    this.addYields(database.yields());
  }

  /** Counts of what others were asked before this run. */
  get opinions(): OpinionCounts | undefined {
    return storedOpinions(this.database);
  }

  addYields(yields: readonly Yield[]): void {
    yields.forEach((row) => this.yields.add(row));
  }

  /** Keeps who was the first to reach blocks of the kernel's code. */
  addBlocks(run: number | null, firsts: readonly FirstReached[], elapsedSeconds: number): void {
    this.database.together(() => this.database.addBlocks(run, firsts, elapsedSeconds + this.elapsedBefore));
  }

  addUnlooked(constants: number): void {
    this.unlooked += constants;
  }

  addRows(rows: Rows): void {
    if (this.rows !== null) this.rows = addRows(this.rows, rows);
  }

  snapshot(moment: CampaignMoment): Snapshot {
    return takeSnapshot(this.region, this.counters, {
      ...moment,
      elapsedBefore: this.elapsedBefore,
      totals: totalsOf(this.counters, this.before),
      before: this.before,
      corpus: this.database.countEntries(),
      bestYields: this.yields.best(bestYields),
      signatures: this.database.countSignatures(),
      checks: this.rows,
    });
  }

  /** The last word on a campaign, with the findings that came when there were `since` already. */
  summary(
    snapshot: Snapshot,
    how: Pick<Summary, 'stoppedBy' | 'seed' | 'campaignFolder' | 'leanVersion' | 'mendedBugs'>,
    finds: Finds,
    since: number,
  ): Summary {
    return {
      type: 'summary',
      unlooked: this.unlooked,
      ...how,
      findings: finds.all(since),
      solutionFolders: finds.folders(since),
      knownSolutionFolders: finds.folders(since, true),
      unwritten: finds.unwritten(since),
      yields: this.yields.all(),
      ...snapshot,
    };
  }

  /** Whether it is time to keep it again: each second at first, for one who asks early how it stands. */
  isDue(elapsedSeconds: number): boolean {
    if (elapsedSeconds - this.keptAt < (this.keptAt < manySeconds ? 1 : manySeconds)) return false;
    this.keptAt = elapsedSeconds;
    return true;
  }

  /** Keeps everything that a resumed campaign continues from. */
  persist(snapshot: Snapshot, { nextRun, seed, solutionsFolder, errors }: Continuation): void {
    const { database } = this;
    database.together(() => {
      database.addStatistics(snapshot);
      database.setYields(this.yields.all());
      database.setValue('totals', JSON.stringify(totalsOf(this.counters, this.before)));
      database.setValue('elapsedSeconds', String(snapshot.elapsedSeconds));
      database.setValue('nextRun', String(nextRun));
      database.setValue('unlooked', String(this.unlooked));
      database.setValue('seed', String(seed));
      database.setValue('solutionsFolder', solutionsFolder);
      database.setValue('packageVersion', packageVersion);
      database.setValue('errors', JSON.stringify(errors));
      if (snapshot.opinions !== undefined) database.setValue('opinions', JSON.stringify(snapshot.opinions));
      if (this.rows !== null) database.setValue('checks', JSON.stringify(this.rows));
    });
  }
}

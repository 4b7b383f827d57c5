import type { CampaignListener, Snapshot, StartInfo, StopReason, Summary } from '../api/campaign.js';
import { bugsOf } from '../judge/known-bugs.js';
import { outputObject } from '../report/json/line-schema.js';
import { replaceFile } from '../util/files.js';
import { asJson } from '../util/printable.js';
import type { CampaignParts } from './campaign-parts.js';
import type { CampaignClock } from './clock.js';
import type { Finds } from './finds.js';
import type { CampaignRecord } from './record.js';
import type { Collector } from './supervise/collector.js';
import type { ErrorLog } from './supervise/error-log.js';
import type { OpinionDesk } from './supervise/opinion-desk.js';
import type { StoreCare } from './supervise/store-care.js';
import type { WorkSource } from './supervise/work-source.js';
import type { Workers } from './supervise/worker-pool.js';
import type { SyncLoop } from './sync/sync-loop.js';
import { varietyWarning } from './variety.js';

/** Those who know how a campaign stands. */
export interface StatusSources {
  readonly clock: CampaignClock;
  readonly record: CampaignRecord;
  readonly collector: Collector;
  readonly errors: ErrorLog;
  readonly work: WorkSource;
  readonly pool: Workers;
  readonly finds: Finds;
  readonly care: StoreCare;
  readonly desk: OpinionDesk | undefined;
  readonly sync: SyncLoop | undefined;
}

/** How a campaign stands, as it is shown while it runs and kept in its folder. */
export class CampaignStatus {
  private readonly listener: CampaignListener;
  private warned = false;

  constructor(
    private readonly parts: CampaignParts,
    private readonly sources: StatusSources,
  ) {
    this.listener = parts.guests.listener;
  }

  get about(): Pick<StartInfo, 'campaignFolder' | 'seed' | 'lean'> {
    const { workdir, options, target } = this.parts;
    return { campaignFolder: workdir.folder, seed: options.seed, lean: target.lean };
  }

  snapshot(): Snapshot {
    const { clock, record, collector, errors, pool, desk, sync } = this.sources;
    return record.snapshot({
      elapsedSeconds: clock.elapsedSeconds,
      errors: errors.total,
      ...(desk === undefined ? {} : { opinions: desk.counts }),
      ...(sync === undefined ? {} : { machines: sync.counts }),
      dropped: collector.missed + collector.damaged + (sync?.damaged ?? 0),
      workers: pool.workers,
      workerSeconds: pool.workerMillis(...clock.span) / 1000,
      isAlive: (worker) => pool.isAlive(worker),
    });
  }

  show(): void {
    const snapshot = this.snapshot();
    this.listener.progress?.(snapshot);
    const warning = this.warned ? undefined : varietyWarning(snapshot);
    this.warned ||= warning !== undefined;
    if (warning !== undefined) this.listener.notice?.(warning);
    if (this.sources.record.isDue(this.sources.clock.elapsedSeconds)) this.persist(snapshot);
  }

  persist(snapshot = this.snapshot()): void {
    const { record, errors, work } = this.sources;
    const { solutionsFolder, options } = this.parts;
    const facts = { nextRun: work.next, seed: options.seed, solutionsFolder, errors: errors.counts };
    record.persist(snapshot, facts);
  }

  /** The summary of the campaign, with the findings that came when there were `since` already. */
  summarize(stoppedBy: StopReason, since = 0): Summary {
    const { collector, record, finds } = this.sources;
    collector.collect();
    const { lean, ...where } = this.about;
    const how = { stoppedBy, ...where, leanVersion: lean.version, mendedBugs: bugsOf(lean.version).mended };
    return record.summary(this.snapshot(), how, finds, since);
  }

  /** Stores and writes what is left, and says what the campaign came to. */
  async conclude(stoppedBy: StopReason): Promise<Summary> {
    const { care, collector } = this.sources;
    const { now } = this.parts.stop;
    await care.keep(() => collector.finish(), now);
    let summary: Summary | undefined;
    await care.keep(() => {
      summary = this.summarize(stoppedBy);
      this.persist(summary);
      replaceFile(this.parts.workdir.summary, `${asJson(outputObject('summary', summary), 2)}\n`);
    }, now);
    const said = summary ?? this.summarize(stoppedBy);
    this.listener.finished?.(said);
    return said;
  }
}

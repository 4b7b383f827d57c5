import { activityOfThreads, isStopped, type Activity } from '../../util/process-state.js';

/** Milliseconds between looks at the process: most jobs are done before the first one. */
const lookMillis = 100;
/** Milliseconds that count at most between two looks: where we stood still, the executor had no chance either. */
const maxPassedMillis = 1000;

/** The oldest job in flight and the job in work, by number; both 0 where there is none. */
export type Work = readonly [oldest: number, inWork: number];

/**
 * The time that an executor has had for what it is at. While it runs, only processor time counts: on a machine that has
 * none to spare it is slow, and no candidate is to blame for that. While it waits, the clock counts.
 */
export class WorkTime {
  private work: Work = [0, 0];
  private counted = 0;
  private lookedAt: number;
  private seen: Activity | undefined;

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly activity: (pid: number) => Activity = activityOfThreads,
  ) {
    this.lookedAt = now();
  }

  /** Whether somebody has stopped the executor, when it was looked at last. */
  get isStopped(): boolean {
    return this.seen !== undefined && isStopped(this.seen.state);
  }

  /** Milliseconds that count; from 0 on for other work. To be asked every now and then. */
  millis(work: Work, pid: number): number {
    const now = this.now();
    if (work[0] !== this.work[0] || work[1] !== this.work[1]) {
      this.work = work;
      this.counted = 0;
      this.lookedAt = now;
      this.seen = undefined;
    }
    if (now - this.lookedAt < lookMillis) return this.counted;
    const passed = Math.min(now - this.lookedAt, maxPassedMillis);
    const activity = this.activity(pid);
    // Its processor time before the first look is not known.
    const ran = this.seen === undefined ? passed : activity.processorMillis - this.seen.processorMillis;
    this.counted += activity.state === 'R' ? Math.min(passed, ran) : passed;
    this.lookedAt = now;
    this.seen = activity;
    return this.counted;
  }
}

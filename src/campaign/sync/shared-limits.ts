import { never } from '../../util/errors.js';
import type { Progress, SharedEnd, SharedReason } from './progress.js';

/** The machine that limits hold for, as far as they need it. */
export interface LimitsHost {
  /** Candidates of this machine's campaign, earlier runs of it included. */
  candidates(): number;
  notice(text: string): void;
}

/**
 * The limits that all machines of a campaign have together: how long it has run, how much the others have done, and
 * whether it is over. Each machine says what it has done and reads what the others say; the first that reaches a limit
 * ends the campaign for all. Nobody's wall clock counts: each adds the seconds that pass here to the most that is known.
 */
export class SharedLimits {
  private known: SharedEnd | undefined;
  private secondsThen = 0;
  private then: number | undefined;
  private others = 0;
  private before = 0;
  private startedWith = 0;

  constructor(
    private readonly place: string,
    private readonly host: LimitsHost,
    /** Whether they hold for this machine, too. */
    readonly areShared: boolean,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** From here on time counts, and what this machine makes. */
  begin(): void {
    if (this.then !== undefined) return;
    this.then = this.now();
    this.startedWith = this.host.candidates();
  }

  /** Candidates of this machine's campaign when this run of it began. */
  get atStart(): number {
    return this.startedWith;
  }

  /** Seconds in which any machine took part. */
  get seconds(): number {
    return this.then === undefined ? 0 : this.secondsThen + (this.now() - this.then) / 1000;
  }

  /** Candidates that count and that this run of the campaign has not made. */
  get candidatesElsewhere(): number {
    return this.others + this.before;
  }

  /** Why the campaign is over for this machine; undefined where it is not, or where only its own limits hold. */
  get end(): SharedEnd | undefined {
    return this.areShared ? this.known : undefined;
  }

  /** This machine has reached a limit: the others hear of it with its next progress. */
  reach(reason: SharedReason, machine: string): void {
    if (!this.areShared || this.known !== undefined) return;
    this.known = { reason, machine };
    this.host.notice(`${this.place}: the campaign ends for all machines: ${whatOf(reason)}`);
  }

  /** This machine's progress; `baseline` candidates of its campaign are older than its part in this one. */
  own(machine: string, baseline: number): Progress {
    // Those of an earlier run of this machine count as the others' do.
    this.before = this.startedWith - baseline;
    return { machine, candidates: this.host.candidates() - baseline, seconds: this.seconds, end: this.known };
  }

  /** Takes what all machines have done, this one too; `own` is its name. */
  take(all: readonly Progress[], own: string, isFirst: boolean): void {
    const others = all.filter(({ machine }) => machine !== own);
    this.others = others.reduce((sum, { candidates }) => sum + candidates, 0);
    const most = Math.max(this.seconds, ...all.map(({ seconds }) => seconds));
    [this.secondsThen, this.then] = [most, this.now()];
    const ended = all.find(({ end }) => end !== undefined)?.end;
    if (ended === undefined || this.known !== undefined) return;
    this.known = ended;
    const by = ended.machine === own ? 'this machine' : ended.machine;
    const over = isFirst ? 'the campaign is over already' : 'the campaign is over for all machines';
    this.host.notice(
      `${this.place}: ${over}: ${whatOf(ended.reason)}, said ${by}; ${this.whatFollows(isFirst)}`,
    );
  }

  private whatFollows(isFirst: boolean): string {
    if (!this.areShared) return 'this machine goes on, its limits are its own (--sync-limits)';
    return isFirst
      ? 'this machine ends; another name or folder begins another campaign'
      : 'this machine ends, too';
  }
}

function whatOf(reason: SharedReason): string {
  switch (reason) {
    case 'time':
      return 'its time is up';
    case 'runs':
      return 'all of its candidates are made';
    case 'solution':
      return 'a proof of False was found';
    default:
      return never(reason);
  }
}

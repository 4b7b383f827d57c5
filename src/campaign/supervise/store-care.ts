import { messageOf, unusable } from '../../util/errors.js';
import { inWords, troubleOf } from '../../util/machine-trouble.js';
import { pause } from '../../util/until-aborted.js';

/** Milliseconds between two tries to go on. */
const retryMillis = 1000;
/** Milliseconds for which a campaign waits for its disk: while it runs, and when it ends. */
const runningPatience = 600_000;
const endingPatience = 10_000;

/** The campaign, as far as the care of its store needs it. */
export interface StoreCareContext {
  readonly campaignFolder: string;
  /** Whether the files that are written are still those of the campaign's folder. */
  isInPlace(): boolean;
  /** Whether the folder's disk is read-only by now, which does not pass. */
  isReadOnly(): boolean;
  /** Keeps what is found outside of a database that can't be used any more; a sentence that says where, or nothing. */
  rescue(): string | undefined;
  notice(text: string): void;
}

/**
 * The one place where an error of the store becomes a line and a decision: what may pass is waited for, and what was to
 * be stored is kept meanwhile, in its order; everything else ends the campaign.
 */
export class StoreCare {
  private readonly owed: (() => void)[] = [];
  private since: number | undefined;
  private nextTry = 0;
  private patience = runningPatience;
  private isOver = false;
  /** The failures that it has thrown, each with its line as it is without what was rescued. */
  private readonly thrown = new WeakMap<Error, string>();

  constructor(private readonly context: StoreCareContext) {}

  /** From here on it is not waited for long; not at all where the campaign is to end `now`. */
  end(now: boolean): void {
    this.patience = now ? 0 : Math.min(this.patience, endingPatience);
  }

  /** Does a piece of the store's work, or keeps it for later. UserError (78) where it can't be done any more. */
  do(action: () => void): void {
    this.owed.push(action);
    this.goOn();
  }

  /** Does what was kept for later; false while that can't be done. UserError (78) as above. */
  goOn(): boolean {
    const now = performance.now();
    if (this.owed.length > 0 && now < this.nextTry && this.patience > 0) return false;
    for (let [first] = this.owed; first !== undefined; [first] = this.owed) {
      try {
        first();
      } catch (error) {
        this.onError(error, now);
        return false;
      }
      this.owed.shift();
    }
    if (this.since !== undefined) this.context.notice('the disk can be used again: going on');
    this.since = undefined;
    this.nextTry = 0;
    return true;
  }

  /** The same for the end, where the disk is waited for a moment; not at all where `now` is aborted. */
  async keep(action: () => void, now: AbortSignal): Promise<void> {
    this.look();
    for (this.end(now.aborted), this.do(action); !this.goOn(); this.end(now.aborted))
      await pause(retryMillis / 10, now);
  }

  /** Behind a failure, which is told: does what can still be done, and nothing else that is wrong hides that failure. */
  keepBehind(failure: Error, actions: readonly (() => void)[]): void {
    this.end(true);
    try {
      if (this.context.isInPlace()) actions.forEach((action) => this.do(action));
    } catch (error) {
      if (this.lineOf(error) !== this.lineOf(failure)) this.context.notice(messageOf(error));
    }
  }

  /** UserError (78) where the campaign's files were taken away: what is written goes nowhere then. */
  look(): void {
    if (!this.context.isInPlace()) throw this.failure('a folder that stays while its campaign runs');
  }

  private onError(error: unknown, now: number): void {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    this.look();
    if (this.context.isReadOnly()) throw this.failure('a disk that can be written; it is read-only now');
    const isNew = this.since === undefined;
    this.since ??= now;
    this.nextTry = now + retryMillis;
    if (trouble.remedy === 'end' || now - this.since >= this.patience) throw this.failure(inWords(trouble));
    if (isNew)
      this.context.notice(
        `campaign folder ${this.context.campaignFolder}: waiting for ${inWords(trouble)}, ` +
          `for ${this.patience / 1000} s at most; nothing new is begun meanwhile`,
      );
  }

  private failure(expected: string): Error {
    const rescued = this.isOver ? undefined : this.rescue();
    this.isOver = true;
    const failure = (what: string): Error => unusable('campaign folder', this.context.campaignFolder, what);
    const alone = failure(expected);
    const error = rescued === undefined ? alone : failure(`${expected}; ${rescued}`);
    this.thrown.set(error, alone.message);
    return error;
  }

  /** The line by which an error is told from others. */
  private lineOf(error: unknown): string {
    return (error instanceof Error ? this.thrown.get(error) : undefined) ?? messageOf(error);
  }

  private rescue(): string | undefined {
    try {
      return this.context.rescue();
    } catch (error) {
      if (troubleOf(error) === undefined) throw error;
      return undefined; // the line says already what is wrong
    }
  }
}

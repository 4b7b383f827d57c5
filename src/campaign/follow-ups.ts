import type { JobRunner, Runner, SteadyRunner } from '../judge/ask/job-runner.js';

/** Rounds of which one hands over what background tasks ask for: candidates come first. */
const roundsForBackground = 2;

/**
 * Answers that an urgent task gets in a round, one question after the other. Candidates wait meanwhile, so this is for
 * what is rare.
 */
const turnsOfUrgent = 4;

/** How soon a task gets its answers: in each round; behind candidates; or at once, for a while before candidates. */
export type Pace = 'each round' | 'background' | 'urgent';

/** Work that belongs to no candidate. */
export interface Behind {
  readonly pace: Exclude<Pace, 'each round'>;
  readonly act: (runner: SteadyRunner) => Promise<void>;
}

/** Something that a task has asked for: hands it over, and says how to wait for its answer. */
type Ask = () => { readonly task: Task; readonly answered: () => Promise<void> };

/**
 * Follow-up questions about candidates while others run. A task runs until it needs an answer; its jobs are queued
 * behind the running ones, and it goes on when the answer is taken. One task works at a time, and this class decides
 * when, not the machine: so a seed repeats a campaign, including the order of the executor's jobs.
 */
export class FollowUps {
  /** Milliseconds for which tasks were at work; what they waited for does not count. */
  millisAtWork = 0;
  private readonly asked: Readonly<Record<Pace, Ask[]>> = { 'each round': [], background: [], urgent: [] };
  private rounds = 0;
  /** Handed over and not taken yet: for each round, oldest first. */
  private readonly handed: ReturnType<Ask>[][] = [];

  constructor(private readonly target: SteadyRunner) {}

  /** Whether no task waits for anything. */
  get isEmpty(): boolean {
    return [...Object.values(this.asked), ...this.handed].every(({ length }) => length === 0);
  }

  /** Begins a task; resolves when it has ended, or waits for an answer. Rejects with what it throws until then. */
  async begin(action: (runner: SteadyRunner) => Promise<void>, pace: Pace = 'each round'): Promise<void> {
    const asked = this.asked[pace];
    const task = new Task(this.target, (ask) => asked.push(ask));
    await this.timed(() => {
      task.begin(action);
      return task.rests();
    });
  }

  /**
   * Takes the answers to what was handed over, in its order, but for that of the last so many `rounds`; each task goes
   * on until it has ended or waits again. Then background tasks get so many further `turns`, and urgent ones theirs:
   * one question after the other, at once.
   */
  async goOn(rounds = 0, turns = 0): Promise<void> {
    while (this.handed.length > rounds) await this.take(this.handed.shift() ?? []);
    for (let turn = 0; turn < Math.max(turns, turnsOfUrgent); turn++) {
      const asks = [...this.takeAsked('urgent'), ...(turn < turns ? this.takeAsked('background') : [])];
      if (asks.length === 0) return;
      await this.take(asks.map((ask) => ask()));
    }
  }

  /** Hands over what was asked for, behind what runs: what background tasks ask for in one round of some. */
  handOver(): void {
    const isForBackground = ++this.rounds % roundsForBackground === 0;
    const asks = [
      ...this.takeAsked('each round'),
      ...this.takeAsked('urgent'),
      ...(isForBackground ? this.takeAsked('background') : []),
    ];
    this.handed.push(asks.map((ask) => ask()));
  }

  private takeAsked(pace: Pace): Ask[] {
    return this.asked[pace].splice(0);
  }

  private async take(handed: readonly ReturnType<Ask>[]): Promise<void> {
    for (const { task, answered } of handed) {
      await answered();
      await this.timed(() => task.rests());
    }
  }

  private async timed(work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await work();
    this.millisAtWork += performance.now() - start;
  }
}

/** A task, and what it asks by. */
class Task implements SteadyRunner {
  readonly base: Runner['base'];
  readonly check?: NonNullable<Runner['check']>;
  readonly aside: JobRunner;
  private unanswered = 0;
  private ended: { readonly error?: unknown } | undefined;
  private onRest: (() => void) | undefined;

  constructor(
    private readonly target: SteadyRunner,
    private readonly add: (ask: Ask) => void,
  ) {
    this.base = target.base;
    const check = target.check?.bind(target);
    if (check !== undefined) this.check = (candidate, claim) => this.ask(() => check(candidate, claim));
    const { aside } = target;
    this.aside = {
      base: aside.base,
      run: (jobs) => this.ask(() => aside.run(jobs)),
      replace: () => this.ask(() => aside.replace()),
      ...(this.check === undefined ? {} : { check: this.check }),
    };
  }

  begin(action: (runner: SteadyRunner) => Promise<void>): void {
    const end = (ended: { error?: unknown }): void => {
      this.ended = ended;
      this.onRest?.();
    };
    action(this).then(
      () => end({}),
      (error: unknown) => end({ error }),
    );
  }

  /** Resolves when it has ended or waits for an answer; rejects with what it has thrown. */
  async rests(): Promise<void> {
    if (this.unanswered === 0 && this.ended === undefined)
      await new Promise<void>((resolve) => (this.onRest = resolve));
    if (this.ended !== undefined && 'error' in this.ended) throw this.ended.error;
  }

  run(jobs: Parameters<Runner['run']>[0]): ReturnType<Runner['run']> {
    return this.ask(() => this.target.run(jobs));
  }

  private ask<T>(start: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.unanswered++;
      this.add(() => {
        const answer = start();
        answer.catch(() => undefined); // it is waited for later
        const taken =
          <V>(hand: (value: V) => void) =>
          (value: V): void => {
            this.unanswered--;
            hand(value);
          };
        return { task: this, answered: () => answer.then(taken(resolve), taken(reject)) };
      });
      this.onRest?.();
    });
  }
}

import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../src/api/execution.js';
import { FollowUps } from '../../../src/campaign/follow-ups.js';
import type { JobRunner, SteadyRunner } from '../../../src/judge/ask/job-runner.js';
import { commonEnvironment } from '../../../src/kernel/base-environment.js';
import { execution } from '../../support/fakes.js';

const job = (text: string): Job => ({ level: 'source', steps: [{ kind: 'text', text }], claims: [] });

/** A runner that says what it is asked, and answers when it is told to. */
class SlowRunner implements SteadyRunner {
  readonly base = commonEnvironment;
  readonly aside: JobRunner = {
    base: commonEnvironment,
    run: (jobs) => this.run(jobs, 'aside: '),
    replace: () => this.answer('replace', undefined),
  };
  readonly asked: string[] = [];
  private readonly waiting: (() => void)[] = [];

  run(jobs: readonly Job[], prefix = ''): Promise<Execution[]> {
    const [step] = jobs[0]?.steps ?? [];
    return this.answer(prefix + (step?.kind === 'text' ? step.text : ''), [execution()]);
  }
  /** Answers all that was asked, the newest first. */
  answerAll(): void {
    this.waiting
      .splice(0)
      .reverse()
      .forEach((answer) => answer());
  }
  private answer<T>(what: string, value: T): Promise<T> {
    this.asked.push(what);
    return new Promise((resolve) => this.waiting.push(() => resolve(value)));
  }
}

describe('FollowUps', () => {
  it('lets tasks go on in the order in which they asked, whatever the order of the answers', async () => {
    const runner = new SlowRunner();
    const followUps = new FollowUps(runner);
    const log: string[] = [];
    for (const name of ['a', 'b']) {
      await followUps.begin(async (asks) => {
        log.push(`${name} begins`);
        await asks.run([job(`${name}1`)]);
        log.push(`${name} goes on`);
        await asks.run([job(`${name}2`)]);
        log.push(`${name} ends`);
      });
    }
    expect(log).toEqual(['a begins', 'b begins']);
    expect(runner.asked).toEqual([]);
    for (const asked of [2, 4]) {
      followUps.handOver();
      expect(runner.asked).toHaveLength(asked);
      const going = followUps.goOn();
      runner.answerAll();
      await going;
    }
    expect(runner.asked).toEqual(['a1', 'b1', 'a2', 'b2']);
    expect(log.slice(2)).toEqual(['a goes on', 'b goes on', 'a ends', 'b ends']);
    expect(followUps.isEmpty).toBe(true);
  });

  it('lets what background tasks ask wait for one round in two', async () => {
    const runner = new SlowRunner();
    const followUps = new FollowUps(runner);
    const asking = (name: string) => async (asks: SteadyRunner) => {
      for (let i = 1; i <= 8; i++) await asks.run([job(`${name}${i}`)]);
    };
    await followUps.begin(asking('behind'), 'background');
    await followUps.begin(asking('first'));
    const rounds: string[][] = [];
    while (!followUps.isEmpty) {
      followUps.handOver();
      rounds.push(runner.asked.splice(0));
      const going = followUps.goOn();
      runner.answerAll();
      await going;
    }
    expect(rounds.slice(0, 8)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((round) =>
        round % 2 === 0 ? [`first${round}`, `behind${round / 2}`] : [`first${round}`],
      ),
    );
    expect(rounds.length).toBe(16);
    expect(rounds.at(-1)).toEqual(['behind8']);
  });

  it('gives urgent tasks some answers at once in a round, and background tasks those that there are turns for', async () => {
    const runner = new SlowRunner();
    const followUps = new FollowUps(runner);
    const asking = (name: string) => async (asks: SteadyRunner) => {
      for (let i = 1; i <= 30; i++) await asks.run([job(`${name}${i}`)]);
    };
    await followUps.begin(asking('urgent'), 'urgent');
    await followUps.begin(asking('behind'), 'background');
    followUps.handOver();
    expect(runner.asked.splice(0)).toEqual(['urgent1']);
    const going = followUps.goOn(0, 3);
    const answering = setInterval(() => runner.answerAll(), 1);
    await going;
    clearInterval(answering);
    const [both, alone] = [runner.asked.slice(0, 6), runner.asked.slice(6)];
    expect(both).toEqual(['urgent2', 'behind1', 'urgent3', 'behind2', 'urgent4', 'behind3']);
    expect(alone).toEqual(['urgent5']);
    followUps.handOver();
    expect(runner.asked.slice(-2)).toEqual(['urgent6', 'behind4']);
  });

  it('hands over together what is asked together, aside as well', async () => {
    const runner = new SlowRunner();
    const followUps = new FollowUps(runner);
    let answers = 0;
    const confirming = async ({ aside }: SteadyRunner): Promise<void> => {
      const [, [answer]] = await Promise.all([aside.replace(), aside.run([job('fresh')])]);
      if (answer !== undefined) answers++;
    };
    await followUps.begin(confirming);
    await followUps.begin(confirming);
    followUps.handOver();
    expect(runner.asked).toEqual(['replace', 'aside: fresh', 'replace', 'aside: fresh']);
    const going = followUps.goOn();
    runner.answerAll();
    await going;
    expect(answers).toBe(2);
    expect(followUps.isEmpty).toBe(true);
  });

  it('waits for what a task does besides, and hands on what it throws', async () => {
    const runner = new SlowRunner();
    const followUps = new FollowUps(runner);
    let isOver = false;
    await followUps.begin(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isOver = true;
    });
    expect(isOver).toBe(true);
    await followUps.begin(async (asks) => {
      await asks.run([]);
      throw new RangeError('too deep');
    });
    followUps.handOver();
    const going = followUps.goOn();
    runner.answerAll();
    await expect(going).rejects.toThrow('too deep');
    await expect(followUps.begin(() => Promise.reject(new Error('at once')))).rejects.toThrow('at once');
  });

  it('checks only where its runner does', async () => {
    const runner = new SlowRunner();
    const canCheck: boolean[] = [];
    const look = (asks: SteadyRunner): Promise<void> =>
      Promise.resolve(void canCheck.push(...[asks, asks.aside].map((runner) => runner.check !== undefined)));
    await new FollowUps(runner).begin(look);
    const checking = Object.assign(new SlowRunner(), { check: () => Promise.reject(new Error('no')) });
    await new FollowUps(checking).begin(look);
    expect(canCheck).toEqual([false, false, true, true]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Execution, Job } from '../../../../src/api/execution.js';
import {
  defaultLimits,
  ExecutorClient,
  Stopped,
  type ExecutorLimits,
} from '../../../../src/execute/client/executor-client.js';
import { header } from '../../../../src/share/layout.js';
import { StopRequest } from '../../../../src/share/states.js';
import { FakeExecutors, type Fate, type Saying } from '../../../support/fake-executors.js';
import { refusal } from '../../../support/fakes.js';
import { smallRegion } from '../../../support/regions.js';

type Act = (text: string, say: Saying) => Fate;

/** Accepts the step of any job, after as many microseconds as is the executor's number. */
const accepting: Act = (_, say) => {
  say.step(say.executor);
  say.end();
  return 'goes on';
};

/** A client, and executors of which `act` says what they do with a job of a text; canaries are answered rightly. */
function clientOf(act: Act, limits: Partial<ExecutorLimits> = {}, answersCanary = rightly) {
  const region = smallRegion();
  const notices: string[] = [];
  const executors = new FakeExecutors(region, (job, say) => {
    const [first] = job.steps;
    if (first?.kind === 'declaration') return answersCanary(job, say);
    return act(first?.text ?? '', say);
  });
  const client = new ExecutorClient(region, 0, { ...defaultLimits, ...limits }, (text) => notices.push(text));
  const run = (...texts: readonly string[]): Promise<Execution[]> => client.run(texts.map(job));
  return { region, executors, client, notices, run };
}

/** Of a canary the first declaration is good, all others are bad. */
function rightly({ steps }: Job, say: Saying): Fate {
  steps.forEach((_, index) => say.step(1, index === 0 ? { kind: 'accepted' } : refusal('no')));
  say.end();
  return 'goes on';
}

function job(text: string): Job {
  return { level: 'kernel', steps: [{ kind: 'text', text }], claims: [] };
}

/** The executor that answered, by the microseconds of the first step, and how the execution ended. */
const said = (executions: readonly Execution[]): string[] =>
  executions.map(({ steps, end }) => `${steps[0]?.micros ?? '-'} ${end.kind}`);

const messageOfEnd = ({ end }: Execution): string => ('message' in end ? end.message : '');

describe('an executor that does what it is asked', () => {
  it('gets jobs ahead, and answers each call in order', async () => {
    const { executors, run } = clientOf(accepting);
    const both = await Promise.all([run('a', 'b'), run('c'), run()]);
    expect(both.map(said)).toEqual([['1 finished', '1 finished'], ['1 finished'], []]);
    expect(executors.begun).toEqual(['1 a', '1 b', '1 c']);
    expect(executors.kills).toBe(0);
  });

  it('is replaced when that is asked for, behind what was asked before', async () => {
    const { executors, client, run } = clientOf(accepting);
    const [before, , after] = await Promise.all([run('a'), client.replace(), run('b')]);
    expect([...said(before), ...said(after)]).toEqual(['1 finished', '2 finished']);
    expect([executors.begun, client.restarts]).toEqual([['1 a', '2 b'], 0]);
  });

  it('gets nothing behind a text that may change it', async () => {
    const { executors, client } = clientOf(accepting);
    const text = (content: string): Job => ({ ...job(content), level: 'source' });
    await client.run([text('#eval 1'), text('def a := 1')]);
    expect(executors.begun).toEqual(['1 #eval 1', '2 def a := 1']);
  });

  it('gets no request that has no room, and all others', async () => {
    const { executors, run } = clientOf(accepting);
    const executions = await run('a', 'x'.repeat(100_000), 'b');
    expect(said(executions)).toEqual(['1 finished', '- too-large', '1 finished']);
    expect(executions.map(messageOfEnd)[1]).toMatch(/^a request of 1\d{5} bytes, where \d+ fit$/);
    expect(executors.begun).toEqual(['1 a', '1 b']);
  });
});

describe('a job that ends its executor', () => {
  const dyingAt =
    (text: string, fate: Fate): Act =>
    (asked, say) => {
      if (asked !== text) return accepting(asked, say);
      say.step(say.executor);
      return fate;
    };

  it('keeps what it had finished, and those behind it run on the next one', async () => {
    const { executors, client, run } = clientOf(dyingAt('b', { dies: 11 }));
    const executions = await run('a', 'b', 'c');
    expect(said(executions)).toEqual(['1 finished', '1 crashed', '2 finished']);
    expect(executions[1]).toMatchObject({
      steps: [{ micros: 1 }],
      end: { kind: 'crashed', message: 'the executor ended: killed by signal 11', at: 1 },
    });
    expect([executors.begun, client.restarts, client.killed]).toEqual([['1 a', '1 b', '2 c'], 1, 0]);
  });

  it('fails as its last word says', async () => {
    const { run } = clientOf((text, say) => {
      if (text !== 'b') return accepting(text, say);
      say.lastWord({ kind: 'out-of-memory', message: 'no room' });
      return { dies: 1 << 8 };
    });
    const [failed, next] = await run('b', 'c');
    expect(failed?.end).toEqual({ kind: 'out-of-memory', message: 'no room', at: 0 });
    expect(said([next].flatMap((one) => one ?? []))).toEqual(['2 finished']);
  });

  it('is ended when its time is over', async () => {
    const { executors, client, run } = clientOf(dyingAt('b', 'hangs'), { jobMillis: 150 });
    const executions = await run('a', 'b', 'c');
    expect(said(executions)).toEqual(['1 finished', '1 timeout', '2 finished']);
    expect(executions[1]?.end).toEqual({ kind: 'timeout', message: 'no result after 150 ms', at: 1 });
    expect([executors.kills, client.restarts, client.killed]).toEqual([1, 1, 0]);
  });

  it('fails where what is said of it can not be read', async () => {
    const { executors, run } = clientOf((text, say) => {
      if (text !== 'b') return accepting(text, say);
      say.step(say.executor);
      say.raw(200);
      return 'goes on';
    });
    const executions = await run('a', 'b', 'c');
    expect(said(executions)).toEqual(['1 finished', '1 crashed', '2 finished']);
    expect(executions.map(messageOfEnd)[1]).toBe("a response that can't be read: event 200");
    expect(executors.forks).toBe(2);
  });
});

describe('an executor that is killed from outside', () => {
  const killedAtB =
    (times: number): Act =>
    (text, say) => {
      if (text !== 'b' || say.executor > times) return accepting(text, say);
      say.step(say.executor);
      return { dies: 9 };
    };

  it('is the matter of the machine: its job is run again', async () => {
    const { client, run, notices } = clientOf(killedAtB(1));
    expect(said(await run('a', 'b', 'c'))).toEqual(['1 finished', '2 finished', '2 finished']);
    expect([client.killed, client.restarts]).toEqual([1, 1]);
    expect(notices).toEqual([expect.stringMatching(/^the executor was killed from outside \(SIGKILL; /)]);
  });

  it('twice at one job has that as its outcome', async () => {
    const { client, run } = clientOf(killedAtB(2));
    const executions = await run('a', 'b', 'c');
    expect(said(executions)).toEqual(['1 finished', '2 crashed', '3 finished']);
    expect(executions.map(messageOfEnd)[1]).toBe(
      'the executor ended: killed by signal 9, 2 times, by nobody of ours',
    );
    expect(client.killed).toBe(2);
  });
});

describe('a canary', () => {
  /** The first executors answer it as one does that takes whatever it is given. */
  const wronglyUntil =
    (last: number) =>
    (canary: Job, say: Saying): Fate => {
      if (say.executor > last) return rightly(canary, say);
      canary.steps.forEach(() => say.step(1));
      say.end();
      return 'goes on';
    };

  it('with a wrong answer has what came behind it run again, and what came before it counted as dropped', async () => {
    const { client, run, notices } = clientOf(accepting, { canaryEveryJobs: 2 }, wronglyUntil(1));
    expect(said(await run('a', 'b', 'c'))).toEqual(['1 finished', '1 finished', '2 finished']);
    expect([client.doubted, client.canaries.wrong, client.restarts]).toEqual([2, 1, 1]);
    expect(notices).toEqual([
      expect.stringMatching(/^an executor answered wrongly \(a proof of True for False was accepted\)/),
    ]);
  });

  it('that a fresh executor answers alike is of the Lean, and nothing is dropped', async () => {
    const { client, executors, run, notices } = clientOf(
      accepting,
      { canaryEveryJobs: 2 },
      wronglyUntil(Infinity),
    );
    expect(said(await run('a', 'b', 'c', 'd', 'e'))).toHaveLength(5);
    expect([client.doubted, client.canaries.wrong, executors.forks, notices]).toEqual([0, 0, 2, []]);
  });
});

describe('where there is no executor', () => {
  it('one is asked for again, and the user hears of it', async () => {
    const { executors, run, notices } = clientOf(accepting);
    executors.refusals = 2;
    expect(said(await run('a'))).toEqual(['1 finished']);
    expect(notices).toEqual(['fork: no process for the executor (errno 11); it is tried again']);
  });

  it('a job whose executors end before they begin it is given up', async () => {
    const { executors, run } = clientOf(accepting);
    executors.stillborn = 11;
    await expect(run('a')).rejects.toThrow('3 executors ended: the executor ended: killed by signal 11');
    expect([executors.forks, executors.begun]).toEqual([3, []]);
    executors.stillborn = undefined;
    expect(said(await run('b'))).toEqual(['4 finished']);
  });

  it('nothing is waited for when the campaign is to end at once', async () => {
    const { region, executors, run } = clientOf((text, say) => {
      if (text !== 'b') return accepting(text, say);
      region.store(header.stop, StopRequest.now);
      return 'hangs';
    });
    const [first, second] = await Promise.allSettled([run('a', 'b'), run('c')]);
    const reasons = [first, second].map((one) => (one.status === 'rejected' ? (one.reason as unknown) : ''));
    expect(reasons).toEqual([expect.any(Stopped), expect.any(Stopped)]);
    expect(executors.begun).toEqual(['1 a', '1 b']);
  });
});

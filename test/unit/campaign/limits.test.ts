import { describe, expect, it } from 'vitest';
import type { StopReason } from '../../../src/api/campaign.js';
import { Limits } from '../../../src/campaign/limits.js';
import { SharedLimits } from '../../../src/campaign/sync/shared-limits.js';

type Options = ConstructorParameters<typeof Limits>[0];

/** A campaign of one of two machines, whose clock a test sets. */
function campaignOf(options: Partial<Options>, isShared = true) {
  const state = {
    now: 1_000_000,
    candidates: 0,
    solutions: 0,
    isNew: false,
    limit: Infinity,
    isExhausted: false,
  };
  const notices: string[] = [];
  const limits = new SharedLimits(
    'the place',
    { candidates: () => state.candidates, notice: (text) => notices.push(text) },
    options.syncLimits === 'all',
    () => state.now,
  );
  limits.begin();
  const abort = new AbortController();
  const ends = new Limits({ stopOnSolution: 'off', syncLimits: 'own', ...options }, abort.signal, {
    work: {
      limitTo: (runs) => (state.limit = runs),
      get exhausted() {
        return state.isExhausted;
      },
    },
    sync: isShared
      ? {
          limits,
          reach: (reason: StopReason) => {
            if (reason !== 'signal') limits.reach(reason, 'one-1');
          },
        }
      : undefined,
    elapsedSeconds: () => (state.now - 1_000_000) / 1000,
    solutions: () => state.solutions,
    hasNewSolution: () => state.isNew,
  });
  return { state, notices, limits, ends, abort };
}

describe('limits of one machine', () => {
  it.each([false, true])('are its time, its runs, its solutions and its user (shared: %s)', (isShared) => {
    const { state, ends, abort, notices } = campaignOf({ timeMillis: 5000, stopOnSolution: 'new' }, isShared);
    expect(ends.reasonToStop()).toBeUndefined();
    state.solutions = 1;
    expect(ends.reasonToStop()).toBeUndefined();
    state.isNew = true;
    expect(ends.reasonToStop()).toBe('solution');
    state.now += 5000;
    expect(ends.reasonToStop()).toBe('time');
    state.isExhausted = true;
    abort.abort();
    expect(ends.reasonToStop()).toBe('signal');
    expect(notices).toEqual([]);
  });

  it('do not hang on what others have done, nor on when they end; one line says that they have', () => {
    const { state, ends, limits, notices } = campaignOf({ timeMillis: 5000, runs: 10 });
    const end = { reason: 'time', machine: 'other-1' } as const;
    limits.take([{ machine: 'other-1', candidates: 100, seconds: 4000, end }], 'one-1', true);
    expect([ends.reasonToStop(), state.limit]).toEqual([undefined, Infinity]);
    expect(notices).toEqual([
      'the place: the campaign is over already: its time is up, said other-1; this machine goes on, its limits are its own (--sync-limits)',
    ]);
  });
});

describe('limits of all machines', () => {
  it('count the time in which any machine took part, by no clock that two of them would have to share', () => {
    const { state, ends, limits, notices } = campaignOf({ timeMillis: 60_000, syncLimits: 'all' });
    limits.take([{ machine: 'other-1', candidates: 0, seconds: 50 }], 'one-1', true);
    expect(ends.reasonToStop()).toBeUndefined();
    state.now += 6000;
    expect(limits.own('one-1', 0).seconds).toBe(56);
    // One that is behind does not turn it back.
    limits.take([{ machine: 'other-1', candidates: 0, seconds: 51 }], 'one-1', false);
    state.now += 4000;
    expect(ends.reasonToStop()).toBe('time');
    expect(notices).toEqual(['the place: the campaign ends for all machines: its time is up']);
    expect(limits.own('one-1', 0).end).toEqual({ reason: 'time', machine: 'one-1' });
  });

  it('leave to this machine the candidates that the others, and its own earlier runs, have not made', () => {
    const { state, ends, limits } = campaignOf({ runs: 100, syncLimits: 'all' });
    ends.reasonToStop();
    expect(state.limit).toBe(100);
    // It began with none, and its campaign is older than its part in this one by none.
    expect(limits.own('one-1', -20).candidates).toBe(20);
    limits.take(
      [
        { machine: 'other-1', candidates: 30, seconds: 1 },
        { machine: 'one-1', candidates: 20, seconds: 1 },
        { machine: 'other-2', candidates: 5, seconds: 1 },
      ],
      'one-1',
      true,
    );
    ends.reasonToStop();
    expect(state.limit).toBe(45);
  });

  it('end with the campaign, for the reason that another machine gives', () => {
    const { ends, limits, notices } = campaignOf({ syncLimits: 'all' });
    limits.take([{ machine: 'other-1', candidates: 1, seconds: 1 }], 'one-1', true);
    expect(ends.reasonToStop()).toBeUndefined();
    const end = { reason: 'solution', machine: 'other-1' } as const;
    limits.take([{ machine: 'other-2', candidates: 1, seconds: 1, end }], 'one-1', false);
    expect([ends.reasonToStop(), ends.reasonToStop()]).toEqual(['solution', 'solution']);
    expect(notices).toEqual([
      'the place: the campaign is over for all machines: a proof of False was found, said other-1; this machine ends, too',
    ]);
    // Who hears of it from this machine hears who has said so.
    expect(limits.own('one-1', 0).end).toEqual(end);
  });

  it('a machine that comes after the end is told so', () => {
    const { ends, limits, notices } = campaignOf({ syncLimits: 'all' });
    const end = { reason: 'runs', machine: 'one-1' } as const;
    limits.take([{ machine: 'one-1', candidates: 1, seconds: 1, end }], 'one-1', true);
    expect(ends.reasonToStop()).toBe('runs');
    expect(notices).toEqual([
      'the place: the campaign is over already: all of its candidates are made, said this machine; this machine ends; another name or folder begins another campaign',
    ]);
  });

  it('a user who ends one machine ends no other', () => {
    const { ends, limits, abort } = campaignOf({ syncLimits: 'all' });
    abort.abort();
    expect(ends.reasonToStop()).toBe('signal');
    expect(limits.own('one-1', 0).end).toBeUndefined();
  });
});

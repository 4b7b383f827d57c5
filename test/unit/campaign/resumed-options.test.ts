import { describe, expect, it } from 'vitest';
import { keptOptions, resumedOptions } from '../../../src/campaign/resumed-options.js';
import { fillOptions, type GivenOptions } from '../../../src/options/fill-options.js';
import { UserError } from '../../../src/util/errors.js';

const kept = keptOptions(
  fillOptions({ level: 'kernel', depth: 20, seed: 7, mutators: ['/a/m.mjs'], lean: '/lean' }),
);

/** What is gone on with where these are named, and what is said of it. */
function resumed(named: GivenOptions, stored = kept) {
  const names = new Map(Object.keys(named).map((key) => [key, `--${key}`]));
  const notices: string[] = [];
  const options = resumedOptions(stored, fillOptions(named), names, (text) => notices.push(text));
  return { options, notices };
}

describe('a campaign that is resumed', () => {
  it('goes on with what it had', () => {
    const { options, notices } = resumed({ cores: 2 });
    expect(options).toMatchObject({
      ...{ level: 'kernel', depth: 20, seed: 7, mutators: ['/a/m.mjs'], lean: '/lean' },
      cores: 2,
    });
    expect(notices).toEqual([]);
  });

  it('takes another value that is named, and says so', () => {
    const { options, notices } = resumed({ depth: 5, level: 'kernel' });
    expect(options).toMatchObject({ depth: 5, level: 'kernel' });
    expect(notices).toEqual(['--depth is 5 from now on; this campaign had 20']);
  });

  it('keeps its seed, its target and its planted bug', () => {
    expect(() => resumed({ seed: 8 })).toThrow(
      '--seed: got "8", expected 7, as the campaign that is resumed has it',
    );
    expect(() => resumed({ target: 'lake', level: 'source' })).toThrow('--target: got "lake"');
    expect(resumed({ seed: 7 }).options.seed).toBe(7);
  });

  it('refuses what does not go with what it had', () => {
    const ofLake = keptOptions(fillOptions({ target: 'lake' }));
    expect(() => resumed({ level: 'kernel' }, ofLake)).toThrow('--level: got "kernel"');
    expect(resumed({}, ofLake).options).toMatchObject({ target: 'lake', jobMillis: 120_000 });
  });

  it.each(['{', '7', '{"depth":"deep"}', '{"level":"all"}'])('is refused where it kept %s', (stored) => {
    const read = () => resumed({}, stored);
    expect(read).toThrow(UserError);
    expect(read).toThrow('"options" of the campaign\'s database');
  });
});

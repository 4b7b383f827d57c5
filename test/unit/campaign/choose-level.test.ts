import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Lean } from '../../../src/api/lean.js';
import { chooseLevel, type MutatorLevels } from '../../../src/campaign/choose-level.js';
import { neverAborted } from '../../../src/campaign/stop.js';
import { embeddedLean } from '../../../src/execute/embedded/package-files.js';
import { fillOptions, type GivenOptions } from '../../../src/options/fill-options.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const native: Lean = {
  ...{ kind: 'native', name: 'mine', root: '/l', path: '/l/libleanshared.so', libraries: ['/l/none.so'] },
  ...{ libraryFolder: '/l', version: '4.35.0', githash: '', hash: '0', hasOleans: true },
};

afterEach(() => vi.unstubAllEnvs());

/** The level that runs, what is said of it, and the level for which a Lean was chosen. */
async function settled(given: GivenOptions, lean: Lean = embeddedLean(), mutators: MutatorLevels[] = []) {
  const notices: string[] = [];
  let chosenFor = '';
  const choose = (level: string): Promise<Lean> => {
    chosenFor = level;
    return Promise.resolve(lean);
  };
  const { level } = await chooseLevel(
    fillOptions(given),
    mutators,
    choose,
    (text) => notices.push(text),
    neverAborted,
  );
  return { level, notices, chosenFor };
}

describe('the level of a campaign for which nobody named one', () => {
  it('is both, of which nothing is said, on a Lean that was chosen as it is', async () => {
    expect(await settled({})).toEqual({ level: 'both', notices: [], chosenFor: 'kernel' });
    expect(await settled({}, native)).toMatchObject({ level: 'both', notices: [] });
  });

  it("is the one that the user's files are for, and says so in a line", async () => {
    const source: MutatorLevels = { file: 'source.mjs', levels: ['source'] };
    const kernel: MutatorLevels = { file: 'kernel.mjs', levels: ['kernel'] };
    expect(await settled({ grammar: 'g.json' })).toEqual({
      ...{ level: 'source', chosenFor: 'source' },
      notices: ['level source runs: grammar g.json is for no other; --level both runs the other beside it'],
    });
    expect(await settled({}, embeddedLean(), [kernel])).toMatchObject({ level: 'kernel' });
    expect((await settled({ grammar: 'g.json' }, native, [source])).notices).toEqual([
      'level source runs: grammar g.json, mutator source.mjs are for no other; --level both runs the other beside it',
    ]);
    for (const mutators of [[source, kernel], [{ file: 'm', levels: ['source', 'kernel'] as const }]])
      expect(await settled({}, embeddedLean(), mutators)).toMatchObject({ level: 'both', notices: [] });
    expect(await settled({ grammar: 'g.json', against: ['embedded'] })).toMatchObject({ level: 'both' });
  });

  it('is source on the Lake target', async () => {
    const notices = ['level source runs: the Lake target has no other'];
    expect(await settled({ target: 'lake' })).toMatchObject({ level: 'source', notices });
  });

  it('is kernel on a Lean whose source level was never tried, or that can not compile what it needs', async () => {
    expect(await settled({}, { ...native, version: '4.30.0' })).toMatchObject({
      level: 'kernel',
      notices: ['level kernel runs, and not both: source level was tried from Lean 4.35.0 on'],
    });
    vi.stubEnv('LEAN_FUZZ_CACHE', temporaryFolder());
    const { level, notices } = await settled({}, { ...native, hasOleans: false });
    expect(level).toBe('kernel');
    expect(notices).toEqual([
      expect.stringMatching(/^level kernel runs, and not both: native Lean \(mine\): it can't compile/),
    ]);
  });
});

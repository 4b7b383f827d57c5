import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, vi } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { CustomMutators } from '../../src/generate/custom/custom-mutators.js';
import { unitOfText } from '../../src/generate/text/units-of-text.js';
import { check, judge, minimize, replay, report, runCampaign } from '../../src/index.js';
import { asModule } from '../../src/library/as-module.js';
import { packageRoot } from '../../src/util/package.js';
import { Random } from '../../src/util/random.js';
import { kernelSolution } from '../support/finding-folders.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { wrongBuild } from '../support/wrong-build.js';

const native = await nativeLean('the example of the library');

describe('the library', () => {
  it.skipIf(native === undefined)(
    'does what its example says: a finding as it comes, again, and the report',
    async () => {
      const folder = join(temporaryFolder(), 'campaign');
      const example = join(packageRoot, 'examples', 'library.mjs');
      const args = [example, wrongBuild(native as NativeLean), folder];
      const ended = await execa(process.execPath, args, { cwd: temporaryFolder(), reject: false });
      expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
      const [finding, again, last, own] = ended.stdout.split('\n');
      expect(finding).toMatch(/^(lead|solution): .+ \((new|[^)]+)\)$/);
      expect(again).toBe('replayed 2 times: stable');
      expect(last).toMatch(/^[1-9]\d* findings on Lean \d/);
      expect(own).toMatch(/^the mutator had a part in \d+ candidates$/);
    },
  );

  it('runs the hooks of a mutator that is an object, in a thread as those of a file', () => {
    const first = unitOfText('theorem one : True := trivial');
    const mutator = {
      ...{ name: 'said-twice', havocProbability: 1 },
      havoc: ({ units }: { readonly units: readonly object[] }) => [
        ...units,
        'theorem two : True := trivial',
      ],
      describe() {
        return this.name;
      },
    };
    const heard: string[] = [];
    const events = { notice: (text: string) => heard.push(text), refused: () => heard.push('refused') };
    const custom = new CustomMutators([asModule('mutators[0]', mutator)], 1, events);
    const finished = custom.finish('source', [first], Random.of(1), 'x');
    expect(finished).toMatchObject({ changes: [{ mutator: 'custom:said-twice', words: 'said-twice' }] });
    expect(finished !== 'veto' && finished.units.flatMap(({ declares }) => declares)).toEqual(['one', 'two']);
    expect(custom.stop()).toEqual(['mutator said-twice: 1 calls, 0 failed, 0 results refused']);
    expect(heard).toEqual([]);
  });

  it('makes a finding smaller, and says what it did', async () => {
    const folder = kernelSolution(temporaryFolder());
    const smaller = await minimize(folder, { cores: 1, timeMillis: 5000 });
    expect(smaller).toMatchObject({ kind: 'accepts', finding: { verdict: { kind: 'solution' } } });
  });

  it('checks a file of declarations', async () => {
    const file = join(temporaryFolder(), 'file.ndjson');
    writeFileSync(file, 'no export\n');
    expect((await check(file)).answer.kind).toBe('refuses');
    await expect(check('/no/file')).rejects.toThrow('file: got "/no/file", expected a file that can be read');
    await expect(check(file, { as: 'new' })).rejects.toThrow('as: got "new", expected a release of Lean');
  });

  it('leaves the environment as it is, and takes no option from there', async () => {
    vi.stubEnv('LEAN_FUZZ_SYNC', 'redis://u:secret@host');
    vi.stubEnv('LEAN_FUZZ_DEPTH', 'deep');
    const refused = runCampaign({ lean: '/no/lean', campaignFolder: join(temporaryFolder(), 'campaign') });
    await expect(refused).rejects.toThrow('lean: got "/no/lean"');
    expect(process.env['LEAN_FUZZ_SYNC']).toBe('redis://u:secret@host');
    vi.unstubAllEnvs();
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['judge', () => judge('', { lean: '/no/lean' }), 'lean: got "/no/lean"'],
    ['judge', () => judge('', { jobMillis: 0 }), 'jobMillis: got "0", expected a number from 1'],
    [
      'judge',
      () => judge('', { timeout: 5 } as never),
      'option: got "timeout", expected one of lean, jobMillis',
    ],
    ['replay', () => replay('/no/finding'), '/no/finding: no finding'],
    ['replay', () => replay('/no/finding', { times: 0 }), 'times: got "0", expected a number from 1 to 1000'],
    ['minimize', () => minimize('/no/finding'), '/no/finding: no finding'],
    ['report', () => report('/no/campaign'), 'expected a folder with a campaign.sqlite'],
    [
      'runCampaign',
      () => runCampaign({ mutators: [{ name: 'bound', mutate: (() => undefined).bind(null) }] }),
      'expected a function whose source can be written',
    ],
  ])('%s refuses what can’t be in one line', async (_, act, message) => {
    await expect(act()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message) as string,
    });
  });
});

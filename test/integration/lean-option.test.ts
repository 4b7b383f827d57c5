import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LeanIdentity } from '../../src/api/lean.js';
import { CampaignDatabase } from '../../src/store/database.js';
import { readCampaign } from '../../src/store/read-campaign.js';
import { Running } from '../support/campaign.js';
import { fetchedLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = fetchedLean('campaigns on a real Lean 4.35.0') ?? '';

/** Runs the command in an empty folder, whose home has no elan. */
async function run(args: readonly string[], folder = temporaryFolder()) {
  const running = new Running(args, {
    cwd: folder,
    environment: { HOME: folder, ELAN_HOME: join(folder, '.elan') },
  });
  return { ...(await running.ended), lines: running.lines, folder };
}

describe('--lean', () => {
  it('refuses in one line what is no Lean, and leaves nothing behind', async () => {
    const { code, stderr, folder } = await run(['--lean', 'v4.1.0', '--campaign', 'c']);
    expect(stderr).toBe('lean-fuzz: --lean: got "v4.1.0", expected one of embedded, auto, or a folder\n');
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'c'))).toBe(false);
  });

  it('refuses settings of elan that can not be read where auto asks for them', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.elan'));
    writeFileSync(join(folder, '.elan/settings.toml'), 'default_toolchain = ');
    const { code, stderr } = await run(['--campaign', 'c'], folder);
    expect(stderr).toMatch(
      /^lean-fuzz: .*settings\.toml: got "[^\n]*", expected a TOML file that can be read\n$/,
    );
    expect(code).toBe(78);
    expect(existsSync(join(folder, 'c'))).toBe(false);
  });
});

describe.skipIf(native === '')('a campaign on a native Lean', () => {
  const kernel = [
    '--level',
    'kernel',
    '--cores',
    '1',
    '--runs',
    '40',
    '--campaign',
    'c',
    '--no-confirm',
    '--json',
  ];

  it('says which Lean ran, keeps it, and is not resumed on another', async () => {
    const { code, stderr, lines, folder } = await run(['--lean', native, ...kernel]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const started = lines.find(({ type }) => type === 'started')?.['lean'] as LeanIdentity;
    expect(started).toMatchObject({
      ...{ kind: 'native', version: '4.35.0', githash: 'eb6cafb7290e8bd5f2937522d8d804f58f02bafc' },
      hash: 'efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4',
    });
    expect(readCampaign(join(folder, 'c')).lean).toEqual(started);
    const other = await run(['--lean', 'embedded', ...kernel], folder);
    expect(other.stderr).toMatch(
      /^lean-fuzz: \S*c: got "a campaign on Lean 4\.35\.0 [^\n]*", expected one on Lean 4\.28\.0 [^\n]*\n$/,
    );
    expect(other.code).toBe(78);
    expect((await run(['--lean', join(native, 'lib', 'lean'), ...kernel], folder)).code).toBe(0);
    // A campaign may be anybody's: a library that it names is not loaded for that alone.
    const database = CampaignDatabase.open(join(folder, 'c', 'campaign.sqlite'));
    const strange = { ...started, path: '/home/stranger/libleanshared.so', hash: '0'.repeat(64) };
    database.setValue('lean', JSON.stringify(strange));
    database.close();
    for (const args of [kernel, ['regress', 'c']]) {
      const resumed = await run(args, folder);
      expect(resumed.stderr).toMatch(
        /^lean-fuzz: [^\n]*c: got "4\.35\.0 [^\n]*\/home\/stranger\/[^\n]*", expected a Lean that is known here[^\n]*\n$/,
      );
      expect(resumed.code).toBe(78);
    }
  });

  it('runs at source level, too', async () => {
    const { code, stderr, lines } = await run(['--lean', native, ...kernel.with(1, 'source')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(lines.find(({ type }) => type === 'summary')).toMatchObject({ stoppedBy: 'runs', crashes: 0 });
  });
});

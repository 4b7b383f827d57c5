import { describe, expect, it } from 'vitest';
import type { CampaignOptions } from '../../../../src/api/campaign.js';
import type { Lean } from '../../../../src/api/lean.js';
import { deskOptionsOf } from '../../../../src/campaign/opinions/desk-options.js';
import { neverAborted } from '../../../../src/campaign/stop.js';
import { fillOptions } from '../../../../src/options/fill-options.js';

const lean: Lean = {
  kind: 'embedded',
  name: 'embedded',
  version: '4.28.0',
  githash: '0',
  path: '/lean.wasm',
  hash: '0',
};
const options: CampaignOptions = fillOptions({
  level: 'source',
  against: ['4.35.0'],
  checkers: ['a=exit 0'],
});

describe('deskOptionsOf, at source level', () => {
  const asked = (given: ReadonlyMap<string, string>, notices: string[] = []): Promise<unknown> =>
    deskOptionsOf(
      options,
      lean,
      false,
      { given, settings: new Map() },
      (text) => notices.push(text),
      neverAborted,
    );

  it.each([
    ['against', '--against: got "4.35.0", expected --level kernel or both'],
    ['checkers', '--checkers: got "a=exit 0", expected --level kernel or both'],
  ])('refuses %s where it is named', async (key, message) => {
    const given = new Map([key, 'level'].map((name) => [name, `--${name}`]));
    await expect(asked(given)).rejects.toThrow(message);
  });

  it('asks nobody, and says so, where a campaign that is resumed has kept them', async () => {
    const notices: string[] = [];
    expect(await asked(new Map([['level', '--level']]), notices)).toBeUndefined();
    expect(notices).toEqual([expect.stringContaining('not asked')]);
  });
});

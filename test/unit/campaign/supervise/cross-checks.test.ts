import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CrossChecks } from '../../../../src/campaign/supervise/cross-checks.js';
import { defaultCampaignOptions } from '../../../../src/options/fill-options.js';
import { packageRoot } from '../../../../src/util/package.js';
import { descendantsOf, eventually } from '../../../support/processes.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('the native crossChecks', () => {
  it('stops while its template is being built, however long that takes', async () => {
    const folder = temporaryFolder();
    cpSync(join(packageRoot, 'template'), join(folder, 'template'), { recursive: true });
    const lake = join(folder, 'lake');
    writeFileSync(
      lake,
      '#!/bin/sh\n[ "$1 $2" = "env lean" ] && echo "Lean (version 4.28.0)" && exit\nexec sleep 3000\n',
    );
    chmodSync(lake, 0o755);
    const options = { ...defaultCampaignOptions, template: join(folder, 'template'), lake };
    const notices: string[] = [];
    const before = descendantsOf(process.pid).map(({ pid }) => pid);
    const mine = (): number[] =>
      descendantsOf(process.pid)
        .map(({ pid }) => pid)
        .filter((pid) => !before.includes(pid));
    const crossChecks = new CrossChecks(options, (text) => notices.push(text));
    crossChecks.add(folder);
    await eventually('the template is being built', () => mine().length >= 3);
    await crossChecks.stop();
    await eventually('nothing is left', () => mine().length === 0);
    await crossChecks.answered();
    expect(notices).toEqual([]);
  });
});

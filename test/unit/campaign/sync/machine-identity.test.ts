import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { machineName } from '../../../../src/api/machine.js';
import { machineOf, renameMachine, runOfMachine } from '../../../../src/campaign/sync/machine-identity.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

function databaseOf(): CampaignDatabase {
  const database = CampaignDatabase.open(join(temporaryFolder(), 'campaign.sqlite'));
  onTestFinished(() => database.close());
  return database;
}

describe('a machine', () => {
  it('is called the same as long as its campaign folder is, and no two are called alike', () => {
    const [one, other] = [databaseOf(), databaseOf()];
    expect(machineOf(one)).toEqual(machineOf(one));
    expect(machineOf(one).machine).toMatch(machineName);
    expect(machineOf(one)).not.toEqual(machineOf(other));
    const renamed = renameMachine(one);
    expect(machineOf(one)).toEqual(renamed);
    expect(renamed).not.toEqual(machineOf(other));
  });

  it('has candidates that no other machine has; those of an unshared campaign stay as they are', () => {
    expect(runOfMachine(12, 0)).toBe(12);
    const run = runOfMachine(12, 131_071);
    expect(run).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    expect(runOfMachine(run, 131_071)).toBe(run);
    expect(runOfMachine(run + 1, 3) - runOfMachine(run, 3)).toBe(1);
    expect(runOfMachine(run, 0)).toBe(12);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CampaignListener, CampaignOptions, Summary } from '../../../src/api/campaign.js';
import { JoinHost } from '../../../src/campaign/join/host.js';
import type { CampaignParts } from '../../../src/campaign/campaign-parts.js';
import { Campaign } from '../../../src/campaign/primary.js';
import type { PoolEvents, Workers } from '../../../src/campaign/supervise/worker-pool.js';
import type { TargetHost } from '../../../src/campaign/supervise/target-host.js';
import { defaultCampaignOptions } from '../../../src/options/fill-options.js';
import { encodeFinding } from '../../../src/share/entry-codec.js';
import type { SharedRegion } from '../../../src/share/region.js';
import { CampaignDatabase } from '../../../src/store/database.js';
import { outputObject } from '../../../src/report/json/line-schema.js';
import { Workdir } from '../../../src/store/workdir.js';
import { finding } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A test's stand-in for the workers: called when Lean is ready. */
type Work = (region: SharedRegion, events: PoolEvents) => void;

/** A campaign whose Lean and workers are made up; its folder, region and database are real. */
async function campaignOf(options: Partial<CampaignOptions>, work: Work, boot?: () => Promise<never>) {
  const workdir = new Workdir(join(temporaryFolder(), 'c'));
  workdir.open();
  const database = CampaignDatabase.open(workdir.database);
  const inOrder = new AbortController();
  const heard: string[] = [];
  const listener: CampaignListener = {
    started: () => heard.push('started'),
    finding: ({ verdict }) => heard.push(`finding ${verdict.kind}`),
    notice: (text) => heard.push(text),
    finished: () => heard.push('finished'),
  };
  const filled = { ...defaultCampaignOptions, cores: 1, seed: 7, knownSignatures: [], ...options };
  const guests = await JoinHost.open(workdir, filled, listener);
  let begin = (): void => undefined;
  const target: TargetHost = {
    ...{
      lean: embedded,
      isCore: false,
      limits: undefined,
      lake: null,
      grow: () => undefined,
      leave: () => undefined,
      watched: undefined,
      crossCheck: (_, folder) => heard.push(`cross-check ${folder}`),
    },
    boot: async () => {
      if (boot !== undefined) return boot();
      begin();
      return Promise.resolve([]);
    },
    crossChecked: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const startPool: CampaignParts['startPool'] = (region, _, events): Workers => {
    begin = () => work(region, events);
    return {
      add: () => ({ workers: [0], retire: () => Promise.resolve() }),
      ...{
        freeSlots: [1],
        workers: [0],
        workerMillis: (from, to) => to - from,
        isAlive: () => true,
        watched: [],
      },
      send: (worker, { type }) => heard.push(`${type} to ${worker}`),
      sendAll: ({ type }) => heard.push(`${type} to all`),
      stop: () => Promise.resolve(),
    };
  };
  onTestFinished(() => {
    database.close();
    workdir.close();
  });
  const solutionsFolder = join(workdir.folder, 's');
  const stop = { signal: inOrder.signal, now: new AbortController().signal };
  const campaign = new Campaign({
    ...{
      options: filled,
      target,
      solutionsFolder,
      workdir,
      database,
      guests,
      stop,
      startPool,
      desk: undefined,
      blocks: 0,
    },
  });
  const run = async (): Promise<Summary> => {
    try {
      return await campaign.run();
    } finally {
      await guests.end();
    }
  };
  return { run, heard, workdir, database, abort: () => inOrder.abort(), inOrder };
}

describe('the primary', () => {
  it('ends when its time is over, keeps its summary, and tells it', async () => {
    const { run, heard, workdir, database } = await campaignOf({ timeMillis: 1 }, (region) =>
      region.addCounter(0, 'tests', 5),
    );
    const summary = await run();
    expect(summary).toMatchObject({ stoppedBy: 'time', tests: 5, seed: 7, corpus: 0, solutionFolders: [] });
    expect(heard).toEqual(['started', 'finished']);
    expect(JSON.parse(readFileSync(workdir.summary, 'utf8'))).toEqual(outputObject('summary', summary));
    expect(database.getValue('seed')).toBe('7');
    expect(JSON.parse(database.getValue('totals') ?? '')).toMatchObject({ tests: 5 });
  });

  it('stores a solution, has it cross-checked, and stops where it was to', async () => {
    const { run, heard } = await campaignOf({ stopOnSolution: 'any' }, (region) =>
      region.findingsLog(0).publish(encodeFinding(finding())),
    );
    const summary = await run();
    expect(summary).toMatchObject({ stoppedBy: 'solution', newSolutions: 1 });
    const [folder = ''] = summary.solutionFolders;
    expect(heard).toEqual(['started', 'finding solution', `cross-check ${folder}`, 'finished']);
  });

  it('answers and counts what workers say', async () => {
    const { run, heard } = await campaignOf({ timeMillis: 1 }, (_, events) => {
      events.message(0, { type: 'catch-up' });
      events.message(0, { type: 'notice', text: 'so' });
      events.message(0, { type: 'unlooked', constants: 2 });
      events.message(0, { type: 'unlooked', constants: 1 });
      events.replaced(0, 'SIGSEGV', 4);
    });
    expect(await run()).toMatchObject({ stoppedBy: 'time', unlooked: 3 });
    expect(heard).toEqual([
      'entries to 0',
      'worker 0: so',
      'worker 0 ended (SIGSEGV) and was replaced; 4 work items reopened',
      ...['started', 'finished'],
    ]);
  });

  it('fails with what its workers fail with, and keeps what was counted', async () => {
    const { run, heard, database } = await campaignOf({}, (region, events) => {
      region.addCounter(0, 'tests', 3);
      events.failed(new Error('no processes'));
    });
    await expect(run()).rejects.toThrow('no processes');
    expect(heard).toEqual(['started']);
    expect(JSON.parse(database.getValue('totals') ?? '')).toMatchObject({ tests: 3 });
  });

  it('ends by a signal, while it runs and while Lean boots', async () => {
    const running = await campaignOf({}, () => running.abort());
    expect(await running.run()).toMatchObject({ stoppedBy: 'signal' });
    const booting = await campaignOf(
      {},
      () => undefined,
      () => {
        booting.abort();
        return Promise.reject(booting.inOrder.signal.reason as Error);
      },
    );
    expect(await booting.run()).toMatchObject({ stoppedBy: 'signal', candidates: 0 });
    expect(booting.heard).toEqual(['finished']);
  });

  it('throws what a boot fails with', async () => {
    const { run } = await campaignOf(
      {},
      () => undefined,
      () => Promise.reject(new Error('no Lean')),
    );
    await expect(run()).rejects.toThrow('no Lean');
  });
});

import { describe, expect, it } from 'vitest';
import type { ToPrimary } from '../../../src/campaign/message-protocol.js';
import type { Outbox } from '../../../src/campaign/outbox.js';
import { WorkerLogs } from '../../../src/campaign/worker-logs.js';
import { Stopped } from '../../../src/execute/client/executor-client.js';
import type { SharedRegion } from '../../../src/share/region.js';
import { StopRequest } from '../../../src/share/states.js';
import { entry, finding } from '../../support/fakes.js';

/** Logs that hold payloads up to a size; that of findings is full for the first so many tries. */
function newLogs(maxPayload: number, fullFor = 0, stop = StopRequest.run as number) {
  const published: string[] = [];
  const sent: ToPrimary['type'][] = [];
  let tries = 0;
  const region = {
    corpusLog: () => ({ maxPayload, publish: () => published.push('entry') > 0 }),
    findingsLog: () => ({
      maxPayload,
      publish: () => ++tries > fullFor && published.push('finding') > 0,
    }),
    load: () => stop,
  };
  const outbox: Pick<Outbox, 'send' | 'flush'> = {
    send: ({ type }) => void sent.push(type),
    flush: () => Promise.resolve(),
  };
  const logs = new WorkerLogs(region as unknown as SharedRegion, 0, outbox as Outbox);
  return { logs, published, sent };
}

describe("a worker's logs", () => {
  it('hold what fits, and messages the rest', async () => {
    for (const [maxPayload, way] of [
      [1 << 20, 'published'],
      [8, 'sent'],
    ] as const) {
      const all = newLogs(maxPayload);
      await all.logs.sendEntry(entry());
      await all.logs.sendFinding(finding());
      expect(all[way]).toEqual(['entry', 'finding']);
      expect([...all.published, ...all.sent]).toHaveLength(2);
    }
  });

  it('lose no finding while they are full', async () => {
    const { logs, published } = newLogs(1 << 20, 3);
    await logs.sendFinding(finding());
    expect(published).toEqual(['finding']);
  });

  it('do not wait for room where the campaign ends at once', async () => {
    const { logs } = newLogs(1 << 20, Infinity, StopRequest.now);
    await expect(logs.sendFinding(finding())).rejects.toThrow(Stopped);
  });
});

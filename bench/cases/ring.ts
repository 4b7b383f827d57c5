import { closeSync } from 'node:fs';
import { header } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import type { BenchCase } from '../case.js';
import { startOnRegion } from '../region-child.js';

const entryBytes = 300;
/** Waits of a millisecond in a row without an entry, after which the writer is taken for dead. */
const maxIdleWaits = 10_000;

/** The findings log, because it loses nothing: every entry that was written has to arrive. */
export const ring: BenchCase = {
  name: 'ring',
  about: `entries of ${entryBytes} bytes through a log ring between two processes`,
  async run({ quick }) {
    const entries = quick ? 100_000 : 500_000;
    const samples: number[] = [];
    for (let repeat = 0; repeat < (quick ? 3 : 7); repeat++) samples.push(await perSecond(entries));
    return [{ name: 'entries', samples, unit: '1/s', goal: { atLeast: 300_000 } }];
  },
};

async function perSecond(entries: number): Promise<number> {
  const region = SharedRegion.create({ workers: 1 });
  try {
    const writer = await startOnRegion('log-writer.js', region, entries, entryBytes);
    const log = region.findingsLog(0);
    writer.send('go');
    let startedAt = 0;
    let idle = 0;
    for (let received = 0; received < entries;) {
      if (log.read() === undefined) {
        if (++idle > maxIdleWaits) throw new Error('the writer fell silent');
        // Short against the time that the log takes to fill, so that the writer is not held up.
        region.native.wait(header.primary_bell, region.load(header.primary_bell), 1);
        continue;
      }
      idle = 0;
      if (received++ === 0) startedAt = performance.now();
      log.acknowledge();
    }
    return entries / ((performance.now() - startedAt) / 1000);
  } finally {
    closeSync(region.fd);
  }
}

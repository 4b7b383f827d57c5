import { closeSync } from 'node:fs';
import { SharedRegion } from '../../src/share/region.js';
import type { BenchCase } from '../case.js';
import { startOnRegion } from '../region-child.js';

/** About what a small response is. */
const requestBytes = 200;
/** Until both sides run compiled code. */
const warmUpTrips = 500;

export const mailbox: BenchCase = {
  name: 'mailbox',
  about: 'request and response between two processes, waiting as workers do and on the thread itself',
  async run({ quick }) {
    const trips = quick ? 2000 : 20_000;
    const region = SharedRegion.create({ workers: 1 });
    const echo = await startOnRegion('mailbox-echo.js', region, process.pid);
    try {
      const blocking: number[] = [];
      const asynchronous: number[] = [];
      for (let trip = -warmUpTrips; trip < trips; trip++) {
        const waited = await roundTrip(region, false);
        const awaited = await roundTrip(region, true);
        if (trip < 0) continue;
        blocking.push(waited);
        asynchronous.push(awaited);
      }
      const goal = { atMost: 40 };
      return [
        { name: 'round trip, blocking wait', samples: blocking, unit: 'us', goal },
        { name: 'round trip, wait of a worker', samples: asynchronous, unit: 'us', goal },
      ];
    } finally {
      echo.kill('SIGKILL');
      closeSync(region.fd);
    }
  },
};

const request = Buffer.alloc(requestBytes, 1);
let jobs = 0;
const response = Buffer.alloc(4 << 20);

/** Microseconds. */
async function roundTrip(region: SharedRegion, asynchronous: boolean): Promise<number> {
  const box = region.mailbox(0);
  const bell = region.mailboxBell(0);
  const startedAt = performance.now();
  box.post(++jobs, request);
  for (let taken = 0; taken < requestBytes;) {
    const rung = region.load(bell);
    const length = box.takeResponse(response);
    taken += length;
    if (length > 0) continue;
    if (asynchronous) await region.native.waitAsync(bell, rung, 200);
    else region.native.wait(bell, rung, 200);
  }
  return (performance.now() - startedAt) * 1000;
}

import { header, mailbox, workerSlot } from '../../src/share/layout.js';
import { LiveRegion } from '../support/live-region.js';
import { moment, type LiveFault } from './fault-kind.js';

/** Faults of what the processes share, and of the time that they see. */
export const memoryFaults: readonly LiveFault[] = [
  {
    // Whatever it says: that it goes on or ends with one line is what is promised.
    ...{ name: 'garbage in the shared memory', weight: 5, when: 'running', harms: 'counters', mayEnd: /./ },
    inject: async ({ running, random }) => {
      let region: LiveRegion;
      try {
        region = new LiveRegion(running.pid);
      } catch {
        return false; // it has just ended
      }
      const [slots = 0, log = 0, box = 0] = [header.slots_at, header.work_at, header.mailboxes_at].map((at) =>
        region.word(at),
      );
      const places = [
        [0, workerSlot.size],
        [slots, workerSlot.size * 2],
        [log, 1 << 17],
        [box, mailbox.size + (1 << 12)],
      ] as const;
      for (let words = random.between(1, 30); words > 0 && !running.hasEnded; words--) {
        const [at, size] = random.pick(places);
        region.spoil(at + random.below(size >> 2) * 4, random);
        await moment(random, 20);
      }
      region.close();
      return true;
    },
  },
  {
    ...{ name: 'jump of the wall clock', weight: 5, when: 'running', needs: 'clock' },
    inject: ({ clock, random }) => {
      clock?.jump(random.between(-10_000_000, 10_000_000), 0);
      return true;
    },
  },
  {
    ...{ name: 'jump of the steady clock', weight: 3, when: 'running', needs: 'clock' },
    inject: ({ clock, random }) => {
      clock?.jump(0, random.between(1, 30));
      return true;
    },
  },
];

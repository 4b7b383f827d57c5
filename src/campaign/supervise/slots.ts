import { availableParallelism } from 'node:os';
import type { SharedRegion } from '../../share/region.js';
import { optionTable } from '../../options/option-table.js';

/** Slots that are kept free for guests on a small machine: a few terminals with all of its cores each. */
const minSpareSlots = 16;
/** More than a worker has in hand and what waits for it (TicketPlan.lag). */
const workItemsPerSlot = 32;
const minWorkItems = 256;

/** The most workers for which two executors each have areas of the usual size within the region's bounds. */
const maxUsual = 150;

/**
 * The shared region of a campaign with so many workers of its own. It has free slots for those of guests, two for
 * each CPU and at least 16, as far as the region's bounds allow. A slot that nobody uses costs two pages of memory.
 * `blocks` of the kernel's code are watched. Logs and mailboxes of very many workers are half as large each.
 */
export function regionSizes(cores: number, blocks: number): Parameters<typeof SharedRegion.create>[0] {
  const spare = Math.max(minSpareSlots, 2 * availableParallelism());
  const workers = Math.min(cores + spare, optionTable.cores.kind.form.high);
  const workCapacity = Math.max(minWorkItems, workers * workItemsPerSlot);
  const usual = { workers, executors: 2 * workers, workCapacity, blocks };
  const small = {
    corpusBytes: 1 << 19,
    findingsBytes: 1 << 20,
    requestBytes: 1 << 19,
    responseBytes: 2 << 20,
  };
  return workers <= maxUsual ? usual : { ...usual, ...small };
}

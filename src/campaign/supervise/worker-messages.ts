import type { CampaignDatabase } from '../../store/database.js';
import { never } from '../../util/errors.js';
import type { ToPrimary } from '../message-protocol.js';
import type { CampaignRecord } from '../record.js';
import type { Collector } from './collector.js';
import type { SyncLoop } from '../sync/sync-loop.js';
import type { ErrorLog } from './error-log.js';
import type { OpinionDesk } from './opinion-desk.js';
import type { Rest } from './rest.js';
import type { Workers } from './worker-pool.js';

/** Entries that a starting worker, or one that was lapped, gets from the store. */
const catchUpEntries = 2000;

/** Who takes what workers say. */
export interface MessageTakers {
  readonly pool: Workers;
  readonly database: CampaignDatabase;
  readonly collector: Collector;
  readonly errors: ErrorLog;
  readonly record: CampaignRecord;
  readonly desk: OpinionDesk | undefined;
  readonly sync: Pick<SyncLoop, 'exhausted' | 'addExhausted'> | undefined;
  /** Workers get their own entries only. */
  readonly isolated: boolean;
  elapsedSeconds(): number;
  nextToShrink(): ReturnType<Rest['next']>;
  trace(line: string): void;
  notice(text: string): void;
}

/** Hands on what a worker says. What is thrown is the machine's trouble; then the message can be taken again. */
export function takeMessage(takers: MessageTakers, worker: number, message: ToPrimary): void {
  const { pool, database, collector, errors, record, desk } = takers;
  switch (message.type) {
    case 'catch-up': {
      const entries = database.newestEntries(catchUpEntries, takers.isolated ? worker : null);
      pool.send(worker, { type: 'entries', entries });
      const leads = takers.sync?.exhausted ?? [];
      if (leads.length > 0) pool.send(worker, { type: 'exhausted', leads });
      return;
    }
    case 'entry':
      return collector.takeEntry(message.bytes);
    case 'finding':
      return collector.takeFinding(message.bytes);
    case 'next finding':
      return pool.send(worker, { type: 'finding', finding: takers.nextToShrink() });
    case 'error':
      return errors.add(message.error);
    case 'yields':
      return record.addYields(message.yields);
    case 'exhausted':
      return takers.sync?.addExhausted(message.leads);
    case 'unlooked':
      return record.addUnlooked(message.constants);
    case 'questions':
      return desk?.ask(message.questions);
    case 'blocks':
      return record.addBlocks(message.run, message.firsts, takers.elapsedSeconds());
    case 'notice':
      return takers.notice(`worker ${worker}: ${message.text}`);
    case 'trace':
      return takers.trace(message.line);
    case 'rows':
      return record.addRows(message.rows);
    case 'fatal':
      return; // the pool reports it as a failure
    default:
      return never(message);
  }
}

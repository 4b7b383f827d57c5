import { progressText, readProgress, type Progress } from '../progress.js';
import type { Connection } from './connection.js';
import type { Keys } from './keys.js';
import { pairsOf } from './replies.js';

/** What all machines have done, as far as an engine's hash says it. */
export async function readAllProgress(connection: Connection, keys: Keys): Promise<Progress[]> {
  const [all] = await connection.ask([['HGETALL', keys.progress]]);
  return progressIn(all);
}

/** The same, and then puts a machine's own there. */
export async function putProgress(connection: Connection, keys: Keys, own: Progress): Promise<Progress[]> {
  const [all] = await connection.ask([
    ['HGETALL', keys.progress],
    ['HSET', keys.progress, own.machine, progressText(own)],
  ]);
  return progressIn(all);
}

function progressIn(reply: unknown): Progress[] {
  return [...pairsOf(reply)].flatMap(([machine, text]) => readProgress(machine, text.toString('utf8')) ?? []);
}

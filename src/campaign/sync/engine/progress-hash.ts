import { progressText, readProgress, type Progress } from '../progress.js';
import type { Connection } from './connection.js';
import type { Keys } from './keys.js';
import { numberOf, pairsOf } from './replies.js';

/** More machines than that are none of a campaign, and nobody's memory is filled with them. */
const maxMachines = 10_000;

/** The progress of all machines, as an engine's hash says it; none where it has more than `maxMachines`. */
export async function readAllProgress(connection: Connection, keys: Keys): Promise<Progress[]> {
  const [count] = await connection.ask([['HLEN', keys.progress]]);
  if (numberOf(count) > maxMachines) return [];
  const [all] = await connection.ask([['HGETALL', keys.progress]]);
  return progressIn(all);
}

/** The same, and then puts a machine's own there. */
export async function putProgress(connection: Connection, keys: Keys, own: Progress): Promise<Progress[]> {
  const all = await readAllProgress(connection, keys);
  await connection.ask([['HSET', keys.progress, own.machine, progressText(own)]]);
  return all;
}

function progressIn(reply: unknown): Progress[] {
  return [...pairsOf(reply)].flatMap(([machine, text]) => readProgress(machine, text.toString('utf8')) ?? []);
}

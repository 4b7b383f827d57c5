import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { MachineResult } from './machines.js';

interface Row {
  readonly id: string;
  readonly seconds: number;
  readonly machine: string | null;
}

/**
 * Milliseconds from when an entry stood in the database of the machine that found it until it stood in that of the last
 * machine which took it, for each entry that at least one took.
 */
export function latencies(machines: readonly MachineResult[]): number[] {
  const found = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { folder, startedAt } of machines)
    for (const { id, seconds, machine } of rowsOf(folder)) {
      const at = startedAt + seconds * 1000;
      if (machine === null) found.set(id, Math.min(at, found.get(id) ?? Infinity));
      else last.set(id, Math.max(at, last.get(id) ?? 0));
    }
  return [...last].flatMap(([id, at]) => {
    const since = found.get(id);
    return since === undefined ? [] : [at - since];
  });
}

function rowsOf(folder: string): Row[] {
  const database = new Database(join(folder, 'campaign.sqlite'), { readonly: true });
  try {
    return database.prepare('SELECT id, elapsed_seconds AS seconds, machine FROM corpus').all() as Row[];
  } finally {
    database.close();
  }
}

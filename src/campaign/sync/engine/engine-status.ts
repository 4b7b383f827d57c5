import type { SeenMachine } from '../../../api/machine.js';
import type { EngineAddress } from '../../../util/engine-address.js';
import type { SharedEnd } from '../progress.js';
import { Connection } from './connection.js';
import { keysOf } from './keys.js';
import { readReports } from './machine-reports.js';
import { readAllProgress } from './progress-hash.js';
import { listOf, numberOf, optionalText } from './replies.js';

/** A campaign as an engine has it. */
export interface EngineStatus {
  /** Of the campaign that is there; undefined where there is none. */
  readonly format: string | undefined;
  /** The machine that was the first, and the version of lean-fuzz that it had. */
  readonly began: string | undefined;
  readonly packageVersion: string | undefined;
  readonly machines: readonly SeenMachine[];
  /** How many were shared, smaller forms included. */
  readonly findings: number;
  /** Entries that are kept for machines that come late, and their bytes. */
  readonly entries: number;
  readonly entryBytes: number;
  /** Candidates of all machines. */
  readonly candidates: number;
  /** Seconds in which any machine took part. */
  readonly fuzzedSeconds: number;
  /** Why the campaign is over for all machines, and which of them has said so; null where it is not. */
  readonly end: SharedEnd | null;
}

/** How a shared campaign stands, without taking part in it. TransportTrouble where that can't be known. */
export async function readEngine(address: EngineAddress): Promise<EngineStatus> {
  const connection = new Connection(address);
  const keys = keysOf(address.campaign);
  try {
    await connection.open();
    const [fields, findings, kept, bytes] = await connection.ask([
      ['HMGET', keys.about, 'format', 'began', 'version'],
      ['XLEN', keys.findings],
      ['HLEN', keys.kept],
      ['GET', keys.keptBytes],
    ]);
    const progress = await readAllProgress(connection, keys);
    const [format, began, packageVersion] = listOf(fields).map(optionalText);
    return {
      ...{ format, began, packageVersion, machines: await readReports(connection, keys, false) },
      ...{ findings: numberOf(findings), entries: numberOf(kept), entryBytes: numberOf(bytes) },
      candidates: progress.reduce((sum, one) => sum + one.candidates, 0),
      fuzzedSeconds: Math.max(0, ...progress.map(({ seconds }) => seconds)),
      end: progress.find(({ end }) => end !== undefined)?.end ?? null,
    };
  } finally {
    connection.close();
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { machineName } from '../../api/machine.js';
import type { CampaignDatabase } from '../../store/database.js';

/**
 * Numbers of candidates of one machine: the machine's own number stands above them, and both fit the whole numbers of
 * JavaScript. The machine 0 is the one of a campaign that nobody shares.
 */
const runsPerMachine = 2 ** 36;
const machineNumbers = 2 ** 17;

/** The machine that a campaign's folder is to others. */
export interface MachineIdentity {
  readonly machine: string;
  /** Stands in the numbers of its candidates, so that no two machines make the same ones. */
  readonly number: number;
}

const key = 'machine';

/** The name that a campaign has among machines: the same as long as its folder is. */
export function machineOf(
  database: Pick<CampaignDatabase, 'getValue' | 'setValue' | 'identity'>,
): MachineIdentity {
  const stored = database.getValue(key);
  if (stored !== undefined && machineName.test(stored)) return identityOf(stored);
  return rename(database, database.identity);
}

/** Gives a campaign another name, where another machine has its own. */
export function renameMachine(database: Pick<CampaignDatabase, 'setValue'>): MachineIdentity {
  return rename(database, randomUUID());
}

function rename(database: Pick<CampaignDatabase, 'setValue'>, unique: string): MachineIdentity {
  const host = hostname()
    .replace(/[^\w-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 40);
  const digits = createHash('sha256').update(unique).digest('hex').slice(0, 8);
  const machine = `${host === '' ? 'machine' : host}-${digits}`;
  database.setValue(key, machine);
  return identityOf(machine);
}

function identityOf(machine: string): MachineIdentity {
  const hash = createHash('sha256').update(machine).digest().readUInt32LE(0);
  return { machine, number: 1 + (hash % (machineNumbers - 1)) };
}

/** A candidate's number among those of a machine. */
export function runOfMachine(run: number, number: number): number {
  return number * runsPerMachine + (run % runsPerMachine);
}

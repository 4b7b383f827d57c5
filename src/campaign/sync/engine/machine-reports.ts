import {
  machineName,
  readMachineReport,
  type MachineReport,
  type SeenMachine,
} from '../../../api/machine.js';
import type { Command, Connection } from './connection.js';
import type { Keys } from './keys.js';
import { listOf, numberOf, optionalText, pairsOf, textOf } from './replies.js';

/** Milliseconds after which a machine's report expires. */
const reportMillis = 60_000;
/** Machines that are looked at, and how many at once. */
const maxMachines = 5_000;
const machinesAtOnce = 256;

const texts: readonly string[] = [
  ...['machine', 'session', 'host', 'state', 'packageVersion', 'lean', 'kernel', 'level'],
];

/** Puts a machine's report in the place of the one before; returns the session of that. */
export async function putReport(
  connection: Connection,
  keys: Keys,
  report: MachineReport,
): Promise<string | undefined> {
  const key = keys.machine(report.machine);
  const fields = Object.entries(report).flatMap(([name, value]) => [name, String(value)]);
  const [before] = await connection.together([
    ['HGET', key, 'session'],
    ['HSET', key, ...fields],
    ['PEXPIRE', key, String(reportMillis)],
    ['SADD', keys.machines, report.machine],
  ]);
  return optionalText(before);
}

/** The reports that have not expired. The names of those that have are taken away, where this machine may write. */
export async function readReports(
  connection: Connection,
  keys: Keys,
  mayWrite: boolean,
): Promise<SeenMachine[]> {
  const [members] = await connection.ask([['SMEMBERS', keys.machines]]);
  const names = listOf(members)
    .map(textOf)
    .filter((name) => machineName.test(name))
    .slice(0, maxMachines);
  const found: SeenMachine[] = [];
  for (let from = 0; from < names.length; from += machinesAtOnce) {
    const part = names.slice(from, from + machinesAtOnce);
    const answers = await connection.ask(
      part.flatMap((name): Command[] => [
        ['HGETALL', keys.machine(name)],
        ['PTTL', keys.machine(name)],
      ]),
    );
    const expired = part.filter((name, index) => {
      const report = reportIn(pairsOf(answers[2 * index]));
      const left = numberOf(answers[2 * index + 1]);
      // The engine counts down the time for all: nobody's clock matters.
      const age = left < 0 ? {} : { secondsAgo: Math.max(0, reportMillis - left) / 1000 };
      if (report?.machine === name) found.push({ report, ...age });
      return left === -2;
    });
    if (expired.length > 0 && mayWrite) await connection.ask([['SREM', keys.machines, ...expired]]);
  }
  return found;
}

/** The report that a hash holds; undefined where it holds none. */
function reportIn(fields: ReadonlyMap<string, Buffer>): MachineReport | undefined {
  const values = [...fields].map(([key, value]) => {
    const text = value.toString('utf8');
    return [key, texts.includes(key) ? text : Number(text)] as const;
  });
  return readMachineReport(Object.fromEntries(values));
}

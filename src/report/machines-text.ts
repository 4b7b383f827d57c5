import type { SeenMachine } from '../api/machine.js';
import { duration } from './format.js';

/** Machines that have a line each; the others are counted. */
const shownMachines = 16;

/** The machines of a campaign, for people: those that run first, the fastest of them in front. */
export function machineLines(machines: readonly SeenMachine[]): string[] {
  if (machines.length === 0) return [];
  const rank = ({ report }: SeenMachine): number => (report.state === 'running' ? report.testsPerMinute : -1);
  const sorted = [...machines].sort((one, other) => rank(other) - rank(one));
  const running = sorted.filter(({ report }) => report.state === 'running');
  const tests = running.reduce((sum, { report }) => sum + report.testsPerMinute, 0);
  const hidden = sorted.length - shownMachines;
  return [
    `machines ${machines.length} (${running.length} running, ${tests} tests/min together)`,
    ...sorted.slice(0, shownMachines).map(machineLine),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
  ];
}

function machineLine({ report, secondsAgo }: SeenMachine): string {
  const { machine, host, state, cores, testsPerMinute, lean, level } = report;
  const seen =
    state === 'ended' ? 'ended' : secondsAgo === undefined ? 'running' : `seen ${duration(secondsAgo)} ago`;
  return (
    `  ${machine} on ${host}: ${seen}, cores ${cores}, ${testsPerMinute} tests/min, Lean ${lean}, level ${level}, ` +
    `corpus ${report.corpus}, features ${report.features}, leads ${report.leads}, solutions ${report.solutions}`
  );
}

/** A campaign that machines share by an engine, for people. */
export function engineLines(shared: {
  readonly place: string;
  readonly began: string;
  readonly machines: readonly SeenMachine[];
  readonly findings: number;
  readonly entries: number;
  readonly entryBytes: number;
  readonly candidates: number;
  readonly fuzzedSeconds: number;
  readonly end: { readonly reason: string; readonly machine: string } | null;
}): string[] {
  const { place, began, machines, findings, entries, entryBytes, candidates, fuzzedSeconds, end } = shared;
  return [
    `${place}: begun by ${began}`,
    `fuzzed for ${duration(fuzzedSeconds)}, candidates ${candidates} of all machines` +
      (end === null ? '' : `; over for all: stopped by ${end.reason}, said ${end.machine}`),
    `findings shared ${findings}, entries kept ${entries} (${(entryBytes / 2 ** 20).toFixed(1)} MiB)`,
    ...(machines.length === 0 ? ['no machine has been seen in the last minute'] : machineLines(machines)),
  ];
}

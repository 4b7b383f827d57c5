import type { MachineCounts, MachineReport, SeenMachine } from '../../api/machine.js';

/** Machines that are taken in, and others that are shown one by one. */
const maxMachines = 10_000;
const shownMachines = 16;

/** All machines as they were seen last. */
export class SeenMachines {
  private machines: readonly SeenMachine[] = [];
  private seenAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes a new look, and returns what of it is kept. */
  take(machines: readonly SeenMachine[]): readonly SeenMachine[] {
    [this.machines, this.seenAt] = [machines.slice(0, maxMachines), this.now()];
    return this.machines;
  }

  /** The other machines that are running, together; findings of those that have ended, too. */
  counts(own: string, isAway: boolean): MachineCounts {
    const others = this.machines.filter(({ report }) => report.machine !== own);
    const reports = others.map(({ report }) => report);
    const running = reports.filter(({ state }) => state === 'running');
    const sum = (of: readonly MachineReport[], key: 'testsPerMinute' | 'leads' | 'solutions'): number =>
      of.reduce((total, report) => total + report[key], 0);
    return {
      ...{ others: running.length, testsPerMinute: sum(running, 'testsPerMinute') },
      ...{ leads: sum(reports, 'leads'), solutions: sum(reports, 'solutions'), isAway },
      seen: [...others]
        .sort((one, other) => rank(other.report) - rank(one.report))
        .slice(0, shownMachines)
        .map((one) => this.shown(one)),
    };
  }

  private shown({ report, secondsAgo }: SeenMachine): MachineCounts['seen'][number] {
    const { machine, host, state, cores, testsPerMinute, leads, solutions } = report;
    const since = (this.now() - this.seenAt) / 1000;
    return {
      ...{ machine, host, state, cores, testsPerMinute, leads, solutions },
      ...(secondsAgo === undefined ? {} : { secondsAgo: Math.round(secondsAgo + since) }),
    };
  }
}

/** Those that run come first, the fastest in front. */
function rank({ state, testsPerMinute }: MachineReport): number {
  return state === 'running' ? testsPerMinute : -1;
}

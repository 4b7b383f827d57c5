import type { Random } from '../../src/util/random.js';
import type { Running } from '../support/campaign.js';
import { moment, type LiveFault, type LiveScene } from './fault-kind.js';

type Role = 'worker' | 'executor' | 'zygote' | 'primary';

function processesOf(running: Running, role: Role): readonly number[] {
  if (role === 'primary') return [running.pid];
  const { workers, executors, zygote } = running.family();
  return { worker: workers, executor: executors, zygote }[role];
}

/** Sends a signal to one of them; false where there is none, or it has just ended. */
function send(random: Random, pids: readonly number[], signal: NodeJS.Signals): number | undefined {
  if (pids.length === 0) return undefined;
  const pid = random.pick(pids);
  try {
    process.kill(pid, signal);
    return pid;
  } catch {
    return undefined;
  }
}

function resume(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It was ended meanwhile, as one that stands still for too long is.
  }
}

const signals: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGKILL', 'SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGTERM'];

/** The words with which a campaign gives up because a role dies again and again. */
const givesUp: Record<Exclude<Role, 'primary'>, RegExp> = {
  worker: /died \d+ times in a row at start/,
  executor: /executors ended|no process/,
  zygote: /zygote: ended 3 times without serving a fork/,
};

function killing(role: Exclude<Role, 'primary'>, weight: number): LiveFault {
  return {
    ...{ name: `kill ${role}`, weight, when: 'running', mayEnd: givesUp[role] },
    inject: ({ running, random }) =>
      send(random, processesOf(running, role), random.pick(signals)) !== undefined,
  };
}

/** Stopped for a moment, or for as long as it takes to be noticed. */
function stopping(role: Role, weight: number, leastMillis: number, mostMillis: number): LiveFault {
  const longer = leastMillis > 0 ? ' for long' : '';
  return {
    ...{ name: `stop ${role}${longer}`, weight, when: 'running' },
    ...(role === 'primary' ? {} : { mayEnd: givesUp[role] }),
    inject: async ({ running, random }: LiveScene) => {
      const pid = send(random, processesOf(running, role), 'SIGSTOP');
      if (pid === undefined) return false;
      await new Promise((resolve) => setTimeout(resolve, leastMillis));
      await moment(random, mostMillis - leastMillis);
      resume(pid);
      return true;
    },
  };
}

export const processFaults: readonly LiveFault[] = [
  killing('worker', 10),
  killing('executor', 14),
  killing('zygote', 8),
  stopping('worker', 6, 0, 1500),
  stopping('executor', 6, 0, 1500),
  stopping('zygote', 6, 0, 1500),
  stopping('primary', 6, 0, 1500),
  stopping('worker', 1, 9000, 11_000),
  stopping('zygote', 1, 9000, 11_000),
  stopping('primary', 0.5, 9000, 11_000),
];

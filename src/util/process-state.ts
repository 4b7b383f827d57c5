import { readdirSync, readFileSync } from 'node:fs';
import { UserError } from './errors.js';

/** The state and the processor time of a process, as the system has them. */
export interface Activity {
  /** As proc(5) has it: R, S, T, ...; nothing where it is gone. */
  readonly state: string;
  /** Processor time that it has had. */
  readonly processorMillis: number;
}

/** Ticks of /proc in a second: the same on every Linux. */
const ticksPerSecond = 100;
/** Milliseconds for which somebody who is waited for may be stopped, and how often it is looked. */
const stoppedPatienceMillis = 8000;
const lookMillis = 500;

export function activityOf(pid: number): Activity {
  return activityIn(`/proc/${pid}`);
}

/** The same of a process whose first thread may only wait for the others: it runs where any of them does. */
export function activityOfThreads(pid: number): Activity {
  const activity = activityOf(pid);
  if (activity.state !== 'S') return activity;
  try {
    const isAnyRunning = readdirSync(`/proc/${pid}/task`).some(
      (thread) => activityIn(`/proc/${pid}/task/${thread}`).state === 'R',
    );
    return isAnyRunning ? { ...activity, state: 'R' } : activity;
  } catch {
    return activity;
  }
}

function activityIn(folder: string): Activity {
  try {
    const stat = readFileSync(`${folder}/stat`, 'utf8');
    // Behind the name, which stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { state: fields[0] ?? '', processorMillis: (ticks * 1000) / ticksPerSecond };
  } catch {
    return { state: '', processorMillis: 0 };
  }
}

/** Whether a state is that of a process that was stopped: by SIGSTOP, a terminal, a debugger. */
export function isStopped(state: string): boolean {
  return state === 'T' || state === 't';
}

/**
 * The result of a process's work; UserError where the process is stopped for 8 s first, and one that says what ended it
 * where it ends first. `what` is its name, `doing` what it was at.
 */
export async function unlessLost<T>(
  { what, doing, pid, ended }: { what: string; doing: string; pid: number; ended?: Promise<string> },
  work: Promise<T>,
): Promise<T> {
  let stoppedMillis = 0;
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<never>((_, reject) => {
    void ended?.then((how) => reject(new UserError(`${what}: its process ended (${how}) while ${doing}`)));
    timer = setInterval(() => {
      stoppedMillis = isStopped(activityOf(pid).state) ? stoppedMillis + lookMillis : 0;
      if (stoppedMillis >= stoppedPatienceMillis)
        reject(new UserError(`${what}: its process was stopped (SIGSTOP) while ${doing}`));
    }, lookMillis);
  });
  // Nobody may be left to hear how the other one ended.
  work.catch(() => undefined);
  lost.catch(() => undefined);
  try {
    return await Promise.race([work, lost]);
  } finally {
    clearInterval(timer);
  }
}

import { readFileSync } from 'node:fs';
import type { Running } from '../support/campaign.js';
import { commandOf, descendantsOf, livingProcess } from '../support/processes.js';

/** Lines of output that are told. */
const newest = 6;

/** A campaign that does not do what it should: what it said last, and what each of its processes is at. */
export function portraitOf(running: Running): string {
  const own = livingProcess(running.pid);
  const processes = [...(own === undefined ? [] : [own]), ...descendantsOf(running.pid)];
  return [
    ...running.lines.slice(-newest).map((line) => JSON.stringify(line).slice(0, 300)),
    ...processes.map(({ pid, parent, state }) => {
      const [waits, name] = [textOf(pid, 'wchan'), commandOf(pid).split('{')[0] ?? ''];
      return `${pid} of ${parent}: ${state}, waits in ${waits}, ${ticksOf(pid)} ticks, ${name.slice(-120)}`;
    }),
  ].join('\n    ');
}

/** Processor time that a process has had. */
function ticksOf(pid: number): number {
  const stat = textOf(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function textOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

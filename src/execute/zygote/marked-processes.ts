import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { pause } from '../../util/until-aborted.js';

const variable = 'LEAN_FUZZ_STARTED_BY';
/** How often it is looked, at most, whether one that was killed has left others. */
const maxRounds = 50;

/**
 * A mark in the environment of a process, which all that it starts have too, whoever their parent is by then: a library
 * may start processes while it is loaded, in sessions of their own.
 */
export class ProcessMark {
  private readonly value = randomUUID();
  readonly environment: Readonly<Record<string, string>> = { [variable]: this.value };

  /** Ends all processes with the mark; resolves when none is left. */
  async endAll(): Promise<void> {
    for (let round = 0; round < maxRounds; round++) {
      const left = await this.processes();
      if (left.length === 0) return;
      left.forEach(kill);
      await pause(round);
    }
  }

  private async processes(): Promise<number[]> {
    const names = await readdir('/proc').catch(() => []);
    const marked: number[] = [];
    // One after the other: there may be more of them than descriptors.
    for (const name of names)
      if (/^[0-9]+$/.test(name) && (await this.isOn(Number(name)))) marked.push(Number(name));
    return marked;
  }

  /** Of other users' processes, and of dead ones, nothing is to be read. */
  private async isOn(pid: number): Promise<boolean> {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    return environment.split('\0').includes(`${variable}=${this.value}`);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended of itself.
  }
}

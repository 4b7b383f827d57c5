import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { messageOf } from '../../src/util/errors.js';

/** Runs a command of the system; what it says of a failure is thrown. */
function run(...command: readonly string[]): void {
  execFileSync(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
}

/** Whether networks of a test's own can be made here; where not, one line says so. */
export function mayMakeNamespaces(tests: string): boolean {
  const name = `lf-try-${process.pid}`;
  try {
    run('ip', 'netns', 'add', name);
    run('ip', 'netns', 'exec', name, 'true');
    return true;
  } catch (error) {
    console.warn(
      `LEFT OUT: ${tests}: no network namespaces can be made (${messageOf(error).split('\n')[0]})`,
    );
    return false;
  } finally {
    try {
      run('ip', 'netns', 'delete', name);
    } catch {
      // there was none
    }
  }
}

/** A network of its own that one link joins to this one; it goes away with the test. */
export class Namespace {
  /** Addresses of this side of the link, and of the one in there. */
  readonly host: string;
  readonly inside: string;
  private readonly name: string;
  private readonly link: string;

  constructor(number: number) {
    const own = process.pid % 60;
    [this.name, this.link] = [`lf-${process.pid}-${number}`, `lf${process.pid}h${number}`];
    [this.host, this.inside] = [`10.213.${own}.${4 * number + 1}`, `10.213.${own}.${4 * number + 2}`];
    const there = `lf${process.pid}n${number}`;
    onTestFinished(() => run('ip', 'netns', 'delete', this.name));
    run('ip', 'netns', 'add', this.name);
    run('ip', 'link', 'add', this.link, 'type', 'veth', 'peer', 'name', there, 'netns', this.name);
    run('ip', 'address', 'add', `${this.host}/30`, 'dev', this.link);
    run('ip', 'link', 'set', this.link, 'up');
    run('ip', '-n', this.name, 'address', 'add', `${this.inside}/30`, 'dev', there);
    for (const device of ['lo', there]) run('ip', '-n', this.name, 'link', 'set', device, 'up');
  }

  /** Words to put before a command to run it in there. */
  get within(): string[] {
    return ['ip', 'netns', 'exec', this.name];
  }

  /** Cuts the link: nothing comes through, and nobody is told. */
  cut(): void {
    run('ip', 'link', 'set', this.link, 'down');
  }

  mend(): void {
    run('ip', 'link', 'set', this.link, 'up');
  }

  /** Has everything take longer; false where the system can't. */
  delay(millis: number): boolean {
    try {
      run('tc', 'qdisc', 'add', 'dev', this.link, 'root', 'netem', 'delay', `${millis}ms`);
      return true;
    } catch {
      return false;
    }
  }
}

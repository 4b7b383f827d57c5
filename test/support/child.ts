import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SharedRegion } from '../../src/share/region.js';
import { packageRoot } from '../../src/util/package.js';

/** Descriptor under which the scripts in support/children find the shared region. */
export const regionFd = 4;

/** Another process that has the shared region, running one of the scripts in support/children. */
export class Child {
  private readonly messages: unknown[] = [];
  private readonly waiting: (() => void)[] = [];
  /** Resolves with the signal that ended it, or null. */
  readonly ended: Promise<NodeJS.Signals | null>;
  hasEnded = false;

  private constructor(
    private readonly script: string,
    private readonly process: ChildProcess,
  ) {
    process.on('message', (message) => {
      this.messages.push(message);
      this.wake();
    });
    this.ended = new Promise((resolve) => {
      process.on('exit', (_, signal) => {
        this.hasEnded = true;
        this.wake();
        resolve(signal);
      });
    });
  }

  /** Starts a script; whatever happens, it ends with the test. */
  static start(script: string, region: SharedRegion, ...args: (string | number)[]): Child {
    const path = join(packageRoot, 'test/support/children', script);
    const process = spawn(globalThis.process.execPath, [path, ...args.map(String)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', region.fd],
    });
    const child = new Child(script, process);
    onTestFinished(() => void process.kill('SIGKILL'));
    return child;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  send(message: object): void {
    this.process.send(message);
  }

  /** The next message that it sends; an Error where it ends without one. */
  async next<T>(): Promise<T> {
    while (this.messages.length === 0) {
      if (this.hasEnded) throw new Error(`${this.script} ended without the message that was expected`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.messages.shift() as T;
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  private wake(): void {
    this.waiting.splice(0).forEach((resolve) => resolve());
  }
}

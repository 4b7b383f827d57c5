import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { messageOf } from '../../util/errors.js';
import { entryPoint } from '../../util/package.js';
import { shownOn } from '../../util/user-output.js';
import type { Ready, Reply, Request, ThreadData } from './protocol.js';

/** Limits of a mutator's thread. */
export interface MutatorLimits {
  /** Wall-clock milliseconds of one call. */
  readonly callMillis: number;
  /** Wall-clock milliseconds until the module is loaded and `init` has returned. */
  readonly startMillis: number;
  /** MiB of JavaScript heap; buffers outside of it may take as much again. */
  readonly memoryMiB: number;
}
export const defaultMutatorLimits: MutatorLimits = { callMillis: 1000, startMillis: 10_000, memoryMiB: 256 };

/** How often the worker looks at its memory while it waits for a reply. */
const sliceMillis = 50;

/** Why a call gave nothing: the mutator's fault, whatever it was. */
export class MutatorFailure extends Error {
  override readonly name = 'MutatorFailure';
}

interface Running {
  readonly thread: Worker;
  readonly port: MessagePort;
  readonly counter: Int32Array;
}

/**
 * The thread of one custom mutator. Calls wait for their reply, because generation does, but never for longer than
 * the limit: a thread that loops, hoards memory or exits is thrown away, and the next call starts a new one.
 */
export class MutatorHost {
  private running: Running | undefined;
  private ready: Ready | undefined;

  constructor(
    readonly file: string,
    private readonly seed: number | null,
    private readonly limits: MutatorLimits = defaultMutatorLimits,
  ) {}

  /** The description of the module. Throws MutatorFailure where it can't be loaded, or takes too long. */
  describe(): Ready {
    if (this.running === undefined) this.start();
    if (this.ready === undefined) throw new Error('a thread runs that is not ready');
    return this.ready;
  }

  /** Calls a hook. Throws MutatorFailure for whatever goes wrong in it. */
  call(request: Request): Exclude<Reply, { type: 'failed' | 'ready' }> {
    this.describe();
    const reply = this.receive(this.limits.callMillis, (port) => port.postMessage(request));
    if (reply.type === 'ready') throw this.failed('it answered out of turn');
    return reply;
  }

  /** Ends the thread; `deinit` gets its call. */
  stop(): void {
    try {
      if (this.running !== undefined && this.seed !== null) this.call({ hook: 'deinit' });
    } finally {
      this.end();
    }
  }

  private start(): void {
    const { port1: port, port2 } = new MessageChannel();
    const replies = new SharedArrayBuffer(4);
    const data: ThreadData = { file: this.file, seed: this.seed, port: port2, replies, shownOn: shownOn() };
    const thread = new Worker(entryPoint('generate/custom/mutator-thread.js'), {
      workerData: data,
      transferList: [port2],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.limits.memoryMiB },
    });
    // The end of a thread is noticed by the call that waits for it.
    thread.on('error', () => undefined);
    thread.unref();
    port.unref();
    this.running = { thread, port, counter: new Int32Array(replies) };
    const reply = this.receive(this.limits.startMillis, () => undefined);
    if (reply.type !== 'ready') throw this.failed('it answered out of turn');
    this.ready = reply;
  }

  /** Sends something and waits for the one reply to it. */
  private receive(millis: number, send: (port: MessagePort) => void): Exclude<Reply, { type: 'failed' }> {
    const { port, counter } = this.running ?? never();
    const before = Atomics.load(counter, 0);
    const memory = process.memoryUsage.rss();
    try {
      send(port);
    } catch (error) {
      throw this.failed(messageOf(error));
    }
    for (const deadline = performance.now() + millis; Atomics.load(counter, 0) === before;) {
      Atomics.wait(counter, 0, before, sliceMillis);
      if (Atomics.load(counter, 0) !== before) break;
      if (performance.now() > deadline) throw this.failed(`no answer within ${millis} ms`);
      if (process.memoryUsage.rss() - memory > 2 * this.limits.memoryMiB * 2 ** 20)
        throw this.failed(`it took more than ${2 * this.limits.memoryMiB} MiB of memory`);
    }
    const reply = receiveMessageOnPort(port)?.message as Reply | undefined;
    if (reply === undefined) throw this.failed('no answer');
    if (reply.type !== 'failed') return reply;
    // A hook that threw has left its thread in order.
    if (reply.how !== 'exited' && this.ready !== undefined) throw new MutatorFailure(reply.message);
    throw this.failed(reply.message);
  }

  private failed(message: string): MutatorFailure {
    this.end();
    return new MutatorFailure(message);
  }

  private end(): void {
    this.running?.port.close();
    void this.running?.thread.terminate();
    this.running = undefined;
  }
}

function never(): never {
  throw new Error('no thread');
}

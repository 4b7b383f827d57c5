import type { NativeMailbox } from '../../native/addon.js';
import { ByteReader, ByteWriter } from '../../util/bytes.js';
import { jobCodec, writeEvent, type EventContents, type EventName } from '../job-codec.js';
import type { BootedLean } from './boot.js';
import { Constants } from './constants.js';
import { classifyFailure, ResponseTooLarge, type InstanceFailure } from './failure.js';
import { JobExecution, type ResultSink } from './job-execution.js';
import { KernelObjects } from './kernel-objects.js';
import { KernelSession, type KernelState } from './kernel-session.js';
import { SourceSession, type SourceOptions, type SourceState } from './source-session.js';

export interface ExecutorOptions extends SourceOptions {
  /** Heartbeats of one kernel-level declaration; 0 is no limit. Default 5,000; on a native Lean 200,000. */
  kernelHeartbeats?: number;
}

/** Heartbeats of one declaration: enough for what the generator makes, and little for what never ends. */
export const defaultHeartbeats = 5_000;

/** Runs jobs on a booted Lean, whoever asks: the zygote to warm up, an executor for its worker. */
export class Executor {
  readonly source: JobExecution<SourceState>;
  readonly kernel: JobExecution<KernelState>;

  constructor(
    private readonly lean: BootedLean,
    options: ExecutorOptions,
  ) {
    const { heap, environment } = lean;
    const objects = new KernelObjects(heap);
    const kernelEnvironment = heap.exports.lean_elab_environment_to_kernel_env(heap.inc(environment));
    const constants = new Constants(heap, objects, environment, kernelEnvironment);
    const source = new SourceSession(heap, objects, environment, options);
    this.source = new JobExecution(heap, constants, source, 'source');
    this.kernel = new JobExecution(
      heap,
      constants,
      new KernelSession(heap, objects, kernelEnvironment, options.kernelHeartbeats ?? defaultHeartbeats),
      'kernel',
    );
  }

  /**
   * Serves the mailbox, until this process has done enough or the instance is lost, and tells why it is. After that
   * nothing of this process can be believed or used: it must exit. Throws for a request that is damaged, which no job
   * is to blame for.
   */
  serve(mailbox: NativeMailbox, { requestBytes, responseBytes }: MailboxSizes): InstanceFailure | undefined {
    // Only what is used of it takes memory.
    const request = Buffer.allocUnsafeSlow(requestBytes);
    const events = new Events(mailbox, responseBytes);
    for (let jobs = 1; ; jobs++) {
      while (!mailbox.waitRequest(1000)) continue;
      const length = mailbox.takeRequest(request);
      const failure = this.answer(request.subarray(0, length), events, mailbox.job);
      const isSpent = mailbox.isSpent(jobs, this.lean.heap.usedBytes);
      mailbox.finish();
      if (failure !== undefined || isSpent) return failure;
    }
  }

  private answer(request: Buffer, events: Events, number: number): InstanceFailure | undefined {
    try {
      events.startJob(number);
      const job = jobCodec.read(new ByteReader(request));
      this.lean.output.lastLine = '';
      (job.level === 'source' ? this.source : this.kernel).run(job, events);
      if (!this.lean.stack.intact()) {
        return events.fatal({ kind: 'stack-overflow', message: 'the C stack ran into its canary' });
      }
      events.endJob();
      return undefined;
    } catch (error) {
      return events.fatal(classifyFailure(error, this.lean.output.lastLine, this.lean.heap));
    }
  }
}

/** Bytes of a mailbox's two areas. */
export interface MailboxSizes {
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/** Bytes of the response area that are kept for its last word: why the instance is lost. */
const fatalBytes = 4096;
/** Characters of that word, each at most three bytes. */
const maxFatalLength = 1000;

/** Writes jobs' results into the mailbox as they come. */
class Events implements ResultSink {
  private readonly out = new ByteWriter(64 * 1024);
  /** Bytes of results of the job in work. */
  private said = 0;

  constructor(
    private readonly mailbox: NativeMailbox,
    private readonly responseBytes: number,
  ) {}

  startJob(number: number): void {
    this.said = 0;
    this.send('begin', number);
  }

  begin(at: number): void {
    this.mailbox.setPhase(at);
  }

  step(result: Parameters<ResultSink['step']>[0]): void {
    this.send('step', result);
  }

  claim(result: Parameters<ResultSink['claim']>[0]): void {
    this.write('claim', result);
    if (result.evidence === undefined || this.hasRoom) return this.sendWritten();
    // Only the declarations can be too large: all else is small.
    const why = `${this.out.length} bytes of evidence are more than an answer has room for`;
    const evidence = { ...result.evidence, declarations: { kind: 'unsaid', why } as const };
    this.send('claim', { ...result, evidence });
  }

  shapes(shapes: Parameters<ResultSink['shapes']>[0]): void {
    this.send('shapes', shapes);
  }

  declared(declared: Parameters<ResultSink['declared']>[0]): void {
    this.send('declared', declared);
  }

  made(made: Parameters<ResultSink['made']>[0]): void {
    this.send('made', made);
  }

  endJob(): void {
    this.send('end', null);
  }

  fatal(failure: InstanceFailure): InstanceFailure {
    // Room was kept for it. A worker that misses it still sees how this process ended.
    this.write('fatal', { kind: failure.kind, message: failure.message.slice(0, maxFatalLength) });
    this.mailbox.appendLast(this.out.bytes());
    return failure;
  }

  private get hasRoom(): boolean {
    return this.said + this.out.length + fatalBytes <= this.responseBytes;
  }

  private write<K extends EventName>(event: K, content: EventContents[K]): void {
    writeEvent(this.out.clear(), event, content);
  }

  private send<K extends EventName>(event: K, content: EventContents[K]): void {
    this.write(event, content);
    this.sendWritten();
  }

  private sendWritten(): void {
    if (!this.hasRoom || !this.mailbox.append(this.out.bytes()))
      throw new ResponseTooLarge(`results of more than ${this.responseBytes - fatalBytes} bytes`);
    this.said += this.out.length;
  }
}

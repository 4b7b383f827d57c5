import type { NativeMailbox } from '../../native/addon.js';
import { ByteReader, ByteWriter } from '../../util/bytes.js';
import {
  EventTag,
  readJob,
  writeClaimResult,
  writeDeclared,
  writeShapes,
  writeStepResult,
} from '../job-codec.js';
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

/** Enough for what the generator makes, and little for what never ends. */
const defaultHeartbeats = 5_000;

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
    this.source = new JobExecution(heap, constants, new SourceSession(heap, objects, environment, options));
    this.kernel = new JobExecution(
      heap,
      constants,
      new KernelSession(heap, objects, kernelEnvironment, options.kernelHeartbeats ?? defaultHeartbeats),
    );
  }

  /**
   * Serves the mailbox, whose response area has so many bytes, until the instance is lost, and tells why. After that
   * nothing of this process can be believed or used: it must exit.
   */
  serve(mailbox: NativeMailbox, responseBytes: number): InstanceFailure {
    for (;;) {
      if (!mailbox.waitRequest(1000)) continue;
      const failure = this.answer(mailbox, responseBytes);
      mailbox.finish();
      if (failure !== undefined) return failure;
    }
  }

  private answer(mailbox: NativeMailbox, responseBytes: number): InstanceFailure | undefined {
    const events = new Events(mailbox, responseBytes);
    try {
      const from = new ByteReader(mailbox.request());
      const jobs = from.list(() => readJob(from));
      for (const [index, job] of jobs.entries()) {
        events.startJob(index);
        this.lean.output.lastLine = '';
        (job.level === 'source' ? this.source : this.kernel).run(job, events);
        if (!this.lean.stack.intact()) {
          return events.fatal({ kind: 'stack-overflow', message: 'the C stack ran into its canary' });
        }
        events.endJob(this.lean.heap.usedBytes);
      }
      return undefined;
    } catch (error) {
      return events.fatal(classifyFailure(error, this.lean.output.lastLine));
    }
  }
}

/** Bytes of the response area that are kept for its last word: why the instance is lost. */
const fatalBytes = 4096;
/** Characters of that word, each at most three bytes. */
const maxFatalLength = 1000;

/** Writes a job's results into the mailbox as they come. */
class Events implements ResultSink {
  private readonly out = new ByteWriter(64 * 1024);
  private job = 0;
  private sent = 0;

  constructor(
    private readonly mailbox: NativeMailbox,
    private readonly responseBytes: number,
  ) {}

  startJob(index: number): void {
    this.job = index;
    this.send(this.out.clear().u8(EventTag.begin).u32(index));
  }

  begin(at: number): void {
    this.mailbox.setProgress(this.job, at);
  }

  step(result: Parameters<ResultSink['step']>[0]): void {
    this.out.clear().u8(EventTag.step);
    writeStepResult(this.out, result);
    this.send(this.out);
  }

  claim(result: Parameters<ResultSink['claim']>[0]): void {
    this.out.clear().u8(EventTag.claim);
    writeClaimResult(this.out, result);
    if (result.evidence === null) return this.send(this.out);
    if (this.mailbox.append(this.out.bytes())) return;
    // What does not fit is the declarations: all else is small.
    const why = `${this.out.length} bytes of evidence are more than an answer has room for`;
    const evidence = { ...result.evidence, declarations: { kind: 'unsaid', why } as const };
    this.out.clear().u8(EventTag.claim);
    writeClaimResult(this.out, { ...result, evidence });
    this.send(this.out);
  }

  shapes(shapes: Parameters<ResultSink['shapes']>[0]): void {
    this.out.clear().u8(EventTag.shapes);
    writeShapes(this.out, shapes);
    this.send(this.out);
  }

  declared(declared: Parameters<ResultSink['declared']>[0]): void {
    this.out.clear().u8(EventTag.declared);
    writeDeclared(this.out, declared);
    this.send(this.out);
  }

  endJob(usedBytes: number): void {
    this.send(this.out.clear().u8(EventTag.end).u32(usedBytes));
  }

  fatal(failure: InstanceFailure): InstanceFailure {
    const message = failure.message.slice(0, maxFatalLength);
    // Room was kept for it. A worker that misses it still sees how this process ended.
    this.mailbox.append(this.out.clear().u8(EventTag.fatal).string(failure.kind).string(message).bytes());
    return failure;
  }

  private send(event: ByteWriter): void {
    this.sent += event.length;
    if (this.sent + fatalBytes > this.responseBytes || !this.mailbox.append(event.bytes()))
      throw new ResponseTooLarge(`results of more than ${this.responseBytes - fatalBytes} bytes`);
  }
}

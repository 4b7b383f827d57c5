import {
  finished,
  type ClaimResult,
  type ConstantShape,
  type Declared,
  type Execution,
  type FirstBlocks,
  type Made,
  type StepResult,
} from '../../api/execution.js';
import { ByteReader, MalformedBytes } from '../../util/bytes.js';
import { never } from '../../util/errors.js';
import { readEvent, type Event, type LastWord } from '../job-codec.js';

/** Hears of what a response says. */
export interface ResponseSink {
  /** The number of the job that is finished next; undefined while none is in flight. */
  readonly expected: number | undefined;
  /** Whether what the executor says still counts. What was finished may show that no more does. */
  readonly isTrusted: boolean;
  finished(execution: Execution): void;
}

/** Reads the events of an executor as they come: pieces of a response that each hold whole events. */
export class ResponseReader {
  private steps: StepResult[] = [];
  private claims: ClaimResult[] = [];
  private shapes: readonly ConstantShape[] = [];
  private declared: Declared | undefined;
  private made: Made | undefined;
  private firsts: FirstBlocks[] = [];
  private trace: Uint32Array | undefined;
  private hasBegun = false;
  /** Its last event, where it is lost and could still say why. */
  lastWord: LastWord | null = null;

  constructor(private readonly sink: ResponseSink) {}

  /** Throws MalformedBytes where it can't be what an executor says; what was finished before that place counts. */
  read(bytes: Uint8Array): void {
    const from = new ByteReader(bytes);
    while (from.left > 0 && this.sink.isTrusted) this.event(readEvent(from));
  }

  /** The results so far of the current job. */
  take(): Execution {
    const { steps, claims, shapes, declared, made, firsts, trace } = this;
    this.steps = [];
    this.claims = [];
    this.shapes = [];
    this.declared = undefined;
    this.made = undefined;
    this.firsts = [];
    this.trace = undefined;
    this.hasBegun = false;
    const asked = {
      ...(declared === undefined ? {} : { declared }),
      ...(made === undefined ? {} : { made }),
      ...(firsts.length === 0 ? {} : { firsts }),
      ...(trace === undefined ? {} : { trace }),
    };
    return { steps, claims, shapes, ...asked, end: finished };
  }

  private event(one: Event): void {
    if (!this.hasBegun && one.event !== 'begin' && one.event !== 'fatal')
      throw new MalformedBytes(`event ${one.event} where a job begins`);
    switch (one.event) {
      case 'begin':
        if (this.hasBegun || one.content !== this.sink.expected)
          throw new MalformedBytes(`job ${one.content} begins, expected ${String(this.sink.expected)}`);
        this.hasBegun = true;
        return;
      case 'step':
        this.steps.push(one.content);
        return;
      case 'claim':
        this.claims.push(one.content);
        return;
      case 'shapes':
        this.shapes = one.content;
        return;
      case 'declared':
        this.declared = one.content;
        return;
      case 'made':
        this.made = one.content;
        return;
      case 'firsts':
        this.firsts.push(one.content);
        return;
      case 'trace':
        this.trace = one.content;
        return;
      case 'end':
        this.sink.finished(this.take());
        return;
      case 'fatal':
        this.lastWord = one.content;
        return;
      default:
        never(one);
    }
  }
}

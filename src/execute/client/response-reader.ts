import type {
  ClaimResult,
  ConstantShape,
  Declared,
  Execution,
  FailureKind,
  FirstBlocks,
  Made,
  StepResult,
} from '../../api/execution.js';
import { ByteReader, MalformedBytes } from '../../util/bytes.js';
import {
  EventTag,
  readClaimResult,
  readDeclared,
  readFirsts,
  readMade,
  readShapes,
  readStepResult,
} from '../job-codec.js';

/** Why an executor is lost, as it said itself. */
export interface LastWord {
  readonly kind: FailureKind;
  readonly message: string;
}

/** Hears of what a response says. */
export interface ResponseSink {
  /** The number of the job that is finished next; undefined while none is in flight. */
  readonly expected: number | undefined;
  finished(execution: Execution): void;
}

/** Reads the events of an executor as they come: pieces of a response that each hold whole events. */
export class ResponseReader {
  private steps: StepResult[] = [];
  private claims: ClaimResult[] = [];
  private shapes: ConstantShape[] = [];
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
    while (from.left > 0) this.event(from);
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
    return { steps, claims, shapes, ...asked, failure: null };
  }

  private event(from: ByteReader): void {
    const tag = from.u8();
    if (!this.hasBegun && tag !== EventTag.begin && tag !== EventTag.fatal)
      throw new MalformedBytes(`event ${tag} where a job begins`);
    switch (tag) {
      case EventTag.begin: {
        const number = from.u32();
        if (this.hasBegun || number !== this.sink.expected)
          throw new MalformedBytes(`job ${number} begins, expected ${String(this.sink.expected)}`);
        this.hasBegun = true;
        return;
      }
      case EventTag.step:
        this.steps.push(readStepResult(from));
        return;
      case EventTag.claim:
        this.claims.push(readClaimResult(from));
        return;
      case EventTag.shapes:
        this.shapes = readShapes(from);
        return;
      case EventTag.declared:
        this.declared = readDeclared(from);
        return;
      case EventTag.made:
        this.made = readMade(from);
        return;
      case EventTag.firsts:
        this.firsts.push(readFirsts(from));
        return;
      case EventTag.trace:
        this.trace = from.words();
        return;
      case EventTag.end:
        this.sink.finished(this.take());
        return;
      case EventTag.fatal:
        this.lastWord = { kind: failureKindOf(from.string()), message: from.string() };
        return;
      default:
        throw new MalformedBytes(`event ${tag}`);
    }
  }
}

const failureKinds: readonly FailureKind[] = [
  'timeout',
  'out-of-memory',
  'stack-overflow',
  'crashed',
  'too-large',
];

function failureKindOf(text: string): FailureKind {
  const kind = failureKinds.find((one) => one === text);
  if (kind === undefined) throw new MalformedBytes(`a failure of kind ${text}`);
  return kind;
}

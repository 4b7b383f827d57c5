import type {
  ClaimResult,
  ConstantShape,
  Declared,
  Execution,
  FailureKind,
  StepResult,
} from '../../api/execution.js';
import { ByteReader, MalformedBytes } from '../../util/bytes.js';
import { EventTag, readClaimResult, readDeclared, readShapes, readStepResult } from '../job-codec.js';

export interface Response {
  /** Executions of the jobs that were finished. */
  executions: Execution[];
  /** What there is of the job behind them. */
  unfinished: Execution;
  fatal: { kind: FailureKind; message: string } | null;
  /** Lean memory in use after the last finished job, in bytes. */
  usedBytes: number;
}

/** Reads a response as far as it goes: its writer may have died at any byte. */
export class ResponseReader {
  private readonly from: ByteReader;
  private steps: StepResult[] = [];
  private claims: ClaimResult[] = [];
  private shapes: ConstantShape[] = [];
  private declared: Declared | undefined;

  constructor(bytes: Uint8Array) {
    this.from = new ByteReader(bytes);
  }

  read(): Response {
    const response: Response = { executions: [], unfinished: this.take(), fatal: null, usedBytes: 0 };
    try {
      while (this.from.left > 0) this.event(response);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
    }
    response.unfinished = this.take();
    return response;
  }

  private event(response: Response): void {
    const tag = this.from.u8();
    switch (tag) {
      case EventTag.begin:
        this.from.u32();
        return;
      case EventTag.step:
        this.steps.push(readStepResult(this.from));
        return;
      case EventTag.claim:
        this.claims.push(readClaimResult(this.from));
        return;
      case EventTag.shapes:
        this.shapes = readShapes(this.from);
        return;
      case EventTag.declared:
        this.declared = readDeclared(this.from);
        return;
      case EventTag.end:
        response.usedBytes = this.from.u32();
        response.executions.push(this.take());
        return;
      case EventTag.fatal:
        response.fatal = { kind: this.from.string() as FailureKind, message: this.from.string() };
        return;
      default:
        throw new MalformedBytes(`event ${tag}`);
    }
  }

  private take(): Execution {
    const { steps, claims, shapes, declared } = this;
    this.steps = [];
    this.claims = [];
    this.shapes = [];
    this.declared = undefined;
    return { steps, claims, shapes, ...(declared === undefined ? {} : { declared }), failure: null };
  }
}

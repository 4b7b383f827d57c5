/**
 * The worker's side of the protocol between worker and executor, whatever kind of Lean answers (native/README.md):
 *
 *   request    a job (job-codec.ts); several are in flight, as many as the request ring has room for
 *   response   events as they happen, see ResponseReader
 *   fatal      the last event of an executor that is lost, with a FailureKind: it exits behind it
 *   job        the number of the job in work; phase: the step or claim of it
 *   slot       see ExecutorSlot
 *
 * Only the numbers in ExecutorLimits are about a kind of Lean.
 */
import { constants } from 'node:os';
import { finished, type Execution, type Failure, type Job } from '../../api/execution.js';
import { commonEnvironment } from '../../kernel/base-environment.js';
import type { Environment } from '../../kernel/environment.js';
import type { NativeMailbox } from '../../native/addon.js';
import type { SharedRegion } from '../../share/region.js';
import { ByteWriter, MalformedBytes } from '../../util/bytes.js';
import { jobCodec } from '../job-codec.js';
import { Canaries, type WrongExecutor } from './canary-jobs.js';
import { describeStatus, ExecutorSlot } from './executor-slot.js';
import { runsForeignCode } from './foreign-code.js';
import { Call, JobQueue, type Asked, type InFlight } from './job-queue.js';
import { ResponseReader } from './response-reader.js';
import { WorkTime } from './work-time.js';

export { Stopped } from './executor-slot.js';

export interface ExecutorLimits {
  /** Milliseconds that one job may take, of processor time while it runs (see WorkTime). Default 10,000. */
  jobMillis: number;
  /** Jobs after which the executor is replaced. Default 20,000. */
  recycleAfterJobs: number;
  /** Bytes of Lean memory above which the executor is replaced. Default 400 MiB. */
  recycleAboveBytes: number;
  /** Jobs behind which the executor is asked what is known. Default 1,000. */
  canaryEveryJobs: number;
}
export const defaultLimits: ExecutorLimits = {
  jobMillis: 10_000,
  recycleAfterJobs: 20_000,
  recycleAboveBytes: 400 << 20,
  canaryEveryJobs: 1000,
};

/** A job that so many executors in a row have ended before is not handed to another one. */
const maxNeverBegun = 3;

/** A job whose executors were killed from outside so often may be why: it may take the memory of the machine. */
const maxKilled = 2;

/** How an executor has ended; the job that it was at fails so. */
type Ending = Omit<Failure, 'at'>;

/** A worker's executor: hands it jobs ahead, enforces the limits, and replaces it whenever it can't be trusted. */
export class ExecutorClient {
  private readonly mailbox: NativeMailbox;
  private readonly slot: ExecutorSlot;
  private readonly queue = new JobQueue();
  private readonly request = new ByteWriter(64 * 1024);
  private readonly response: Buffer;
  private reader: ResponseReader;
  /** Whether jobs may be posted: the executor is this client's, and was not found dead yet. */
  private isReady = false;
  private isServing = false;
  private lastNumber = 0;
  /** Questions with known answers, by which it is seen that the executor is in its right mind. */
  readonly canaries: Canaries;
  /** Whether a job was posted behind which a fresh executor is due. */
  private isSpoilt = false;
  private readonly workTime = new WorkTime();
  /** Executors that were replaced because of a failure. */
  restarts = 0;
  /** Executors that somebody outside has killed. */
  killed = 0;
  /** Jobs whose answers came from an executor that was found to answer wrongly. */
  doubted = 0;

  constructor(
    region: SharedRegion,
    worker: number,
    private readonly limits: ExecutorLimits = defaultLimits,
    /** Hears of what the user should know: that no process can be had, or that one was killed. */
    private readonly notice: (text: string) => void = () => undefined,
    /** The environment that the kernel level begins with, as far as it is known. Default: that of the embedded Lean. */
    readonly base: Environment = commonEnvironment,
  ) {
    this.mailbox = region.mailbox(worker);
    this.slot = new ExecutorSlot(region, worker, notice);
    // Only what is used of it takes memory.
    this.response = Buffer.allocUnsafeSlow(region.responseBytes);
    this.canaries = new Canaries(limits.canaryEveryJobs, (wrong) => this.onWrong(wrong));
    this.reader = this.newReader();
  }

  /** Asks the zygote for a new executor (an older one is killed) when all that was asked for before is done. */
  async replace(): Promise<void> {
    await this.ask(1, (call) => [{ kind: 'replace', call }], always);
  }

  /**
   * Runs jobs in order; the result has one execution for each. A job that ends its executor keeps what it had
   * finished, and those behind it run on a new one. Calls may be made while others run; what is asked for is handed
   * over in the order of the calls. `isWanted` is asked before each job is handed over: where it says no, the result
   * ends there.
   */
  run(jobs: readonly Job[], isWanted: () => boolean = always): Promise<Execution[]> {
    if (jobs.length === 0) return Promise.resolve([]);
    const asked = (call: Call): Asked[] =>
      jobs.map((job, index) => ({ kind: 'job', job, call, index, neverBegun: 0, killed: 0 }));
    return this.ask(jobs.length, asked, isWanted);
  }

  private ask(
    count: number,
    asked: (call: Call) => readonly Asked[],
    isWanted: () => boolean,
  ): Promise<Execution[]> {
    return new Promise((resolve, reject) => {
      this.queue.add(asked(new Call(count, isWanted, resolve, reject)));
      // At once where that can be: who asks may be busy for a while afterwards.
      this.post();
      if (!this.isServing) void this.serve();
    });
  }

  private async serve(): Promise<void> {
    this.isServing = true;
    try {
      while (!this.queue.isEmpty) await this.turn();
    } catch (error) {
      this.queue.reject(error);
    }
    this.isServing = false;
  }

  /** Takes what is there, hands over what fits, and sleeps until there is something to do. */
  private async turn(): Promise<void> {
    const { rung } = this.slot;
    this.slot.throwIfStopped();
    const damage = this.take();
    if (damage !== undefined) return this.end(damage);
    if (this.canaries.needsFresh) return this.end(undefined);
    if (!this.slot.isAlive) return this.recover();
    const [oldest] = this.queue.inFlight;
    this.cutUnwanted(oldest);
    if (oldest?.isCut === true) return this.end(undefined);
    this.post();
    if (this.queue.inFlight.length === 0) {
      if (this.isSpoilt || this.queue.next?.kind === 'replace') await this.renew();
      return;
    }
    const millis = Math.min(this.limits.jobMillis, oldest?.asked.job.millis ?? Infinity);
    const left = millis - this.workTime.millis([oldest?.number ?? 0, this.mailbox.job], this.slot.pid);
    if (left > 0) await this.slot.sleep(rung, Math.min(200, Math.ceil(left)));
    else if (this.workTime.isStopped) await this.replaceStopped();
    else await this.end({ kind: 'timeout', message: `no result after ${millis} ms` });
  }

  // ---- requests

  /** Hands over what fits. */
  private post(): void {
    if (!this.isReady || this.isSpoilt || this.canaries.needsFresh) return;
    if (this.queue.inFlight.some(({ isCut }) => isCut)) return;
    for (;;) {
      this.queue.addFirst(this.canaries.due());
      const { next } = this.queue;
      if (next?.kind !== 'job') return;
      try {
        this.request.clear();
        jobCodec.write(this.request, next.job);
      } catch (error) {
        // A job that can't be said. Nobody else's is to blame.
        this.queue.rejectCall(next.call, error);
        continue;
      }
      const room = this.mailbox.requestRoom;
      if (this.request.length > room) {
        this.queue.shift();
        const message = `a request of ${this.request.length} bytes, where ${room} fit`;
        const end: Failure = { kind: 'too-large', message, at: 0 };
        next.call.answer(next.index, { steps: [], claims: [], shapes: [], end });
        continue;
      }
      const number = this.lastNumber + 1;
      if (!this.mailbox.post(number, this.request.bytes())) return;
      this.lastNumber = number;
      this.queue.shift(number);
      // Nothing may run behind it on the same executor, so nothing is handed over yet.
      this.isSpoilt = next.job.level === 'source' && runsForeignCode(next.job);
      if (this.isSpoilt) return;
      this.canaries.count(next.job);
    }
  }

  /** Marks what nobody wants and has not begun: all that is in flight behind runs in vain, or on the next executor. */
  private cutUnwanted(oldest: InFlight | undefined): void {
    for (const one of this.queue.inFlight)
      if (!one.asked.call.isWanted() && !(one === oldest && this.hasBegun(one))) one.isCut = true;
  }

  // ---- responses

  /**
   * Takes what the executor has said; returns what is wrong where that can't be read. Nothing counts that an executor
   * says behind a wrong answer to a canary: those jobs run again on a fresh one.
   */
  private take(): Ending | undefined {
    const length = this.mailbox.takeResponse(this.response);
    if (length === 0) return undefined;
    try {
      this.reader.read(this.response.subarray(0, length));
      return undefined;
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      return { kind: 'crashed', message: `a response that can't be read: ${error.message}` };
    }
  }

  private newReader(): ResponseReader {
    const { queue, canaries } = this;
    return new ResponseReader({
      get expected() {
        return queue.inFlight[0]?.number;
      },
      get isTrusted() {
        return !canaries.needsFresh;
      },
      finished: (execution) => queue.finish(execution),
    });
  }

  private hasBegun({ number }: InFlight): boolean {
    return this.mailbox.job >= number;
  }

  // ---- the end of an executor

  private onWrong({ about, doubted }: WrongExecutor): void {
    this.doubted += doubted;
    this.restarts++;
    this.notice(
      `an executor answered wrongly (${about}): it was replaced, and ${doubted} answers since it was last right count as dropped`,
    );
  }

  /** Ends the executor for what the oldest job in flight is to blame for, or undefined for nothing. */
  private async end(ending: Ending | undefined): Promise<void> {
    const [oldest] = this.queue.inFlight;
    await this.slot.kill();
    await this.recover({ ending, oldest });
  }

  /** Ends an executor that somebody has stopped, as if they had killed it: its job is not to blame. */
  private async replaceStopped(): Promise<void> {
    await this.slot.kill();
    await this.recover();
  }

  /**
   * Goes on where there is no executor, or no more: what it has said counts, the job that it was at fails, and those
   * behind run on the next one. Where it was ended from here, only the job fails that it was ended for: it may be
   * done by now.
   */
  private async recover(ended?: { ending: Ending | undefined; oldest: InFlight | undefined }): Promise<void> {
    if (!this.isReady) return this.renew();
    this.isReady = false;
    const damage = this.take();
    const ending = ended === undefined ? (damage ?? this.endingByItself()) : ended.ending;
    const [oldest] = this.queue.inFlight;
    const isAtWork = oldest !== undefined && this.hasBegun(oldest);
    if (ending !== undefined) this.restarts++;
    if (ended === undefined && damage === undefined && this.wasKilled()) {
      this.killed++;
      if (oldest !== undefined && isAtWork && oldest.asked.killed + 1 >= maxKilled) {
        const message = `${ending?.message ?? ''}, ${maxKilled} times, by nobody of ours`;
        this.queue.finish({
          ...this.reader.take(),
          end: { kind: 'crashed', message, at: this.mailbox.phase },
        });
        this.queue.recall('unharmed');
      } else {
        this.notice(
          `the executor was ${this.workTime.isStopped ? 'stopped' : 'killed'} from outside (${this.workTime.isStopped ? 'SIGSTOP' : 'SIGKILL; is there memory enough?'}); its job is run again`,
        );
        this.queue.recall(isAtWork ? 'killed' : 'never begun');
        this.giveUpNext(ending);
      }
    } else if (ending !== undefined && isAtWork && (ended === undefined || ended.oldest === oldest)) {
      this.queue.finish({ ...this.reader.take(), end: { ...ending, at: this.mailbox.phase } });
      this.queue.recall('unharmed');
    } else {
      this.queue.recall(ending === undefined ? 'unharmed' : 'never begun');
      this.giveUpNext(ending);
    }
    if (!this.queue.isEmpty) await this.renew();
  }

  /** Whether the executor's end is SIGKILL: the zygote sends it for us alone, and then we know of it. */
  private wasKilled(): boolean {
    return (
      this.slot.isOwn &&
      this.reader.lastWord === null &&
      (this.slot.status & 127) === constants.signals.SIGKILL
    );
  }

  /** How an executor has ended that nobody ended; undefined where it has done enough. */
  private endingByItself(): Ending | undefined {
    if (!this.slot.isOwn) return undefined;
    const { lastWord } = this.reader;
    const { status } = this.slot;
    const [oldest] = this.queue.inFlight;
    if (lastWord !== null) return lastWord;
    // Executed code may end its process with any status.
    if (status === 0 && (oldest === undefined || !this.hasBegun(oldest))) return undefined;
    return { kind: 'crashed', message: `the executor ended: ${describeStatus(status)}` };
  }

  private giveUpNext(ending: Ending | undefined): void {
    const { next } = this.queue;
    if (ending === undefined || next?.kind !== 'job' || next.neverBegun < maxNeverBegun) return;
    this.queue.rejectCall(next.call, new NeverBegun(`${maxNeverBegun} executors ended: ${ending.message}`));
  }

  private async renew(): Promise<void> {
    this.isReady = false;
    const { recycleAfterJobs, recycleAboveBytes } = this.limits;
    this.mailbox.limit(Math.min(recycleAfterJobs, maxWord), Math.min(recycleAboveBytes, maxWord));
    await this.slot.fork();
    this.reader = this.newReader();
    this.isReady = true;
    this.isSpoilt = false;
    this.canaries.needsFresh = false;
    const { next } = this.queue;
    if (next?.kind !== 'replace') return;
    this.queue.shift();
    next.call.answer(0, { steps: [], claims: [], shapes: [], end: finished });
  }
}

/** Thrown where executors end before they begin a job: nothing is known of it. */
class NeverBegun extends Error {
  override readonly name = 'NeverBegun';
}

const maxWord = 2 ** 32 - 1;

const always = (): boolean => true;

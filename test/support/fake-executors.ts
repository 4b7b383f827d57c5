import { onTestFinished } from 'vitest';
import type { Job, StepOutcome } from '../../src/api/execution.js';
import { jobCodec, writeEvent, type EventContents, type EventName } from '../../src/execute/job-codec.js';
import type { NativeMailbox } from '../../src/native/addon.js';
import { workerSlot } from '../../src/share/layout.js';
import type { SharedRegion } from '../../src/share/region.js';
import { ExecutorState } from '../../src/share/states.js';
import { ByteReader, ByteWriter } from '../../src/util/bytes.js';

/** The fate of an executor behind a job: it goes on, never ends the job, or dies with a status of waitpid(2). */
export type Fate = 'goes on' | 'hangs' | { readonly dies: number };

/** The parts of an answer to a job, as an executor says them. */
export interface Saying {
  /** The number of the executor, counted from 1. */
  readonly executor: number;
  /** Says the result of the next step, after `micros`. */
  step(micros: number, outcome?: StepOutcome): void;
  end(): void;
  lastWord(word: EventContents['fatal']): void;
  /** Bytes that need not be an event. */
  raw(...bytes: number[]): void;
}

/** A number that no process has: its time is the clock's. */
const nobody = 2 ** 22 + 1;

/**
 * The zygote and the executors of one worker, played in this process at the other end of a real region: forks, kills
 * and deaths are words of the slot, and jobs are answered by `act`.
 */
export class FakeExecutors {
  /** How many executors there were. */
  forks = 0;
  /** How many of them were killed because the worker asked for it. */
  kills = 0;
  /** The texts of the first steps of all jobs that were begun, with the executor's number: `1 a`. */
  readonly begun: string[] = [];
  /** How many requests for an executor are refused before there is one. */
  refusals = 0;
  /** The status with which executors die before they begin a job; undefined for those that live. */
  stillborn: number | undefined;
  private isHanging = false;
  private readonly mailbox: NativeMailbox;
  private readonly slot: number;
  private readonly request = Buffer.alloc(64 << 10);

  constructor(
    private readonly region: SharedRegion,
    private readonly act: (job: Job, say: Saying) => Fate,
    private readonly worker = 0,
  ) {
    this.mailbox = region.mailbox(worker);
    this.slot = region.slot(worker);
    const timer = setInterval(() => this.look(), 1);
    onTestFinished(() => clearInterval(timer));
  }

  private look(): void {
    const generation = this.load('executor_generation');
    if (this.isRunning && this.load('executor_kill') === generation) {
      this.kills++;
      this.die(9);
    }
    if (this.load('executor_wanted') !== generation) this.fork();
    while (this.isRunning && !this.isHanging && this.mailbox.waitRequest(0)) this.take();
  }

  private fork(): void {
    this.isHanging = false;
    if (this.refusals-- > 0) {
      this.store('executor_wait_status', 11);
      this.store('executor_state', ExecutorState.refused);
      return this.ring();
    }
    // The next one finds nothing of the last.
    while (this.mailbox.waitRequest(0)) this.mailbox.takeRequest(this.request);
    this.forks++;
    this.store('executor_pid', nobody);
    this.store('executor_state', ExecutorState.running);
    this.store('executor_generation', this.load('executor_wanted'));
    this.ring();
    if (this.stillborn !== undefined) this.die(this.stillborn);
  }

  private take(): void {
    const length = this.mailbox.takeRequest(this.request);
    const job = jobCodec.read(new ByteReader(this.request.subarray(0, length)));
    const [first] = job.steps;
    this.begun.push(`${this.forks} ${first?.kind === 'declaration' ? 'declaration' : first?.text}`);
    this.say('begin', this.mailbox.job);
    let steps = 0;
    const fate = this.act(job, {
      executor: this.forks,
      step: (micros, outcome = { kind: 'accepted' }) => {
        this.say('step', { outcome, micros, heartbeats: 0 });
        this.mailbox.setPhase(++steps);
      },
      end: () => this.say('end', null),
      lastWord: (word) => this.say('fatal', word),
      raw: (...bytes) => void this.mailbox.append(Uint8Array.from(bytes)),
    });
    this.isHanging = fate === 'hangs';
    if (typeof fate === 'object') this.die(fate.dies);
    this.mailbox.finish();
  }

  private say<K extends EventName>(event: K, content: EventContents[K]): void {
    const out = new ByteWriter();
    writeEvent(out, event, content);
    this.mailbox.append(out.bytes());
  }

  private die(status: number): void {
    this.store('executor_wait_status', status);
    this.store('executor_state', ExecutorState.dead);
    this.ring();
  }

  private get isRunning(): boolean {
    return this.load('executor_state') === ExecutorState.running;
  }

  private ring(): void {
    this.region.native.ring(this.region.mailboxBell(this.worker));
  }

  private load(word: keyof typeof workerSlot): number {
    return this.region.load(this.slot + workerSlot[word]);
  }

  private store(word: keyof typeof workerSlot, value: number): void {
    this.region.store(this.slot + workerSlot[word], value);
  }
}

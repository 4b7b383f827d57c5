import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { header, workerSlot, zygoteMessageBytes } from '../../share/layout.js';
import { ExecutorState, ZygoteState } from '../../share/states.js';
import type { SharedRegion } from '../../share/region.js';
import { UserError } from '../../util/errors.js';
import { sweepCache } from '../../util/cache-folder.js';
import { withoutEngine } from '../../util/engine-address.js';
import { activityOf, isStopped, unlessLost } from '../../util/process-state.js';
import { untilAborted } from '../../util/until-aborted.js';
import { launchEmbedded } from '../embedded/launch.js';
import { launchLeanHost } from '../native/lean-host.js';
import { stepOfMessage, type ZygoteStep } from './boot-step.js';
import { LastOutput } from './last-output.js';
import { ProcessMark } from './marked-processes.js';
import type { ZygoteLaunch } from './zygote-launch.js';
import type { ZygoteOptions } from './zygote-options.js';

/** Milliseconds that a boot may go without a step; see OnStep. */
const defaultPatienceMillis = 60_000;
/** Milliseconds for which one that boots may be stopped. */
const stoppedPatienceMillis = 8000;
/** How often it is looked at. */
const lookMillis = 500;

/** How long a boot may take. */
export interface BootLimits {
  /** Milliseconds without a step. Default: a minute. */
  readonly patienceMillis?: number;
  /** Ends the boot when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Hears again and again what the boot is at. */
  readonly onStep?: ((step: ZygoteStep) => void) | undefined;
}

/** SIGKILL as waitpid(2) reports it. */
const killedStatus = 9;

/** The zygote's process, seen from the primary: starts it, and tells when and why it ended. */
export class ZygoteProcess {
  private readonly exited: Promise<unknown>;

  private constructor(
    private readonly process: ChildProcess,
    private readonly region: SharedRegion,
    private readonly launch: ZygoteLaunch,
    private readonly mark: ProcessMark,
    private readonly output: LastOutput,
  ) {
    this.exited = once(process, 'exit');
  }

  /**
   * Starts a zygote and waits until it serves. UserError (78) with the zygote's own words where it can't, or where it
   * takes no further step for so long; the signal's reason where that is aborted. Then nothing of it is left.
   */
  static async start(
    region: SharedRegion,
    options: ZygoteOptions,
    { patienceMillis = defaultPatienceMillis, signal, onStep }: BootLimits = {},
  ): Promise<ZygoteProcess> {
    signal?.throwIfAborted();
    await sweepCache();
    region.sayAgain();
    region.store(header.zygote_state, ZygoteState.booting);
    region.store(header.zygote_message_bytes, 0);
    const launch =
      options.native === undefined ? launchEmbedded(options) : launchLeanHost(options.native, options);
    const [program, ...args] = launch.command;
    const mark = new ProcessMark();
    const child = spawn(program, args, {
      stdio: [
        launch.input === undefined ? 'ignore' : 'pipe',
        'ignore',
        launch.catchesOutput === true ? 'pipe' : 'inherit',
        region.fd,
      ],
      env: { ...withoutEngine(process.env), ...launch.environment, ...mark.environment },
    });
    // Where it ends before it has read all, its end tells why.
    child.stdin?.on('error', () => undefined).end(launch.input?.());
    const zygote = new ZygoteProcess(child, region, launch, mark, new LastOutput(child.stderr));
    try {
      await untilAborted(zygote.ready(patienceMillis, onStep), signal);
    } catch (error) {
      await zygote.kill();
      // It may have been preparing Lean.
      await sweepCache();
      throw error;
    }
    return zygote;
  }

  /** The result of work by its executors; UserError where it is stopped or ends meanwhile, and nobody else looks. */
  whileServing<T>(doing: string, work: Promise<T>): Promise<T> {
    const ended = this.exited.then(() => this.process.signalCode ?? `status ${this.process.exitCode}`);
    return unlessLost({ what: this.launch.what, doing, pid: this.pid ?? 0, ended }, work);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Has it end; what is due then is what is due after every death. */
  end(): void {
    this.process.kill('SIGKILL');
  }

  /** Resolves when the process has ended, with all that it has started, and no executor of it is marked alive any more. */
  async ended(): Promise<void> {
    await this.exited;
    this.output.close();
    // Its executors died with it (PR_SET_PDEATHSIG), and nobody is left to reap them into their slots.
    for (let executor = 0; executor < this.region.executorCount; executor++) {
      const slot = this.region.slot(executor);
      if (this.region.load(slot + workerSlot.executor_state) !== ExecutorState.running) continue;
      this.region.store(slot + workerSlot.executor_wait_status, killedStatus);
      this.region.store(slot + workerSlot.executor_state, ExecutorState.dead);
      this.region.native.ring(this.region.mailboxBell(executor));
    }
    // A library may have started others while it was loaded.
    await this.mark.endAll();
  }

  /** Ends the zygote and its executors at once. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended();
  }

  private async ready(patienceMillis: number, onStep?: (step: ZygoteStep) => void): Promise<void> {
    void this.exited.then(() => this.region.native.ring(header.primary_bell));
    const { what, exits } = this.launch;
    let step = '';
    // Looks are counted, not the clock: where the machine sleeps, or all of us were stopped, the zygote stood still,
    // too.
    let quietMillis = 0;
    let stoppedMillis = 0;
    for (;;) {
      if (this.message() !== step) {
        step = this.message();
        quietMillis = 0;
      }
      const at = stepOfMessage(step);
      if (at !== undefined) onStep?.(at);
      stoppedMillis = isStopped(activityOf(this.pid ?? 0).state) ? stoppedMillis + lookMillis : 0;
      if (stoppedMillis >= stoppedPatienceMillis)
        throw new UserError(`${what}: its process was stopped (SIGSTOP) while ${step || 'starting'}`);
      if (quietMillis >= patienceMillis)
        throw new UserError(`${what}: no progress for ${quietMillis / 1000} s while ${step || 'starting'}`);
      const bell = this.region.load(header.primary_bell);
      const state = this.region.load(header.zygote_state);
      if (state === ZygoteState.ready) return;
      if (state === ZygoteState.failed) throw new UserError(`${what}: ${this.message()}`);
      const { exitCode, signalCode } = this.process;
      const meant = exits?.get(exitCode ?? 0);
      if (meant !== undefined) throw meant;
      if (exitCode !== null || signalCode !== null) {
        const how = signalCode ?? `status ${exitCode}`;
        const said = await this.output.line();
        const last = said === '' ? '' : `: ${said}`;
        throw new UserError(
          `${what}: its process ended (${how}) while ${this.message() || 'starting'}${last}`,
        );
      }
      const since = performance.now();
      await this.region.native.waitAsync(header.primary_bell, bell, Math.min(lookMillis, patienceMillis));
      quietMillis += Math.min(lookMillis, performance.now() - since);
    }
  }

  /** The zygote's current message: its progress, or why it failed. */
  private message(): string {
    const bytes = new Uint8Array(this.region.words.buffer);
    const length = Math.min(this.region.load(header.zygote_message_bytes), zygoteMessageBytes());
    return Buffer.from(bytes.slice(header.zygote_message, header.zygote_message + length)).toString();
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import type { Finding } from '../../api/entries.js';
import type { Opinion, OpinionCounts } from '../../api/opinion.js';
import { endingWithThis } from '../../native/addon.js';
import { encodeFinding } from '../../share/entry-codec.js';
import { writeOpinions } from '../../store/opinions-file.js';
import { withoutEngine } from '../../util/engine-address.js';
import { messageOf, UserError } from '../../util/errors.js';
import { entryPoint } from '../../util/package.js';
import { endsWithin } from '../../util/until-aborted.js';
import { VerdictTable } from '../opinions/verdict-table.js';
import {
  maxWaiting,
  type DeskOptions,
  type FromDesk,
  type Question,
  type ToDesk,
} from '../opinions/protocol.js';

/** Threads of the desk's pool: each Lean that is waited for takes one. */
const threads = 32;
/** A desk that ends so often is not started again. */
const maxDeaths = 3;

/** Events of the desk; all are called from the event loop. */
export interface DeskEvents {
  /** A lead, as encodeFinding makes it. */
  lead(bytes: Uint8Array): void;
  notice(text: string): void;
}

/** The process in which others than the campaign's Lean are asked, seen from the primary. It never ends a campaign. */
export class OpinionDesk {
  private readonly table = new VerdictTable();
  /** Of findings that everybody is asked about, by their ids. */
  private readonly folders = new Map<string, string>();
  private child: ChildProcess | undefined;
  private isFinishing = false;
  private deaths = 0;
  /** Questions that the desk has in hand. */
  private sent = 0;
  private totals: Omit<OpinionCounts, 'verdicts'>;

  constructor(
    private readonly options: DeskOptions,
    private readonly events: DeskEvents,
    /** The questions of the campaign before it was resumed. */
    before: OpinionCounts = { asked: 0, notAsked: 0, different: 0, verdicts: [] },
  ) {
    const { verdicts, ...totals } = before;
    this.totals = totals;
    verdicts.forEach((row) => this.table.add(row));
  }

  /**
   * Resolves when all who are to be asked have booted. UserError where one can't serve, the signal's reason where
   * aborted.
   */
  async boot(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const child = this.start();
    try {
      await new Promise<void>((resolve, reject) => {
        child.on('message', (message: FromDesk) => {
          if (message.type === 'ready') resolve();
          if (message.type === 'failed') reject(new UserError(message.message, message.exitCode));
        });
        child.on('error', reject);
        child.on('exit', (code, how) => reject(new UserError(`opinions: ${endOf(code, how)}`)));
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
    child.on('exit', (code, how) => this.onExit(child, endOf(code, how)));
  }

  get counts(): OpinionCounts {
    return { ...this.totals, verdicts: this.table.all() };
  }

  /** Hands questions over; those for which there is no room, or nobody to ask, count as not asked. */
  ask(questions: readonly Question[]): void {
    const room = this.child === undefined || this.isFinishing ? 0 : Math.max(0, 2 * maxWaiting - this.sent);
    const taken = questions.slice(0, room);
    this.notAsked(questions.length - taken.length);
    if (taken.length === 0) return;
    this.sent += taken.length;
    this.send({ type: 'questions', questions: taken });
  }

  /** Has everybody asked about a finding; what they say goes into its folder. */
  askAbout(finding: Finding, folder: string): void {
    this.folders.set(finding.id, folder);
    this.send({ type: 'finding', id: finding.id, bytes: encodeFinding(finding) });
  }

  /** Has it answer what it has in hand, for so many milliseconds at most, or until the signal is aborted. */
  async finish(millis: number, now: AbortSignal): Promise<void> {
    this.isFinishing = true;
    const { child } = this;
    if (child === undefined) return;
    const ended = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
    this.send({ type: 'finish', millis });
    await endsWithin(ended, millis + lastMillis, now);
  }

  /** Ends it and all that it has started at once; what it had in hand counts as not asked. */
  async stop(): Promise<void> {
    this.isFinishing = true;
    const { child } = this;
    if (child === undefined || hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  private start(): ChildProcess {
    const [execPath, ...execArgv] = endingWithThis(process.execPath);
    const child = fork(entryPoint('campaign/opinions/desk-main.js'), [JSON.stringify(this.options)], {
      ...{ execPath, execArgv },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...withoutEngine(process.env), UV_THREADPOOL_SIZE: String(threads) },
    });
    this.child = child;
    child.on('message', (message: FromDesk) => this.onMessage(message));
    return child;
  }

  private onMessage(message: FromDesk): void {
    switch (message.type) {
      case 'counts': {
        const { taken, asked, notAsked, different, verdicts } = message;
        const { totals } = this;
        this.sent -= taken;
        this.totals = {
          asked: totals.asked + asked,
          notAsked: totals.notAsked + notAsked,
          different: totals.different + different,
        };
        verdicts.forEach((row) => this.table.add(row));
        return;
      }
      case 'lead':
        this.events.lead(message.bytes);
        return this.send({ type: 'stored' });
      case 'opinions':
        return this.write(message.id, message.opinions);
      case 'notice':
        return this.events.notice(message.text);
      case 'ready':
      case 'failed':
        return; // of interest while it boots
    }
  }

  private write(id: string, opinions: readonly Opinion[]): void {
    const folder = this.folders.get(id);
    if (folder === undefined) return;
    try {
      writeOpinions(folder, opinions);
    } catch (error) {
      this.events.notice(`opinions on ${id} can't be written: ${messageOf(error)} (${folder})`);
    }
  }

  private onExit(child: ChildProcess, how: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    this.notAsked(this.sent);
    this.sent = 0;
    if (this.isFinishing) return;
    const isLast = ++this.deaths >= maxDeaths;
    this.events.notice(
      `opinions: ${how}; ${isLast ? 'nobody else is asked any more' : 'it is started again'}`,
    );
    if (isLast) return;
    const next = this.start();
    next.on('error', () => undefined);
    next.on('exit', (code, signal) => this.onExit(next, endOf(code, signal)));
  }

  private notAsked(questions: number): void {
    this.totals = { ...this.totals, notAsked: this.totals.notAsked + questions };
  }

  private send(message: ToDesk): void {
    // Without a callback a channel that has just closed were an 'error'.
    if (this.child?.connected === true) this.child.send(message, () => undefined);
  }
}

/** Milliseconds for its last messages. */
const lastMillis = 2000;

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function endOf(code: number | null, signal: NodeJS.Signals | null): string {
  return `the process in which others are asked has ended (${signal ?? `status ${code}`})`;
}

import { activityOf, isStopped, type Activity } from '../../util/process-state.js';

/** Milliseconds without a beat after which a process is taken to be lost: it beats once a second. */
const patienceMillis = 8000;
/** The same for one that boots and has not begun to beat: it reads many files, which takes long on a busy machine. */
const bootPatienceMillis = 60_000;
/** How often it is looked. */
const lookMillis = 500;

/** A process that shows that it is there by counting up a word of the shared region. */
export interface Watched {
  /** Who it is, for people. */
  readonly name: string;
  readonly pid: number;
  /** Its beat, as often as it is read. */
  readonly beat: number;
  /** Whether it has not begun to beat; one that is stopped is lost all the same. */
  readonly isBooting?: boolean;
  /** Ends it; it is replaced as after any other death. */
  end(): void;
}

interface Seen {
  beat: number;
  quietMillis: number;
  processorMillis: number;
}

/**
 * Looks after processes that live and do not go on: stopped, swapped out, in a loop without an end. One without a beat
 * for 8 s is named and ended, and whoever replaces it after a death does so then. While one is running, only the time
 * counts that a processor had for it: where the machine has none to spare, it is slow, and another one would be, too.
 */
export class Watchdog {
  private lookedAt: number;
  /** By process. */
  private seen = new Map<number, Seen>();

  constructor(
    private readonly notice: (text: string) => void,
    private readonly now: () => number = () => performance.now(),
    private readonly activity: (pid: number) => Activity = activityOf,
  ) {
    this.lookedAt = now();
  }

  /** Looks at those that should be going on now; may be called as often as one likes. */
  look(watched: () => readonly Watched[]): void {
    const now = this.now();
    if (now - this.lookedAt < lookMillis) return;
    // Looks are counted, not the clock: where the machine sleeps, or we were stopped, everybody stood still.
    const passed = Math.min(now - this.lookedAt, 2 * lookMillis);
    this.lookedAt = now;
    const seen = new Map<number, Seen>();
    for (const one of watched()) {
      const before = this.seen.get(one.pid);
      const { state, processorMillis } = this.activity(one.pid);
      const isQuiet = before?.beat === one.beat;
      const ran = processorMillis - (before?.processorMillis ?? 0);
      const quietMillis = isQuiet ? before.quietMillis + (state === 'R' ? Math.min(passed, ran) : passed) : 0;
      const patience = one.isBooting === true && !isStopped(state) ? bootPatienceMillis : patienceMillis;
      if (quietMillis < patience) {
        seen.set(one.pid, { beat: one.beat, quietMillis, processorMillis });
        continue;
      }
      this.notice(
        `${one.name} has made no progress for ${patience / 1000} s (${inWords(state)}): it is ended`,
      );
      one.end();
    }
    this.seen = seen;
  }
}

function inWords(state: string): string {
  if (state === '') return 'gone';
  if (isStopped(state)) return 'stopped';
  return state === 'D' ? 'waiting for the disk' : state === 'R' ? 'running' : 'asleep';
}

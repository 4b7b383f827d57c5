import { readFileSync } from 'node:fs';

/** Milliseconds without a beat after which a process is taken to be lost: it beats once a second. */
const patienceMillis = 8000;
/** How often it is looked. */
const lookMillis = 500;

/** A process that shows that it is there by counting up a word of the shared region. */
export interface Watched {
  /** Who it is, for people. */
  readonly name: string;
  readonly pid: number;
  /** Its beat, as often as it is read. */
  readonly beat: number;
  /** Ends it; it is replaced as after any other death. */
  end(): void;
}

interface Seen {
  beat: number;
  quietMillis: number;
}

/**
 * Looks after processes that live and do not go on: stopped, swapped out, in a loop without an end. One without a beat
 * for 8 s is named and ended, and whoever replaces it after a death does so then.
 */
export class Watchdog {
  private lookedAt: number;
  /** By process. */
  private seen = new Map<number, Seen>();

  constructor(
    private readonly notice: (text: string) => void,
    private readonly now: () => number = () => performance.now(),
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
      const isQuiet = before?.beat === one.beat;
      const quietMillis = isQuiet ? before.quietMillis + passed : 0;
      if (quietMillis < patienceMillis) {
        seen.set(one.pid, { beat: one.beat, quietMillis });
        continue;
      }
      this.notice(
        `${one.name} has made no progress for ${patienceMillis / 1000} s (${stateOf(one.pid)}): it is ended`,
      );
      one.end();
    }
    this.seen = seen;
  }
}

/** What the system says that a process does, in words. */
function stateOf(pid: number): string {
  try {
    const letter = /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    if (letter === 'T' || letter === 't') return 'stopped';
    return letter === 'D' ? 'waiting for the disk' : letter === 'R' ? 'running' : 'asleep';
  } catch {
    return 'gone';
  }
}

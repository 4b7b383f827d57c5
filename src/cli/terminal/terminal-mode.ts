import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { leaveScreen } from '../../report/screen/painter.js';

/**
 * A shell that outlives this process by a moment. It hears whether the screen is on, and where this process goes
 * without a word (SIGKILL, an exit at once after a second Ctrl-C), it gives the terminal back: again and again for ten
 * seconds where it has our settings, for a process of Node that ends later gives it those that it began with.
 */
const keeper = `
trap '' INT TERM HUP QUIT TSTP TTOU TTIN
on=
while read -r word; do
  case $word in over) exit 0 ;; on) on=1 ;; off) on= ;; esac
done
[ -z "$on" ] || printf '%s' "$2"
[ -n "$1" ] || exit 0
again=0
while [ $again -lt 50 ]; do
  [ "$(stty -g <&3)" = "$3" ] && stty "$1" <&3
  again=$((again + 1))
  sleep 0.2
done
`;

/**
 * The terminal's input while the screen is shown: keys come at once and are not echoed, and Ctrl-C is still a signal,
 * which is why this is not Node's raw mode.
 */
export class TerminalMode {
  /** The settings before, as stty writes them; '' where the input is no terminal. */
  private readonly saved: string;
  private readonly keeper: ChildProcess;

  /** Before any other process is started: one of Node's that ends gives its terminal the settings that it began with. */
  constructor() {
    this.saved = process.stdin.isTTY ? (stty('-g')?.trim() ?? '') : '';
    this.readKeys();
    const ours = this.hasKeys ? (stty('-g')?.trim() ?? '') : '';
    this.keeper = spawn('sh', ['-c', keeper, 'sh', this.saved, leaveScreen, ours], {
      stdio: ['pipe', 'inherit', 'ignore', 'inherit'].map((io, fd) => (fd === 3 ? 0 : io)) as ['pipe'],
    });
    // Without it the terminal is left as it is where this process is killed.
    this.keeper.on('error', () => undefined);
    this.keeper.stdin?.on('error', () => undefined);
    this.keeper.unref();
  }

  get hasKeys(): boolean {
    return this.saved !== '';
  }

  /** Keys come at once, from now on or again. */
  readKeys(): void {
    if (this.hasKeys) stty('-icanon', '-echo', 'min', '1', 'time', '0');
  }

  /** Says whether the screen is on. */
  tell(word: 'on' | 'off' | 'over'): void {
    this.keeper.stdin?.write(`${word}\n`);
  }

  /** The settings are as before. */
  restore(): void {
    if (this.hasKeys) stty(this.saved);
  }
}

/** The output of stty on the terminal that the input is; undefined where there is none. */
function stty(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('stty', args, { stdio: ['inherit', 'pipe', 'ignore'] });
  return status === 0 ? String(stdout) : undefined;
}

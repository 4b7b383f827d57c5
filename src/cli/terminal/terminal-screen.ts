import { enterScreen, leaveScreen, Painter } from '../../report/screen/painter.js';
import { screenLines } from '../../report/screen/screen-lines.js';
import type { Screen } from '../../report/screen/screen-listener.js';
import type { ScreenState } from '../../report/screen/screen-state.js';
import { output, printLine } from '../output.js';
import { TerminalMode } from './terminal-mode.js';

/** Where the terminal does not say how large it is. */
const usualSize = { columns: 80, rows: 24 } as const;

/** The status screen on the terminal of this process: q is Ctrl-C, Ctrl-L draws all anew, Ctrl-Z waits outside. */
export class TerminalScreen implements Screen {
  private readonly mode = new TerminalMode();
  private readonly painter = new Painter();
  private state: ScreenState | undefined;
  private isEnding = false;
  private isOn = false;
  private isClosed = false;

  private readonly onKeys = (keys: Buffer): void => {
    for (const key of keys.toString('latin1')) {
      if (key === 'q' || key === 'Q') process.kill(process.pid, 'SIGINT');
      else if (key === '\f') this.redraw();
    }
  };
  private readonly redraw = (): void => {
    this.painter.forget();
    this.draw();
  };
  private readonly onSignal = (): void => {
    this.isEnding = true;
    this.draw();
  };
  private readonly onStop = (): void => {
    this.leave();
    this.mode.restore();
    process.kill(process.pid, 'SIGSTOP');
  };
  private readonly onContinue = (): void => {
    this.mode.readKeys();
    this.draw();
  };
  private readonly onExit = (): void => this.close();

  constructor() {
    process.stdout.on('resize', this.redraw);
    process.on('exit', this.onExit);
    for (const name of endSignals) process.on(name, this.onSignal);
    process.on('SIGTSTP', this.onStop);
    process.on('SIGCONT', this.onContinue);
    if (!this.mode.hasKeys) return;
    process.stdin.on('data', this.onKeys);
    // The keys alone must not keep the process.
    process.stdin.unref();
  }

  show(state: ScreenState): void {
    this.state = state;
    this.draw();
  }

  print(line: string): void {
    printLine(line);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    process.stdout.off('resize', this.redraw);
    process.off('exit', this.onExit);
    for (const name of endSignals) process.off(name, this.onSignal);
    process.off('SIGTSTP', this.onStop);
    process.off('SIGCONT', this.onContinue);
    process.stdin.off('data', this.onKeys);
    process.stdin.pause();
    this.leave();
    this.mode.restore();
    this.mode.tell('over');
  }

  private draw(): void {
    if (this.isClosed || this.state === undefined) return;
    let text = '';
    if (!this.isOn) {
      this.isOn = true;
      this.painter.forget();
      this.mode.tell('on');
      text = enterScreen;
    }
    const { columns, rows } = { ...usualSize, ...sizeOf(process.stdout) };
    const state = { ...this.state, isEnding: this.isEnding };
    text += this.painter.paint(screenLines(state, { columns, rows, colours: process.stdout.hasColors(16) }));
    if (text !== '') output.write(text);
  }

  private leave(): void {
    if (!this.isOn) return;
    this.isOn = false;
    output.write(leaveScreen);
    this.mode.tell('off');
  }
}

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A terminal may say 0, or nothing. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): { columns?: number; rows?: number } {
  return { ...(columns > 0 ? { columns } : {}), ...(rows > 0 ? { rows } : {}) };
}

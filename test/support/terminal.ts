// eslint-disable-next-line no-control-regex
const sequences = /\x1b\[(\??)([\d;]*)([A-Za-z])|([^\x1b])/gs;

/** A terminal as far as the status screen uses one: what is written to it becomes lines and a few flags. */
export class FakeTerminal {
  isAlternate = false;
  isCursorShown = true;
  /** Everything that was written, with the sequences that move and colour taken out. */
  text = '';
  private cells: string[][] = [];
  private row = 0;
  private column = 0;

  /** Without a width lines may be of any length. */
  constructor(private readonly width = Infinity) {}

  /** The lines that stand there now, without blanks at the right. */
  get lines(): string[] {
    const whole = (row: string[] | undefined): string =>
      Array.from(row ?? [], (cell: string | undefined) => cell ?? ' ').join('');
    return Array.from(this.cells, (row) => whole(row).trimEnd());
  }

  write(text: string): void {
    for (const [, ours = '', argument = '', command = '', plain = ''] of text.matchAll(sequences))
      if (plain !== '') this.put(plain);
      else this.obey(ours + command, argument);
  }

  private put(one: string): void {
    this.text += one;
    if (one === '\n') [this.row, this.column] = [this.row + 1, 0];
    else if (one === '\r') this.column = 0;
    else {
      (this.cells[this.row] ??= [])[this.column] = one;
      // Behind the last column the cursor stays on it, as on a terminal that does not wrap.
      this.column = Math.min(this.column + 1, this.width - 1);
    }
  }

  private obey(command: string, argument: string): void {
    const [first = 1, second = 1] = argument.split(';').map(Number);
    if (command === 'H') [this.row, this.column] = [first - 1, second - 1];
    else if (command === 'J') this.cells = [];
    else if (command === 'K') (this.cells[this.row] ??= []).length = this.column;
    else if (command === '?h' || command === '?l') this.set(argument, command === '?h');
    else if (command !== 'm') throw new Error(`unexpected sequence ${argument}${command}`);
  }

  private set(mode: string, isOn: boolean): void {
    if (mode === '1049') [this.isAlternate, this.cells] = [isOn, []];
    else if (mode === '25') this.isCursorShown = isOn;
    else if (mode !== '7') throw new Error(`unexpected mode ${mode}`);
  }
}

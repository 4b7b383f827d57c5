/** Enters the alternate screen, without a cursor and without wrapping at the right edge. */
export const enterScreen = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J';
/** Takes all of that back. */
export const leaveScreen = '\x1b[?7h\x1b[?25h\x1b[?1049l';

/** Knows what stands on the screen, so that only lines that change are written. */
export class Painter {
  private shown: readonly string[] | undefined;

  /** The text that brings a screen to these lines; '' where nothing changes. */
  paint(lines: readonly string[]): string {
    const { shown } = this;
    this.shown = [...lines];
    if (shown === undefined)
      return `\x1b[0m\x1b[2J${lines.map((line, index) => `\x1b[${index + 1};1H${line}`).join('')}`;
    let text = '';
    for (let index = 0; index < Math.max(lines.length, shown.length); index++) {
      const [line = '', before = ''] = [lines[index], shown[index]];
      if (line === before) continue;
      // Not behind a line that goes to the right edge: the cursor stays on its last column, which would be erased.
      const rest = widthOf(line) < widthOf(before) ? '\x1b[K' : '';
      text += `\x1b[${index + 1};1H${line}${rest}`;
    }
    return text;
  }

  /** Nobody knows any more what stands there: the terminal was resized, or belonged to another program. */
  forget(): void {
    this.shown = undefined;
  }
}

/** Columns of a line, without the codes of its colours. */
function widthOf(line: string): number {
  // eslint-disable-next-line no-control-regex
  return line.replace(/\x1b\[[\d;]*m/g, '').length;
}

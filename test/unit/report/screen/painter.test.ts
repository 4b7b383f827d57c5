import { describe, expect, it } from 'vitest';
import { enterScreen, leaveScreen, Painter } from '../../../../src/report/screen/painter.js';
import { FakeTerminal } from '../../../support/terminal.js';

describe('a painter', () => {
  it('writes only the lines that have changed, and takes away what is left over', () => {
    const [painter, terminal] = [new Painter(), new FakeTerminal()];
    terminal.write(enterScreen + painter.paint(['one', 'two long', 'three']));
    expect(terminal.lines).toEqual(['one', 'two long', 'three']);
    const change = painter.paint(['one', 'two']);
    expect(change).toBe('\x1b[2;1Htwo\x1b[K\x1b[3;1H\x1b[K');
    terminal.write(change);
    expect(terminal.lines).toEqual(['one', 'two', '']);
    expect(painter.paint(['one', 'two'])).toBe('');
  });

  it('keeps the last column of a line that goes to the right edge', () => {
    const [painter, terminal] = [new Painter(), new FakeTerminal(8)];
    terminal.write(painter.paint(['12345678', 'x']));
    terminal.write(painter.paint(['\x1b[1m1234567…\x1b[0m', 'q ends !']));
    expect(terminal.lines).toEqual(['1234567…', 'q ends !']);
    terminal.write(painter.paint(['1234567', 'q']));
    expect(terminal.lines).toEqual(['1234567', 'q']);
  });

  it('draws all anew on a screen that was resized', () => {
    const [painter, terminal] = [new Painter(), new FakeTerminal()];
    terminal.write(painter.paint(['a line that is long']));
    terminal.write('rests');
    painter.forget();
    terminal.write(painter.paint(['short']));
    expect(terminal.lines).toEqual(['short']);
  });

  it('gives the terminal back as it was', () => {
    const terminal = new FakeTerminal();
    terminal.write(enterScreen);
    expect(terminal).toMatchObject({ isAlternate: true, isCursorShown: false });
    terminal.write(leaveScreen);
    expect(terminal).toMatchObject({ isAlternate: false, isCursorShown: true });
  });
});

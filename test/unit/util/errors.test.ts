import { describe, expect, it } from 'vitest';
import { invalid, messageOf, never, unusable, UserError } from '../../../src/util/errors.js';

describe('errors for the user', () => {
  it('name the thing, the value and what was expected', () => {
    expect(invalid('--cores', 'x', 'a number')).toMatchObject({
      message: '--cores: got "x", expected a number',
      exitCode: 2,
    });
    expect(unusable('folder', { a: 1 }, 'a folder')).toMatchObject({
      message: 'folder: got "{"a":1}", expected a folder',
      exitCode: 78,
    });
  });

  it('are one line, whatever was put into them', () => {
    expect(new UserError('first\n  second\r\nthird').message).toBe('first; second; third');
  });

  it('show values that JSON does not have', () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    const values = [undefined, 7n, Symbol('s'), circle].map((value) => invalid('it', value, 'less').message);
    expect(values).toEqual(
      ['undefined', '"7"', 'Symbol(s)', 'what JSON can not say'].map(
        (text) => `it: got "${text}", expected less`,
      ),
    );
  });

  it('cut values that are too long to read', () => {
    expect(invalid('file', 'x'.repeat(5000), 'less').message.length).toBeLessThan(260);
  });
});

describe('helpers', () => {
  it('messageOf reads whatever was thrown', () => {
    expect(messageOf(new TypeError('no'))).toBe('no');
    expect(messageOf('text')).toBe('text');
    expect(messageOf(undefined)).toBe('undefined');
  });

  it('never throws where a case was missed at run time', () => {
    expect(() => never('new kind' as never)).toThrow('unexpected value "new kind"');
  });
});

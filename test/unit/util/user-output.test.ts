import { expect, it, vi } from 'vitest';
import { aside, asideNow } from '../../../src/util/user-output.js';

it("sends what a user's code writes to standard error, and gives standard output back", async () => {
  const said = { out: '', error: '' };
  const out = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => ((said.out += String(text)), true));
  const error = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => ((said.error += String(text)), true));
  try {
    await aside(async () => {
      process.stdout.write('one ');
      await Promise.resolve();
      process.stdout.write('two ');
    });
    asideNow(() => process.stdout.write('three'));
    const fail = (): never => {
      throw new RangeError('no');
    };
    expect(() => asideNow(fail)).toThrow(RangeError);
    process.stdout.write('data');
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
  expect(said).toEqual({ out: 'data', error: 'one two three' });
});

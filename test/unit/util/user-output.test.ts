import { expect, it } from 'vitest';
import { aside, asideNow } from '../../../src/util/user-output.js';
import { captured } from '../../support/captured.js';

it("sends what a user's code writes to standard error, and gives standard output back", async () => {
  const said = await captured(async () => {
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
  });
  expect(said).toEqual({ out: 'data', error: 'one two three' });
});

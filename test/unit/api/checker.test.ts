import { describe, expect, it } from 'vitest';
import { checkerIn, checkersOf } from '../../../src/api/checker.js';

describe('checkerIn', () => {
  it('takes a name and a command, which may have an equals sign', () => {
    expect(checkerIn('nanoda=/bin/nanoda_bin')).toEqual({ name: 'nanoda', command: '/bin/nanoda_bin' });
    expect(checkerIn('my-one.2= A=1 run "$IN" ')).toEqual({ name: 'my-one.2', command: 'A=1 run "$IN"' });
    expect(checkersOf(['a=b', 'c=d'])).toEqual([
      { name: 'a', command: 'b' },
      { name: 'c', command: 'd' },
    ]);
  });

  it.each([
    '',
    'nanoda',
    '=run',
    'a=',
    'a=  ',
    'a b=run',
    '1=run',
    '-x=run',
    'a=run\nmore',
    'a=\u001b[0m',
    `${'a'.repeat(41)}=x`,
  ])('refuses %j', (text) => {
    expect(checkerIn(text)).toBeUndefined();
  });
});

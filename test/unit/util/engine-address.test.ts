import { describe, expect, it } from 'vitest';
import { addressInWords, readAddress, withoutPassword } from '../../../src/util/engine-address.js';

describe('the address of an engine', () => {
  it('is taken apart, and shown without user and password', () => {
    const address = readAddress('rediss://me:se%40same@far.example:7000/3?campaign=night.ly-1');
    expect(address).toEqual({
      ...{ host: 'far.example', port: 7000, isEncrypted: true, username: 'me', password: 'se@same' },
      ...{ database: 3, campaign: 'night.ly-1' },
    });
    expect(address && addressInWords(address)).toBe('rediss://far.example:7000/3?campaign=night.ly-1');
    expect(withoutPassword('redis://:sesame@[::1]')).toBe('redis://[::1]:6379/0?campaign=default');
    expect(readAddress('redis://localhost')).toMatchObject({ port: 6379, isEncrypted: false, database: 0 });
  });

  it.each([
    ...['', 'redis', 'redis://', 'http://localhost', 'redis://localhost/x', 'redis://localhost/0/1'],
    ...['redis://localhost?campaign=', 'redis://localhost?campaign=a%20b', 'redis://localhost?other=1'],
    ...[
      'redis://localhost?campaign=a&campaign=b',
      'redis://local host',
      'redis://localhost/99999',
      'redis://h#x',
    ],
  ])('is none: %s', (text) => expect(readAddress(text)).toBeUndefined());

  it('hides what may be a password, also where it is none', () => {
    expect(withoutPassword('redis//me:sesame@far')).toBe('...@far');
    expect(withoutPassword('nonsense')).toBe('nonsense');
  });
});

import { expect, it } from 'vitest';
import { parseAddress } from '../../../src/options/address.js';

it.each([
  ['9400', { host: '127.0.0.1', port: 9400 }],
  ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
  ['[::1]:0', { host: '::1', port: 0 }],
  ['my-host.local:1', { host: 'my-host.local', port: 1 }],
  ['65536', undefined],
  ['', undefined],
  ['host', undefined],
  ['::1:80', undefined],
  ['http://host:80', undefined],
])('reads %j', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

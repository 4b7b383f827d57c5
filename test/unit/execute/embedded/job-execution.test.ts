import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../../src/execute/embedded/job-execution.js';

describe('the key of a kept state', () => {
  it('tells a file from a text and a declaration of the same bytes', () => {
    const words = Uint32Array.of(0x64656661);
    const text = Buffer.from(words.buffer).toString('latin1');
    const keys = [
      keyOf({ kind: 'text', text }),
      keyOf({ kind: 'file', text }),
      keyOf({ kind: 'declaration', words }),
    ];
    expect(new Set(keys).size).toBe(3);
    expect(keyOf({ kind: 'file', text })).toBe(keys[1]);
  });

  it('takes the hash that comes with a step', () => {
    const hash = 'ab'.repeat(16);
    expect(keyOf({ kind: 'text', text: 'one', hash })).toBe(keyOf({ kind: 'text', text: 'other', hash }));
  });
});

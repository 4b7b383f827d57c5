import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/util/turns.js';

describe('Turns', () => {
  it('begins an action when the one before it has ended, also where that failed', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const action =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`);
        // Whatever else could begin would do so now.
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const answers = await Promise.allSettled([
      turns.take(action('a')),
      turns.take(action('b', true)),
      turns.take(action('c')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});

import { describe, expect, it } from 'vitest';
import { Outbox } from '../../../src/campaign/outbox.js';

describe('an outbox', () => {
  it('flushes when all that was sent has left, in order', async () => {
    const sent: unknown[] = [];
    const leave: (() => void)[] = [];
    const send = (message: unknown, _: unknown, __: unknown, done: () => void): boolean => {
      sent.push(message);
      leave.push(done);
      return true;
    };
    const outbox = new Outbox({ send } as unknown as NodeJS.Process);
    outbox.send({ type: 'notice', text: 'one' });
    outbox.send({ type: 'notice', text: 'two' });
    let isFlushed = false;
    const flushed = outbox.flush().then(() => (isFlushed = true));
    leave[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isFlushed).toBe(false);
    leave[1]?.();
    await flushed;
    expect(sent).toEqual([
      { type: 'notice', text: 'one' },
      { type: 'notice', text: 'two' },
    ]);
  });
});

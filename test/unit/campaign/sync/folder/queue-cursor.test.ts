import { describe, expect, it } from 'vitest';
import { QueueCursor } from '../../../../../src/campaign/sync/folder/queue-cursor.js';
import { queueName, readQueueName } from '../../../../../src/campaign/sync/folder/queue-files.js';

describe('a cursor in a folder of numbered files', () => {
  it('waits for a file that comes late, and is kept as a text', () => {
    const cursor = QueueCursor.of(undefined);
    [0, 1, 3].forEach((number) => cursor.read(number));
    const kept = QueueCursor.of(cursor.toString());
    expect([0, 1, 2, 3, 4].map((number) => kept.isRead(number))).toEqual([true, true, false, true, false]);
    kept.read(2);
    expect(kept.toString()).toBe('4');
  });

  it('does not wait for ever, nor remember without end', () => {
    const cursor = QueueCursor.of('');
    for (let number = 1; number <= 5000; number++) cursor.read(number);
    expect(cursor.toString()).toBe('5001');
  });

  it('begins anew where it is none', () => {
    for (const text of ['x', '-1', '1.5', '3 y']) expect(QueueCursor.of(text).toString()).toBe('0');
  });
});

describe('the name of a queue file', () => {
  it('says what is in it', () => {
    const name = queueName(7, { hash: '0123456789abcdef', level: 'kernel', new: 3 });
    expect(name).toBe('id:000007,hash:0123456789abcdef,level:kernel,new:3');
    expect(readQueueName(name)).toEqual({
      ...{ number: 7, name },
      parts: { hash: '0123456789abcdef', level: 'kernel', new: '3' },
    });
  });

  it.each(['id:7', '.id:000007', 'id:000007,hash:../../x', 'id:000007/..', 'README.txt', 'id:-00007'])(
    'is none: %s',
    (name) => expect(readQueueName(name)).toBeUndefined(),
  );
});

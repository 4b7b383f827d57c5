import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../../src/api/execution.js';
import { ResponseReader } from '../../../../src/execute/client/response-reader.js';
import {
  EventTag,
  writeEvent,
  type EventContents,
  type EventName,
} from '../../../../src/execute/job-codec.js';
import { ByteWriter, MalformedBytes } from '../../../../src/util/bytes.js';
import { accepted } from '../../../support/fakes.js';

/** A reader that expects jobs 4, 5, ... and what it has read so far; the last that is to be believed may be given. */
function reading(trusted = Infinity): { reader: ResponseReader; executions: Execution[] } {
  const executions: Execution[] = [];
  const reader = new ResponseReader({
    get expected() {
      return 4 + executions.length;
    },
    get isTrusted() {
      return executions.length < trusted;
    },
    finished: (execution) => executions.push(execution),
  });
  return { reader, executions };
}

const written = <K extends EventName>(event: K, content: EventContents[K]): Buffer => {
  const out = new ByteWriter();
  writeEvent(out, event, content);
  return copy(out);
};
const begin = (number: number): Buffer => written('begin', number);
const end = written('end', null);
const step = (micros: number): Buffer => written('step', accepted(micros));
const fatal = written('fatal', { kind: 'crashed', message: 'a trap' });

function copy(writer: ByteWriter): Buffer {
  return Buffer.from(writer.bytes());
}
const micros = (execution: Execution | undefined): number[] =>
  execution?.steps.map((one) => one.micros) ?? [];

describe('ResponseReader', () => {
  it('reads jobs out of pieces that end anywhere between events', () => {
    const { reader, executions } = reading();
    for (const piece of [begin(4), Buffer.concat([step(1), step(2), end, begin(5)]), step(3), end])
      reader.read(piece);
    expect(executions.map(micros)).toEqual([[1, 2], [3]]);
  });

  it('reads nothing behind a job that shows that its executor is not to be trusted', () => {
    const { reader, executions } = reading(1);
    reader.read(Buffer.concat([begin(4), step(1), end, begin(5), step(2), end, fatal]));
    reader.read(Buffer.concat([begin(5), end]));
    expect(executions.map(micros)).toEqual([[1]]);
    expect(reader.lastWord).toBeNull();
  });

  it('keeps what there is of the job in work, and the last word of its executor', () => {
    const { reader, executions } = reading();
    reader.read(Buffer.concat([begin(4), end, begin(5), step(7), fatal]));
    expect(executions).toHaveLength(1);
    expect(reader.lastWord).toEqual({ kind: 'crashed', message: 'a trap' });
    expect(micros(reader.take())).toEqual([7]);
  });

  it.each([
    ['a job that was not asked for', Buffer.concat([begin(4), end, begin(4)])],
    ['a result before its job', step(1)],
    ['a job within a job', Buffer.concat([begin(4), begin(5)])],
    ['an unknown event', Buffer.concat([begin(4), Buffer.of(77)])],
    ['half an event', Buffer.concat([begin(4), step(1).subarray(0, 5)])],
    ['a last word of an unknown kind', copy(new ByteWriter().u8(EventTag.fatal).string('bored').string(''))],
  ])('refuses %s', (_, bytes) => {
    expect(() => reading().reader.read(bytes)).toThrow(MalformedBytes);
  });
});

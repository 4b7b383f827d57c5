import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/api/execution.js';
import { jobCodec, readEvent, writeEvent, type Event } from '../../../src/execute/job-codec.js';
import { ByteReader, ByteWriter, MalformedBytes } from '../../../src/util/bytes.js';

/** The same cases in every run; a failure prints what it needs to be repeated. */
const settings = { seed: 11, numRuns: 500 } as const;

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const texts = fc.array(text, { maxLength: 3 });
const someTexts = fc.array(text, { minLength: 1, maxLength: 3 });
const word = fc.nat({ max: 2 ** 32 - 1 });
const words = fc.array(word, { maxLength: 6 }).map((all) => Uint32Array.from(all));
const numbers = fc.array(word, { maxLength: 6 });
const hash = fc.stringMatching(/^[0-9a-f]{32}$/);

const content = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('file' as const), text }),
  fc.record({ kind: fc.constant('declaration' as const), words }),
);
const job: fc.Arbitrary<Job> = fc.record(
  {
    ...{ level: fc.constantFrom('source' as const, 'kernel' as const) },
    ...{
      strict: fc.boolean(),
      reduce: fc.boolean(),
      look: fc.boolean(),
      imported: fc.boolean(),
      trace: fc.boolean(),
      large: fc.boolean(),
    },
    steps: fc.array(
      fc.tuple(content, hash).map(([step, named]) => ({ ...step, hash: named })),
      { maxLength: 4 },
    ),
    claims: fc.array(fc.record({ name: text, constant: text, step: content }), { maxLength: 3 }),
    ...{ describe: someTexts, declare: someTexts, made: someTexts },
  },
  { requiredKeys: ['level', 'strict', 'reduce', 'look', 'imported', 'trace', 'large', 'steps', 'claims'] },
);

const kinds = [
  ...(['axiom', 'definition', 'theorem', 'opaque', 'quotient'] as const),
  ...(['inductive', 'constructor', 'recursor'] as const),
] as const;
const kind = fc.constantFrom(...kinds);
const stepResult = fc.record(
  {
    ...{ micros: word, heartbeats: word },
    outcome: fc.oneof(
      fc.constant({ kind: 'accepted' as const }),
      fc.record({ kind: fc.constant('refused' as const), message: text, error: text }),
      fc.record({ kind: fc.constantFrom('not asked' as const, 'malformed' as const), message: text }),
    ),
    news: fc.record({ declarations: words, left: word }),
  },
  { requiredKeys: ['micros', 'heartbeats', 'outcome'] },
);
const evidence = fc.record({
  ...{ constant: text, kind: fc.constantFrom(...kinds, 'missing' as const), levelParams: word },
  statesFalse: fc.boolean(),
  reached: fc.array(fc.record({ name: text, kind, unsafe: fc.boolean(), partial: fc.boolean() }), {
    maxLength: 3,
  }),
  ...{ importedAxioms: texts, importedUnsafe: texts, oddities: texts },
  declarations: fc.oneof(
    fc.record({ kind: fc.constant('said' as const), words }),
    fc.record({ kind: fc.constant('unsaid' as const), why: text }),
  ),
});
const made = fc.record({
  constants: fc.array(
    fc.record({
      ...{
        name: text,
        kind: fc.constantFrom('inductive' as const, 'constructor' as const, 'recursor' as const),
      },
      ...{ numbers, block: texts, constructors: texts },
      rules: fc.array(fc.record({ constructor: text, fields: word }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  terms: words,
});

function event<K extends Event['event']>(
  name: K,
  of: fc.Arbitrary<Extract<Event, { event: K }>['content']>,
): fc.Arbitrary<Event> {
  return of.map((one) => ({ event: name, content: one }) as Event);
}
const events: fc.Arbitrary<Event> = fc.oneof(
  event('begin', word),
  event('step', stepResult),
  event('shapes', fc.array(fc.record({ name: text, kind, levelParams: word, numbers }), { maxLength: 3 })),
  event(
    'claim',
    fc.tuple(stepResult, fc.option(evidence)).map(([step, of]) => ({ ...step, ...(of && { evidence: of }) })),
  ),
  event('end', fc.constant(null)),
  event(
    'fatal',
    fc.record({
      kind: fc.constantFrom('timeout', 'out-of-memory', 'stack-overflow', 'crashed', 'too-large'),
      message: text,
    }),
  ),
  event('declared', fc.record({ imported: words, added: words })),
  event('made', made),
  event('firsts', fc.record({ at: word, blocks: words })),
  event('trace', words),
);

function bytesOfJob(value: Job): Buffer {
  const out = new ByteWriter();
  jobCodec.write(out, value);
  return Buffer.from(out.bytes());
}

function bytesOfEvent({ event: name, content: value }: Event): Buffer {
  const out = new ByteWriter();
  writeEvent(out, name, value);
  return Buffer.from(out.bytes());
}

/** Reads all of some bytes; undefined where they are refused as they should be. */
function readWhole<T>(bytes: Uint8Array, read: (from: ByteReader) => T): T | undefined {
  try {
    const from = new ByteReader(bytes);
    const value = read(from);
    if (from.left > 0) throw new MalformedBytes('bytes too many');
    return value;
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedBytes);
    return undefined;
  }
}

/** Some bytes changed, and maybe the end cut off. */
const damage = fc.record({
  changes: fc.array(fc.record({ at: fc.nat(), to: fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 255 })) }), {
    maxLength: 4,
  }),
  cut: fc.option(fc.nat()),
});
function damaged(
  bytes: Buffer,
  { changes, cut }: { changes: { at: number; to: number }[]; cut: number | null },
): Buffer {
  for (const { at, to } of changes) bytes[at % bytes.length] = to;
  return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
}

const asRead = { job: (from: ByteReader) => jobCodec.read(from), event: readEvent };

describe('jobs', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(job, (one) => {
        expect(readWhole(bytesOfJob(one), asRead.job)).toEqual(one);
      }),
      settings,
    );
  });

  it('are named by the content of their steps where nobody has said its hash', () => {
    const step = { kind: 'text', text: 'theorem t' } as const;
    const plain: Job = { level: 'source', steps: [step, { ...step, text: 'x' }], claims: [] };
    const [first, second] = readWhole(bytesOfJob(plain), asRead.job)?.steps ?? [];
    expect(first?.hash).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.hash).not.toBe(first?.hash);
  });

  it('of damaged bytes are refused, or can be written again', () => {
    fc.assert(
      fc.property(job, damage, (one, how) => {
        const bytes = damaged(bytesOfJob(one), how);
        const read = readWhole(bytes, asRead.job);
        if (read !== undefined) expect(readWhole(bytesOfJob(read), asRead.job)).toEqual(read);
      }),
      settings,
    );
  });
});

describe('events', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(events, (one) => {
        expect(readWhole(bytesOfEvent(one), asRead.event)).toEqual(one);
      }),
      settings,
    );
  });

  it('of damaged bytes are refused, or can be written again', () => {
    fc.assert(
      fc.property(events, damage, (one, how) => {
        const read = readWhole(damaged(bytesOfEvent(one), how), asRead.event);
        if (read !== undefined) expect(readWhole(bytesOfEvent(read), asRead.event)).toEqual(read);
      }),
      settings,
    );
  });
});

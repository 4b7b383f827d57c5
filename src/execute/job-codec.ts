import {
  accepted,
  failureKinds,
  inputLevels,
  type Claim,
  type ClaimResult,
  type ConstantKind,
  type ConstantShape,
  type Declared,
  type Evidence,
  type FailureKind,
  type FirstBlocks,
  type Job,
  type Made,
  type MadeConstant,
  type News,
  type ReachedConstant,
  type Refusal,
  type Said,
  type Step,
  type StepContent,
  type StepOutcome,
  type StepResult,
} from '../api/execution.js';
import { contentHash, hashDigits } from '../ir/unit/content-hash.js';
import { MalformedBytes, type ByteReader, type ByteWriter } from '../util/bytes.js';
import {
  among,
  bits,
  both,
  flag,
  list,
  numbers,
  oneOf,
  optional,
  struct,
  text,
  u32,
  variant,
  words,
  type Codec,
} from '../util/codec.js';

/**
 * Jobs and results as bytes. A request is a job. In front of each step stands the hash of its content, by which an
 * executor knows what it has run before. A response is a sequence of events, written as they happen, so that whatever
 * ends its writer, all that was finished is told:
 *
 *   begin(number) step* shapes? declared? made? claim* trace? end   begin(number) ...   fatal(kind, message)?
 *
 * and `firsts` behind the step or claim that it is about.
 * native/lean-host/job.h reads the same jobs, and level_runner.cc writes the same events.
 */
export const EventTag = {
  ...{ begin: 1, step: 2, shapes: 3, claim: 4, end: 5, fatal: 6, declared: 7, made: 8, firsts: 9, trace: 10 },
} as const;

/** Why an executor is lost, as it said itself. */
export interface LastWord {
  readonly kind: FailureKind;
  readonly message: string;
}

/** The content of each kind of event. */
export interface EventContents {
  /** The number of the job. */
  readonly begin: number;
  readonly step: StepResult;
  readonly shapes: readonly ConstantShape[];
  readonly claim: Omit<ClaimResult, 'checks'>;
  readonly end: null;
  readonly fatal: LastWord;
  readonly declared: Declared;
  readonly made: Made;
  readonly firsts: FirstBlocks;
  readonly trace: Uint32Array;
}
export type EventName = keyof EventContents;
export type Event = {
  readonly [K in EventName]: { readonly event: K; readonly content: EventContents[K] };
}[EventName];

const texts = list(text);
/** A list that is empty where it is left out. */
const textsIfAny: Codec<readonly string[] | undefined> = {
  write: (out, value) => texts.write(out, value ?? []),
  read(from) {
    const read = texts.read(from);
    return read.length === 0 ? undefined : read;
  },
};

const kinds: readonly ConstantKind[] = [
  ...(['axiom', 'definition', 'theorem', 'opaque', 'quotient'] as const),
  ...(['inductive', 'constructor', 'recursor'] as const),
];
const constantKind = oneOf<ConstantKind>('constant kind', kinds);
const kindOrMissing = oneOf<ConstantKind | 'missing'>('constant kind', [...kinds, 'missing']);

// ---- jobs

const stepContent = variant<'kind', StepContent>('kind', {
  ...{ text: struct({ text }), declaration: struct({ words }), file: struct({ text }) },
});

const step: Codec<Step> = {
  write(out, value) {
    out.hex(hashOf(value), hashDigits);
    stepContent.write(out, value);
  },
  read(from) {
    const hash = from.hex(hashDigits);
    return { ...stepContent.read(from), hash };
  },
};

const claim = struct<Claim>({ name: text, constant: text, step: stepContent });

type JobOption = 'strict' | 'reduce' | 'look' | 'imported' | 'trace' | 'large';

/** A request to an executor. */
export const jobCodec: Codec<Job> = both(
  struct<Pick<Job, 'level'>>({ level: oneOf('level', inputLevels) }),
  both(
    bits<Pick<Job, JobOption>>('options of a job', [
      'strict',
      'reduce',
      'look',
      'imported',
      'trace',
      'large',
    ]),
    struct<Omit<Job, 'level' | 'millis' | JobOption>>({
      ...{ steps: list(step), claims: list(claim) },
      ...{ describe: textsIfAny, declare: textsIfAny, made: textsIfAny },
    }),
  ),
);

/** The hash that names a step's content. */
export function hashOf(of: Step): string {
  return of.hash ?? contentHash(of.kind === 'declaration' ? of.words : of.text);
}

// ---- results

/** Whose words they are: Lean's name of the error, or one of ours. */
const refusal: Codec<Refusal> = {
  write(out, value) {
    text.write(out, value.message);
    text.write(out, value.kind === 'refused' ? value.error : value.kind);
  },
  read(from) {
    const message = text.read(from);
    const by = text.read(from);
    return by === 'not asked' || by === 'malformed'
      ? { kind: by, message }
      : { kind: 'refused', message, error: by };
  },
};

const outcome: Codec<StepOutcome> = {
  write(out, value) {
    flag.write(out, value.kind !== 'accepted');
    if (value.kind !== 'accepted') refusal.write(out, value);
  },
  read: (from) => (flag.read(from) ? refusal.read(from) : accepted),
};

const stepResult = struct<StepResult>({
  ...{ micros: u32, heartbeats: u32, outcome },
  news: optional(struct<News>({ declarations: words, left: u32 })),
});

const reached = both(
  struct<Pick<ReachedConstant, 'name' | 'kind'>>({ name: text, kind: constantKind }),
  bits<Pick<ReachedConstant, 'unsafe' | 'partial'>>('flags of a constant', ['unsafe', 'partial']),
);

const evidence = struct<Evidence>({
  ...{ constant: text, kind: kindOrMissing, levelParams: u32, statesFalse: flag },
  ...{ reached: list(reached), importedAxioms: texts, importedUnsafe: texts, oddities: texts },
  declarations: variant<'kind', Said>('kind', { unsaid: struct({ why: text }), said: struct({ words }) }),
});

const shape = struct<ConstantShape>({ name: text, kind: constantKind, levelParams: u32, numbers });

const makes = ['inductive', 'constructor', 'recursor'] as const;
const madeConstant = struct<MadeConstant>({
  name: text,
  kind: among('kind of what an inductive declaration makes', constantKind, makes),
  ...{ numbers, block: texts, constructors: texts },
  rules: list(struct<MadeConstant['rules'][number]>({ constructor: text, fields: u32 })),
});

const contents: { readonly [K in EventName]: Codec<EventContents[K]> } = {
  begin: u32,
  step: stepResult,
  shapes: list(shape),
  claim: both(stepResult, struct<Pick<ClaimResult, 'evidence'>>({ evidence: optional(evidence) })),
  end: { write: () => undefined, read: () => null },
  fatal: struct<LastWord>({ kind: among('kind of failure', text, failureKinds), message: text }),
  declared: struct<Declared>({ imported: words, added: words }),
  made: struct<Made>({ constants: list(madeConstant), terms: words }),
  firsts: struct<FirstBlocks>({ at: u32, blocks: words }),
  trace: words,
};

const namesOfTags = new Map(Object.entries(EventTag).map(([name, tag]) => [tag, name as EventName]));

export function writeEvent<K extends EventName>(out: ByteWriter, event: K, content: EventContents[K]): void {
  contents[event].write(out.u8(EventTag[event]), content);
}

/** Throws MalformedBytes. */
export function readEvent(from: ByteReader): Event {
  const tag = from.u8();
  const event = namesOfTags.get(tag);
  if (event === undefined) throw new MalformedBytes(`event ${tag}`);
  return { event, content: contents[event].read(from) } as Event;
}

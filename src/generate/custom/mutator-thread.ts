/** The entry point of the thread that a custom mutator runs in; workerData is ThreadData. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type {
  CustomMutator,
  MutatorCandidate,
  MutatorContext,
  NewUnit,
  NewUnits,
} from '../../api/mutator.js';
import { encode } from '../../ir/encode.js';
import { declarationFrom, MalformedTree } from '../../ir/from-value.js';
import { decode } from '../../ir/tree-builder.js';
import { UserError } from '../../util/errors.js';
import { Random } from '../../util/random.js';
import { describeFailure, importDefault } from '../../util/user-module.js';
import type { Given, Reply, Request, ThreadData, WireUnit } from './protocol.js';
import { describeModule } from './describe-module.js';

const { file, seed, port, replies, shownOn } = workerData as ThreadData;
const counter = new Int32Array(replies);

function reply(message: Reply): void {
  port.postMessage(message);
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
}

// process.exit in a thread ends the thread only; the worker must not wait for it in vain.
let uncaught = 'by process.exit or an uncaught error';
process.on('uncaughtExceptionMonitor', (error) => (uncaught = `by an uncaught error: ${said(error)}`));
process.on('exit', () => reply({ type: 'failed', how: 'exited', message: `its thread ended: ${uncaught}` }));

/**
 * Output of a module is no part of what a campaign prints. By the descriptor: this thread's streams wait for a worker
 * that waits for this thread.
 */
const toDescriptor = (text: string | Uint8Array): boolean => {
  try {
    writeSync(shownOn, typeof text === 'string' ? Buffer.from(text) : text);
  } catch {
    // Nobody is left who could be told.
  }
  return true;
};
for (const stream of [process.stdout, process.stderr]) stream.write = toDescriptor;

let mutator: CustomMutator;
try {
  const value = await importDefault('--mutator', file);
  const ready = describeModule(file, value);
  mutator = value as CustomMutator;
  if (seed !== null) await mutator.init?.(seed);
  reply(ready);
  port.on('message', (request: Request) => void answer(request).then(reply));
} catch (error) {
  reply({ type: 'failed', how: 'threw', message: said(error) });
}

/** The words of an error, with the place in the user's code; those of our own name the file already. */
function said(error: unknown): string {
  return error instanceof UserError ? error.message : describeFailure(error);
}

async function answer(request: Request): Promise<Reply> {
  try {
    return await call(request);
  } catch (error) {
    const how = error instanceof MalformedTree ? 'malformed' : 'threw';
    return { type: 'failed', how, message: error instanceof MalformedTree ? error.message : said(error) };
  }
}

/** Units of the present request, trees and texts, with their index: what comes back unchanged need not be sent. */
const handed = new Map<unknown, number>();

async function call(request: Request): Promise<Reply> {
  handed.clear();
  if (request.hook === 'deinit') {
    await mutator.deinit?.();
    return { type: 'answer', answer: true };
  }
  const candidate = candidateOf(request.level, request.units);
  const context = contextOf(request.seed, request.tag);
  switch (request.hook) {
    case 'mutate':
      return given(await mutator.mutate?.(candidate, context), true);
    case 'crossover': {
      const other = candidateOf(request.level, request.other ?? [], request.units.length);
      return given(await mutator.crossover?.(candidate, other, context), true);
    }
    case 'havoc':
      return given(await mutator.havoc?.(candidate, context), true);
    case 'postProcess':
      return given(await mutator.postProcess?.(candidate), false);
    case 'trim':
      return given(await mutator.trim?.(candidate, request.step ?? 0), false);
    case 'queueFilter':
      return { type: 'answer', answer: (await mutator.queueFilter?.(entryOf(request, candidate))) ?? true };
    case 'newEntry':
      await mutator.newEntry?.(entryOf(request, candidate));
      return { type: 'answer', answer: true };
  }
}

/** Of any type: a module need not keep to the types. */
async function given(units: NewUnits, describe: boolean): Promise<Reply> {
  if (units === undefined) return { type: 'units', units: null, description: '' };
  if (!Array.isArray(units))
    throw new MalformedTree(`${typeof units}, expected a list of units or undefined`);
  const flat = units.map(flatten);
  const said: unknown = describe ? await mutator.describe?.() : undefined;
  return { type: 'units', units: flat, description: typeof said === 'string' ? said : '' };
}

function flatten(unit: NewUnit): Given {
  const known = handed.get(unit);
  if (known !== undefined) return known;
  if (typeof unit === 'string' || unit instanceof Uint32Array) return unit;
  if (typeof unit !== 'object' || (unit as unknown) === null)
    throw new MalformedTree(`a unit of type ${typeof unit}, expected a text, a declaration or words`);
  if ('text' in unit) {
    if (typeof unit.text === 'string') return handed.get(unit.text) ?? unit.text;
    throw new MalformedTree(`a unit whose text is a ${typeof unit.text}`);
  }
  const tree = 'declaration' in unit ? unit.declaration : unit;
  return handed.get(tree) ?? encode([declarationFrom(tree)]);
}

function candidateOf(
  level: MutatorCandidate['level'],
  units: readonly WireUnit[],
  from = 0,
): MutatorCandidate {
  const hand = <U extends object>(unit: U, content: unknown, index: number): U => {
    handed.set(Object.freeze(unit), from + index).set(content, from + index);
    return unit;
  };
  if (level === 'source') {
    const made = units.flatMap(({ kind, content: text, declares, uses }, index) =>
      typeof text === 'string' ? hand({ kind, text, declares, uses }, text, index) : [],
    );
    return { level, units: made };
  }
  const made = units.flatMap(({ kind, content: words, declares, uses }, index) => {
    const [declaration] = typeof words === 'string' ? [] : decode(words);
    return declaration === undefined
      ? []
      : [hand({ kind, declaration: Object.freeze(declaration), declares, uses }, declaration, index)];
  });
  return { level, units: made };
}

function contextOf(seedOfCall: number, tag: string): MutatorContext {
  let names = 0;
  return { random: Random.of(seedOfCall), name: (prefix) => `${prefix}${tag}_${names++}` };
}

function entryOf(
  { entry }: Exclude<Request, { hook: 'deinit' }>,
  candidate: MutatorCandidate,
): Parameters<NonNullable<CustomMutator['newEntry']>>[0] {
  return { id: '', newFeatures: 0, outcome: '', parents: [], ...entry, candidate };
}

/** Any Lean's kernel, asked about each declaration of a file on an empty environment. */
import type { Answer } from '../../api/answer.js';
import { finished, type Execution, type Refusal } from '../../api/execution.js';
import type { Lean, NativeLean } from '../../api/lean.js';
import {
  judgeFile,
  type JudgedFile,
  type DeclarationPlace,
  type RefusedDeclaration,
} from '../../execute/embedded/judge-file.js';
import { declaredNames } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { answerOf } from '../../kernel/import/declared-lines.js';
import { Lines } from '../../kernel/import/lines.js';
import { declarationsIn } from '../../kernel/import/read-file.js';
import { saidOf } from '../../util/answer.js';
import { withLean } from './with-lean.js';

export interface JudgeLimits {
  /** Wall-clock limit of a native Lean. */
  readonly jobMillis: number;
  readonly signal: AbortSignal;
}

/** Puts the declarations of an open file in lean4export's format to a Lean's kernel, one after the other. */
export async function judgeOnLean(lean: Lean, file: number, limits: JudgeLimits): Promise<JudgedFile> {
  return lean.kind === 'embedded' ? judgeFile(file, limits) : judgeOnNative(lean, file, limits);
}

/** A declaration of the file, as words for Lean, and what it is made of. */
interface Asked extends DeclarationPlace {
  readonly words: Uint32Array;
  readonly declares: readonly Name[];
  readonly mentions: ReadonlySet<Name>;
}

/** Bytes of a job that are not the words of its declarations, at most: the head of each, and its own. */
const headBytes = 256;
/** Bytes of a job that fit into the memory which is shared with an executor. */
const maxJobBytes = 1 << 30;
/** Room for a job of the usual size. */
const usualBytes = 16 << 20;

async function judgeOnNative(native: NativeLean, file: number, limits: JudgeLimits): Promise<JudgedFile> {
  const { asked, unreadable } = readAll(file);
  const [first] = asked;
  const rest = unreadable === undefined ? {} : { unreadable };
  if (first === undefined) return { declarations: 0, refused: [], micros: 0, ...rest };
  const bytes = asked.reduce((sum, { words }) => sum + words.byteLength + headBytes, headBytes);
  if (bytes > maxJobBytes) {
    const why = `${bytes >> 20} MiB of declarations, of which ${maxJobBytes >> 20} can be asked`;
    return { declarations: asked.length, refused: [], micros: 0, lost: { ...first, why } };
  }
  // Without the base environment nobody can try whether it is called as it wants to be.
  await withLean({ native }, limits, () => Promise.resolve());
  const steps = asked.map(({ words }) => ({ kind: 'declaration' as const, words }));
  const [execution] = await withLean(
    { native, isBare: true },
    { ...limits, requestBytes: Math.max(usualBytes, 2 ** Math.ceil(Math.log2(bytes))) },
    (executor) => executor.run([{ level: 'kernel', steps, claims: [] }]),
  );
  return { ...judgedOf(asked, execution), ...rest };
}

function readAll(file: number): { asked: Asked[]; unreadable?: Exclude<Answer, { kind: 'accepts' }> } {
  const lines = new Lines(file);
  const asked: Asked[] = [];
  try {
    for (const { declaration, line } of declarationsIn(lines)) {
      const declares = declaredNames(declaration);
      const place = { at: asked.length, line, name: declares[0] ?? '' };
      asked.push({ ...place, words: encode([declaration]), declares, mentions: mentionedNames(declaration) });
    }
    return { asked };
  } catch (error) {
    return { asked, unreadable: saidOf(`line ${lines.at}`, answerOf(error)) };
  }
}

/** The kernel's answers; a declaration that rests on one that was not accepted was not really asked. */
function judgedOf(asked: readonly Asked[], execution: Execution | undefined): JudgedFile {
  const refused: RefusedDeclaration[] = [];
  const missing = new Set<Name>();
  let micros = 0;
  for (const { at, line, name, declares, mentions } of asked) {
    const step = execution?.steps[at];
    if (step === undefined) {
      const end = execution?.end ?? finished;
      const why = end.kind === 'finished' ? 'no result' : end.message;
      return { declarations: asked.length, refused, micros, lost: { at, line, name, why } };
    }
    micros += step.micros;
    if (step.outcome.kind === 'accepted') continue;
    const lacking = [...mentions].find((one) => missing.has(one) && !declares.includes(one));
    declares.forEach((one) => missing.add(one));
    const notAsked: Refusal = { kind: 'not asked', message: `${lacking}, which it rests on, is missing` };
    refused.push({ at, line, name, refusal: lacking === undefined ? step.outcome : notAsked });
  }
  return { declarations: asked.length, refused, micros };
}

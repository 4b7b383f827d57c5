/** Reads an open file of lean4export's format line by line: what each line declares, behind what it is made of. */
import { getHeapStatistics } from 'node:v8';
import { noAnswer, refuses, type Answer } from '../../util/answer.js';
import { readDeclaration, type Declared } from './declarations.js';
import { fieldsOf, shown, type Fields } from './fields.js';
import type { Lines } from './lines.js';
import { FileProblem, malformed, tooMuch } from './problem.js';
import { repeatedKey } from './repeated-key.js';
import { ImportTables } from './tables.js';

/** The declarations of a file in its order. Throws FileProblem, and RangeError for what is too deep. */
export function* declaredIn(lines: Lines): Generator<Declared> {
  const tables = new ImportTables();
  let unseen = 0;
  for (const text of lines) {
    unseen += text.length + lineOverhead;
    if (unseen > unitsPerLook) {
      lookAtMemory();
      unseen = 0;
    }
    const line = parsed(text);
    if (lines.at === 1) checkMeta(line);
    else if (!tables.take(line)) yield readDeclaration(tables, line);
  }
  if (lines.at === 0) throw malformed('an empty file, expected a line with meta first');
}

/** The answer that an error comes to which was thrown for what is in a file. Others are thrown on. */
export function answerOf(error: unknown): Exclude<Answer, { kind: 'accepts' }> {
  if (error instanceof FileProblem)
    return error.kind === 'refuses' ? refuses(error.message) : noAnswer(error.message);
  if (error instanceof RangeError) return noAnswer('too deep or too large');
  throw error;
}

/** Text between two looks at the memory, in UTF-16 units, and what a line counts beside its text. */
const unitsPerLook = 1 << 24;
const lineOverhead = 1 << 12;
/** Part of the heap that the file may fill. */
const heapShare = 0.85;

function lookAtMemory(): void {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  if (used > limit * heapShare) throw tooMuch(`more than fits into ${Math.round(limit / 2 ** 20)} MiB`);
}

const byteOrderMark = '\ufeff';

function parsed(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(
      text === '' ? 'an empty line' : text.startsWith(byteOrderMark) ? 'a byte order mark' : 'no JSON',
    );
  }
  const repeated = repeatedKey(text, value);
  if (repeated !== undefined) throw malformed(`the key ${shown(repeated)} twice in one object`);
  return fieldsOf(value, 'line');
}

/** Of the first line, only the version of the format is looked at. */
function checkMeta(line: Fields): void {
  if (!Object.hasOwn(line, 'meta')) throw malformed('lacks "meta", which is the first line of a file');
  const meta = fieldsOf(line['meta'], 'meta');
  if (!Object.hasOwn(meta, 'format')) return;
  const { version } = fieldsOf(meta['format'], 'meta, format');
  if (typeof version !== 'string' || !/^3\.[1-9]/.test(version))
    throw tooMuch(`meta, format: got version ${shown(version)}, expected 3.1.0`);
}

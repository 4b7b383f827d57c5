import type { FailureKind } from '../../api/execution.js';
import { messageOf } from '../../util/errors.js';

/** A failure that was thrown out of the module: the instance can't be used any more. */
export interface InstanceFailure {
  kind: FailureKind;
  message: string;
}

/** Thrown where the results of a job do not fit the response area of the mailbox. */
export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';
}

/**
 * Names what ended an instance. `lastOutput` is the last line that the module printed to its error stream, `memory`
 * the module's: a C++ exception is thrown as its address there.
 */
export function classifyFailure(thrown: unknown, lastOutput: string, memory: CppMemory): InstanceFailure {
  if (thrown instanceof ResponseTooLarge) return { kind: 'too-large', message: thrown.message };
  if (thrown instanceof RangeError) return { kind: 'stack-overflow', message: 'the native stack ran out' };
  if (thrown instanceof WebAssembly.RuntimeError) {
    const exhausted = /out of memory/i.test(lastOutput);
    return { kind: exhausted ? 'out-of-memory' : 'crashed', message: `WebAssembly trap: ${thrown.message}` };
  }
  if (typeof thrown === 'number') return uncaught(thrown, memory);
  const status = exitStatus(thrown);
  if (status === undefined) return { kind: 'crashed', message: messageOf(thrown) };
  if (/out of memory/i.test(lastOutput)) return { kind: 'out-of-memory', message: lastOutput.trim() };
  return {
    kind: 'crashed',
    message: `exit with status ${status}${lastOutput === '' ? '' : `: ${lastOutput.trim()}`}`,
  };
}

/** The memory of a module, as bytes and as words of 32 bits. */
interface CppMemory {
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
}

/** Bytes of the header before a thrown object, and where in it the address of its type's description is. */
const exceptionHeader = { bytes: 24, type: 4 };
/** The longest name that is taken for one: the memory of a lost instance may hold anything. */
const maxTypeName = 200;

/** The name of a thrown object's type as the Itanium ABI writes it, `St9bad_alloc`; empty where there is none. */
function cppTypeOf(address: number, { u8, u32 }: CppMemory): string {
  const type = u32[(address - exceptionHeader.bytes + exceptionHeader.type) >>> 2] ?? 0;
  const name = u32[(type + 4) >>> 2] ?? 0;
  const bytes = u8.subarray(name, name + maxTypeName + 1);
  const end = bytes.indexOf(0);
  if (name === 0 || end < 0) return '';
  const text = String.fromCharCode(...bytes.subarray(0, end));
  return /^[\w*]+$/.test(text) ? text : '';
}

/** Where the text of a `lean::throwable` is, a libc++ string: behind the address of its virtual functions. */
const textOfThrowable = { at: 4, size: 4, place: 11 };
/** The beginning of a text that is looked at: a stack trace may follow. */
const maxMessage = 200;

/** The beginning of what an exception of Lean's says. */
function leanMessageOf(address: number, { u8, u32 }: CppMemory): string {
  const text = address + textOfThrowable.at;
  const place = u8[text + textOfThrowable.place] ?? 0;
  // Short texts stand in the string itself, and its last byte is their length.
  const isShort = place < 128;
  const length = isShort ? place : (u32[(text + textOfThrowable.size) >>> 2] ?? 0);
  const from = isShort ? text : (u32[text >>> 2] ?? 0);
  return Buffer.from(u8.subarray(from, from + Math.min(length, maxMessage))).toString('latin1');
}

function uncaught(thrown: number, memory: CppMemory): InstanceFailure {
  const type = cppTypeOf(thrown, memory);
  const message = type === '' ? 'uncaught C++ exception' : `uncaught C++ exception ${type}`;
  if (type === 'St9bad_alloc') return { kind: 'out-of-memory', message };
  // Lean's interpreter leaves its own stack guard to whoever called it.
  if (type === 'N4lean9throwableE' && leanMessageOf(thrown, memory).startsWith('deep recursion was detected'))
    return { kind: 'stack-overflow', message: `${message}: deep recursion was detected` };
  return { kind: 'crashed', message };
}

/** The status of emscripten's ExitStatus, which is no Error. */
function exitStatus(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}

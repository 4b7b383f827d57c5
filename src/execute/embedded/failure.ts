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
  if (typeof thrown === 'number') return uncaught(cppTypeOf(thrown, memory));
  const status = exitStatus(thrown);
  if (status === undefined) return { kind: 'crashed', message: messageOf(thrown) };
  if (/out of memory/i.test(lastOutput)) return { kind: 'out-of-memory', message: lastOutput.trim() };
  return {
    kind: 'crashed',
    message: `exit with status ${status}${lastOutput === '' ? '' : `: ${lastOutput.trim()}`}`,
  };
}

/** What is read of a module's memory. */
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

function uncaught(type: string): InstanceFailure {
  const message = type === '' ? 'uncaught C++ exception' : `uncaught C++ exception ${type}`;
  return { kind: type === 'St9bad_alloc' ? 'out-of-memory' : 'crashed', message };
}

/** The status of emscripten's ExitStatus, which is no Error. */
function exitStatus(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}

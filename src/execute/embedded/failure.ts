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

/** Names what ended an instance. `lastOutput` is the last line that the module printed to its error stream. */
export function classifyFailure(thrown: unknown, lastOutput: string): InstanceFailure {
  if (thrown instanceof ResponseTooLarge) return { kind: 'too-large', message: thrown.message };
  if (thrown instanceof RangeError) return { kind: 'stack-overflow', message: 'the native stack ran out' };
  if (thrown instanceof WebAssembly.RuntimeError) {
    const exhausted = /out of memory/i.test(lastOutput);
    return { kind: exhausted ? 'out-of-memory' : 'crashed', message: `WebAssembly trap: ${thrown.message}` };
  }
  if (typeof thrown === 'number') return { kind: 'crashed', message: 'uncaught C++ exception' };
  const status = exitStatus(thrown);
  if (status === undefined) return { kind: 'crashed', message: messageOf(thrown) };
  if (/out of memory/i.test(lastOutput)) return { kind: 'out-of-memory', message: lastOutput.trim() };
  return {
    kind: 'crashed',
    message: `exit with status ${status}${lastOutput === '' ? '' : `: ${lastOutput.trim()}`}`,
  };
}

/** The status of emscripten's ExitStatus, which is no Error. */
function exitStatus(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}

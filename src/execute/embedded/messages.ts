import type { Refusal } from '../../api/execution.js';
import type { LeanHeap } from './heap.js';
import { KernelReader } from './kernel-reader.js';

const severityError = 2;
const maxMessage = 2000;

/** The first error of a borrowed message log, or null where there is none. */
export function firstError(heap: LeanHeap, log: number): Refusal | null {
  const list = heap.exports.l_Lean_MessageLog_toList(log);
  const error = heap.elements(list).find((message) => heap.scalarByte(message, 5, 1) === severityError);
  const refusal = error === undefined ? null : describe(heap, error);
  heap.dec(list);
  return refusal;
}

function describe(heap: LeanHeap, message: number): Refusal {
  const kind = heap.exports.l_Lean_Message_kind(message);
  const text = heap.exports.l_Lean_Message_toString(heap.inc(message), 0);
  const refusal: Refusal = {
    kind: 'refused',
    message: withoutPosition(heap.text(text)).slice(0, maxMessage),
    error: new KernelReader(heap).name(kind),
  };
  heap.dec(text);
  heap.dec(kind);
  return refusal;
}

/** `<input>:3:4: error(kind): text` without what differs from run to run. */
function withoutPosition(message: string): string {
  return message.replace(/^[^\n:]*:\d+:\d+: error(\([^)\n]*\))?: /, '').trimEnd();
}

/** Constructors of Lean's `Kernel.Exception`, in order. */
const kernelExceptions = [
  'unknownConstant',
  'alreadyDeclared',
  'declTypeMismatch',
  'declHasMVars',
  'declHasFVars',
  'funExpected',
  'typeExpected',
  'letTypeMismatch',
  'exprTypeMismatch',
  'appTypeMismatch',
  'invalidProj',
  'thmTypeIsNotProp',
  'other',
  'deterministicTimeout',
  'excessiveMemory',
  'deepRecursion',
  'interrupted',
] as const;

/** The refusal that a borrowed `Kernel.Exception` describes. */
export function kernelRefusal(heap: LeanHeap, exception: number): Refusal {
  const name = kernelExceptions[heap.tag(exception)] ?? 'unknown';
  const message = name === 'other' ? heap.text(heap.field(exception, 0)).slice(0, maxMessage) : name;
  return { kind: 'refused', message: `(kernel) ${message}`, error: `kernel.${name}` };
}

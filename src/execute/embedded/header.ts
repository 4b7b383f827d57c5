import type { Refusal } from '../../api/execution.js';
import type { LeanHeap } from './heap.js';
import { KernelReader } from './kernel-reader.js';
import { firstError } from './messages.js';

export type ParsedHeader =
  | { readonly kind: 'accepted'; /** Behind the header; owned by the caller. */ readonly parserState: number }
  | Refusal;

/**
 * Reads the header of a file, which processCommands does not: it must ask for nothing but what the executor has,
 * the environment after `import Init`. Owns the input context.
 */
export function parseHeader(heap: LeanHeap, input: number): ParsedHeader {
  const { exports } = heap;
  const result = heap.ioValue(exports.l_Lean_Parser_parseHeader(input)); // (syntax, parser state, messages)
  const rest = heap.field(result, 1);
  const refusal = firstError(heap, heap.field(rest, 1)) ?? whyNotAsked(heap, heap.field(result, 0));
  const parserState = heap.inc(heap.field(rest, 0));
  heap.dec(result);
  if (refusal === null) return { kind: 'accepted', parserState };
  heap.dec(parserState);
  return refusal;
}

/** Why a text with this borrowed header is not put to Lean, or null. */
function whyNotAsked(heap: LeanHeap, header: number): Refusal | null {
  const { exports } = heap;
  if ((exports.l_Lean_Elab_HeaderSyntax_isModule(heap.inc(header)) & 1) !== 0) {
    return notAsked('a file of the module system ("module"): got a module header, expected a plain file');
  }
  const imports = exports.l_Lean_Elab_HeaderSyntax_imports(heap.inc(header), 1);
  const reader = new KernelReader(heap);
  const names = heap.arrayElements(imports).map((entry) => reader.name(heap.field(entry, 0)));
  heap.dec(imports);
  // Without "prelude", Lean puts Init in front of the list.
  if (!names.includes('Init'))
    return notAsked('a file with "prelude", which replaces the core types themselves');
  const foreign = names.filter((name) => name !== 'Init' && !name.startsWith('Init.'));
  return foreign.length === 0
    ? null
    : notAsked(`import ${foreign.join(', ')}: got a foreign module, expected Init only`);
}

function notAsked(message: string): Refusal {
  return { kind: 'not asked', message: `not supported here: ${message}` };
}

import type { NativeLean } from '../../api/lean.js';
import { invalid, UserError } from '../../util/errors.js';
import type { KernelPatch } from './lean-host.js';
import { bytesAt, symbolAddress } from './symbol-table.js';

/**
 * Planted bugs of native kernels, for tests and benchmarks: one conditional branch, inverted. A branch is said as
 * SYMBOL+0xOFFSET, the function as the symbol table writes it; names stand for branches of releases that were looked at.
 */
const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  /** In check_positivity, "does the type occur in this domain": a domain that mentions it passes, another one fails. */
  positivity: {
    '4.35.0': '_ZN4lean16add_inductive_fn16check_positivityENS_4exprERKNS_4nameEi+0xab',
  },
  /** In infer_proj, "is the field a proof, where the structure is one": data is projected out of proofs. */
  'prop-projection': {
    '4.35.0': '_ZN4lean12type_checker10infer_projERKNS_4exprEb+0x517',
  },
};

/** x86-64: `0x7x` with an offset of one byte, `0x0F 0x8x` with one of four; the lowest bit inverts the condition. */
const [shortJumps, longJumps, twoBytes] = [0x70, 0x80, 0x0f];

/** Whether a planted bug is a branch of this Lean as far as its name says. */
export function isMutantOf(lean: NativeLean, mutant: string): boolean {
  return placeOf(lean, mutant) !== undefined;
}

/** The byte to change for a planted bug. UserError (2) where there is no such branch. */
export function patchOf(lean: NativeLean, mutant: string): KernelPatch {
  const place = placeOf(lean, mutant);
  const fail = (got: string): UserError =>
    invalid('--kernel-mutant', got, 'SYMBOL+0xOFFSET of a conditional branch of this Lean, or a known name');
  if (place === undefined) throw fail(mutant);
  const { symbol, offset } = place;
  let address: number;
  try {
    address = symbolAddress(lean.path, symbol);
  } catch (error) {
    if (error instanceof UserError) throw fail(`${mutant}, and ${error.message}`);
    throw error;
  }
  const [first = 0, second = 0] = bytesAt(lean.path, address + offset, 2);
  if ((first & 0xf0) === shortJumps) return { symbol, offset, before: first, after: first ^ 1 };
  if (first === twoBytes && (second & 0xf0) === longJumps)
    return { symbol, offset: offset + 1, before: second, after: second ^ 1 };
  throw fail(`${mutant}, where the bytes are ${hex(first)} ${hex(second)}`);
}

function placeOf({ version }: NativeLean, mutant: string): { symbol: string; offset: number } | undefined {
  const branch = Object.hasOwn(named, mutant) ? named[mutant]?.[version] : mutant;
  const [, symbol, offset] = /^(\w+)\+0x([0-9a-f]{1,7})$/i.exec(branch ?? '') ?? [];
  return symbol === undefined || offset === undefined ? undefined : { symbol, offset: parseInt(offset, 16) };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

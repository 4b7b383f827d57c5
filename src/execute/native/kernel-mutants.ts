import type { NativeLean } from '../../api/lean.js';
import { invalid, UserError } from '../../util/errors.js';
import type { KernelPatch } from './lean-host.js';
import { bytesAt, symbolAddress } from './symbol-table.js';

/**
 * Planted bugs of native kernels, for tests and benchmarks: one conditional branch, inverted, or taken always or
 * never. A branch is said as SYMBOL+0xOFFSET, the function as the symbol table writes it, with `:always` or `:never`
 * behind it; names stand for branches of releases that were looked at.
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
/** Jumps without a condition, with offsets as long. */
const [shortJump, longJump, nothing] = [0xeb, 0xe9, 0x90];

/** The effect of a planted bug on a branch. */
export const mutations = ['invert', 'always', 'never'] as const;
export type Mutation = (typeof mutations)[number];

/** Whether a planted bug is a branch of this Lean as far as its name says. */
export function isMutantOf(lean: NativeLean, mutant: string): boolean {
  return placeOf(lean, mutant) !== undefined;
}

/** The bytes to change for a planted bug. UserError (2) where there is no such branch. */
export function patchOf(lean: NativeLean, mutant: string): KernelPatch {
  const place = placeOf(lean, mutant);
  const fail = (got: string): UserError =>
    invalid(
      '--kernel-mutant',
      got,
      'SYMBOL+0xOFFSET of a conditional branch of this Lean, with :always or :never or neither, or a known name',
    );
  if (place === undefined) throw fail(mutant);
  const { symbol, offset, mutation } = place;
  let address: number;
  try {
    address = symbolAddress(lean.path, symbol);
  } catch (error) {
    if (error instanceof UserError) throw fail(`${mutant}, and ${error.message}`);
    throw error;
  }
  const before = [...bytesAt(lean.path, address + offset, 6)];
  const after = mutated(before, mutation);
  if (after === undefined)
    throw fail(`${mutant}, where the bytes are ${before.slice(0, 2).map(hex).join(' ')}`);
  return { symbol, offset, before: before.slice(0, after.length), after };
}

/** The bytes of a branch that does otherwise; undefined where there is none. */
function mutated(before: readonly number[], mutation: Mutation): number[] | undefined {
  const [first = 0, second = 0, ...offset] = before;
  const isShort = (first & 0xf0) === shortJumps;
  if (!isShort && (first !== twoBytes || (second & 0xf0) !== longJumps || offset.length < 4))
    return undefined;
  switch (mutation) {
    case 'invert':
      return isShort ? [first ^ 1] : [first, second ^ 1];
    case 'always':
      return isShort ? [shortJump] : [nothing, longJump];
    case 'never':
      // To the next instruction, wherever the condition says.
      return isShort ? [first, 0] : [first, second, 0, 0, 0, 0];
  }
}

interface BranchPlace {
  readonly symbol: string;
  readonly offset: number;
  readonly mutation: Mutation;
}

function placeOf({ version }: NativeLean, mutant: string): BranchPlace | undefined {
  const branch = Object.hasOwn(named, mutant) ? named[mutant]?.[version] : mutant;
  const [, symbol, offset, how = 'invert'] =
    /^([\w$.]+)\+0x([0-9a-f]{1,7})(?::(\w+))?$/i.exec(branch ?? '') ?? [];
  const mutation = mutations.find((one) => one === how);
  if (symbol === undefined || offset === undefined || mutation === undefined) return undefined;
  return { symbol, offset: parseInt(offset, 16), mutation };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

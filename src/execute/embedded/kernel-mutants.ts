import type { WasmBinary } from './wasm-binary.js';

/**
 * Planted kernel bugs: ground truth for the fuzzer's own tests. Each patches a few bytes of one function of
 * Lean's C++ kernel, after which it accepts a proof of False that the real kernel refuses. They exist for
 * tests and benchmarks only; whatever runs on a mutated kernel says so in every report and finding.
 */
export const kernelMutants = {
  /** check_positivity: "the type occurs nowhere in this field" is always the answer, so nothing is checked. */
  positivity: {
    function: '_ZN4lean16add_inductive_fn16check_positivityENS_4exprERKNS_4nameEi',
    // local.get 0; local.get 1; call has_ind_occ; i32.eqz; br_if 0  ->  ...; drop; drop; i32.const 1; br_if 0
    pattern: '2000200110ab08450d00',
    replacement: '200020011a1a41010d00',
  },
} as const satisfies Record<string, { function: string; pattern: string; replacement: string }>;

export type KernelMutant = keyof typeof kernelMutants;

export function isKernelMutant(name: string): name is KernelMutant {
  return Object.hasOwn(kernelMutants, name);
}

export function plant(binary: WasmBinary, mutant: KernelMutant): void {
  const { function: name, pattern, replacement } = kernelMutants[mutant];
  binary.patch(name, pattern, replacement);
}

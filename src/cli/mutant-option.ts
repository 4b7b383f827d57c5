import { isKernelMutant, kernelMutants, type KernelMutant } from '../execute/embedded/kernel-mutants.js';
import { invalid } from '../util/errors.js';

/** The zygote's options for a --kernel-mutant; none for the real kernel. */
export function parseMutant(name: string | null | undefined): { mutant?: KernelMutant } {
  if (name === undefined || name === null) return {};
  if (!isKernelMutant(name))
    throw invalid('--kernel-mutant', name, `one of ${Object.keys(kernelMutants).join(', ')}`);
  return { mutant: name };
}

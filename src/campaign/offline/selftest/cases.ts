import { freeVariable, honestTheorem, readableProof, type KernelInput } from './kernel-cases.js';

/** The input of a case: a text of the package's folder `selftest`, or declarations for the kernel. */
export type SelftestInput =
  { readonly level: 'source'; readonly file: string } | ({ readonly level: 'kernel' } & KernelInput);

/** A known soundness bug of the embedded Lean, or a control that differs from one in what makes it work. */
export interface SelftestCase {
  readonly name: string;
  readonly expected: 'solution' | 'none';
  /** Must occur in one of the reasons, so that a control is not declined for an accident. */
  readonly reason: string;
  readonly input: SelftestInput;
}

/** Every case of `lean-fuzz selftest`, each bug before its controls. */
export const selftestCases: readonly SelftestCase[] = [
  bug('14484-free-variable', kernel(freeVariable.inOpaque)),
  control('14484-in-theorem', 'declHasFVars', kernel(freeVariable.inTheorem)),
  control('14484-in-definition', 'declHasFVars', kernel(freeVariable.inDefinition)),
  control('14484-without-binder', 'unknown free variable', kernel(freeVariable.withoutBinder)),

  bug('14613-readable-proof', kernel(readableProof.inMutualBlock)),
  control('14613-type-alone', 'is too big for the corresponding inductive', kernel(readableProof.alone)),
  control('14613-plain-prop', 'read: refused: (kernel) invalidProj', kernel(readableProof.plainProp)),

  bug('14807-stuck-sort', text('stuck-sort.lean')),
  control('14807-no-relabel', 'refused: type expected', text('stuck-sort-no-relabel.lean')),
  control('14807-not-prop', 'refused: Tactic `rfl` failed', text('stuck-sort-not-prop.lean')),
  control('14807-transparent', 'refused: Invalid projection', text('stuck-sort-transparent-proof.lean')),

  control('sorry', 'axiom sorryAx', text('sorry.lean')),
  control('user-axiom', 'rests on the axiom bad', text('axiom.lean')),
  control(
    'kernel-rejected',
    "(kernel) invalid declaration, it uses unsafe declaration 'loop'",
    text('kernel-rejected.lean'),
  ),
  control('honest-theorem', 'is not the constant False', kernel(honestTheorem)),
];

function bug(name: string, input: SelftestInput): SelftestCase {
  return { name, expected: 'solution', reason: 'replayed by the kernel in a fresh environment', input };
}

function control(name: string, reason: string, input: SelftestInput): SelftestCase {
  return { name, expected: 'none', reason, input };
}

function kernel(input: KernelInput): SelftestInput {
  return { level: 'kernel', ...input };
}

function text(file: string): SelftestInput {
  return { level: 'source', file };
}

import { declaredNames, type Declaration } from '../../ir/declaration.js';

/** The axioms that proofs may rest on. */
const ordinaryAxioms = ['propext', 'Quot.sound', 'Classical.choice'] as const;

/** Names of the axioms among declarations. */
export function axiomsAmong(declarations: readonly Declaration[]): string[] {
  return declarations.flatMap((one) => (one.kind === 'axiom' ? declaredNames(one) : []));
}

/**
 * The configuration of nanoda for an export in its own folder: its file, and the axioms that are permitted besides
 * the ordinary.
 */
export function nanodaConfig(file: string, axioms: readonly string[] = []): string {
  const config = {
    export_file_path: file,
    permitted_axioms: [...new Set([...ordinaryAxioms, ...axioms])],
    unpermitted_axiom_hard_error: true,
    nat_extension: true,
    string_extension: true,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** One planted bug of each kind that an unsound kernel could have, in 4.35.0: places as --kernel-mutant takes them. */
export const handMade: readonly (readonly [name: string, mutant: string])[] = [
  ['positivity', 'positivity'],
  ['projections out of Prop', 'prop-projection'],
  ['large elimination', '_ZN4lean16add_inductive_fn26elim_only_at_universe_zeroEv+0x65:never'],
  ['constructor universe', '_ZN4lean16add_inductive_fn18check_constructorsEv+0x394:always'],
  ['unsafe constants', '_ZN4lean12type_checker14infer_constantERKNS_4exprEb+0x88:never'],
  ['proof irrelevance', '_ZN4lean12type_checker21is_def_eq_proof_irrelERKNS_4exprES3_+0x36:never'],
  ['application arguments', '_ZN4lean12type_checker9infer_appERKNS_4exprEb+0x39a:never'],
  [
    'Nat.beq and Nat.ble',
    '_ZN4lean12type_checker19reduce_bin_nat_predIFbP11lean_objectS3_EEENSt3__18optionalINS_4exprEEERKT_RKS7_+0x186:never',
  ],
];

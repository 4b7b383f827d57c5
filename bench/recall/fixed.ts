/** A place where Lean 4.28.0 wrongly accepts what 4.35.0 refuses, and the leads that show it, by their signatures. */
export interface Fixed {
  /** The change that fixed it. */
  readonly change: string;
  readonly about: string;
  readonly signature: RegExp;
}

const nested = '(mutual )?nested inductive';

/** All that are known, of leanprover/lean4. */
export const fixedSince: readonly Fixed[] = [
  {
    change: '#14498',
    about: 'free and metavariables in opaque values',
    signature: /accepted opaque: a (free variable|metavariable)/,
  },
  {
    change: '#14577',
    about: 'arguments that nesting drops',
    signature: new RegExp(`accepted .*${nested}: an argument of another type`),
  },
  {
    change: '#14607',
    about: 'free variables in nested types',
    signature: new RegExp(`accepted ${nested}: a (free variable|metavariable)`),
  },
  {
    change: '#14608',
    about: 'level parameters in mutual blocks',
    signature: /accepted mutual: definitions with other level parameters/,
  },
  { change: '#14613', about: 'data out of proofs', signature: /: data out of a proof/ },
  {
    change: '#14616',
    about: 'names of auxiliary types',
    signature: /: a name of an auxiliary type, which begins with _nested/,
  },
  { change: '#14631', about: 'a name twice in a mutual block', signature: /accepted mutual: a name twice/ },
  {
    change: '#14632',
    // Measured: the embedded Lean is a build of 32 bits, for which no such index is small, and refuses them all.
    about: 'projection indices past 2^32',
    signature: /: a projection beyond the last field/,
  },
  {
    change: '#14582',
    about: 'parameters that vary',
    signature: /: a type of the block with other parameters or levels/,
  },
  { change: '#14806', about: 'equality by transitivity', signature: /by transitivity/ },
  { change: '#14807', about: 'propositions whose sort is stuck', signature: /: a type was expected/ },
  {
    change: '#12817',
    about: 'unfolding with too few levels',
    signature: /accepted (definition|theorem|opaque|mutual): another number of levels/,
  },
];

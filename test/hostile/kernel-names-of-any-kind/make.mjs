import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () =>
  ['a\0b', 'a\nb', '\u202ea', 'x'.repeat(100_000), '.', '«', ''].map((name) =>
    decl(name, constant('Nat'), nat(0n)),
  );

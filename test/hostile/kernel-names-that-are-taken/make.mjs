import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => [decl('Nat.rec', constant('Nat'), nat(0n)), decl('Nat', constant('Nat'), nat(0n))];

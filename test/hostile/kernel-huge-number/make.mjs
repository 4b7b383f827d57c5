import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => [decl('n', constant('Nat'), nat(2n ** 2_000_000n))];

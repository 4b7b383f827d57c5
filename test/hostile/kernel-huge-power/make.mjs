import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  const power = app(constant('Nat.pow'), nat(2n), nat(4_000_000_000n));
  const type = app(constant('Eq', [1]), constant('Nat'), power, nat(0n));
  return [decl('p', type, app(constant('Eq.refl', [1]), constant('Nat'), power))];
};

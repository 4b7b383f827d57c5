import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  let term = nat(1n);
  for (let i = 0; i < 60; i++) term = app(constant('Nat.add'), term, term);
  const type = app(constant('Eq', [1]), constant('Nat'), term, nat(2n ** 60n));
  return [decl('shared', type, app(constant('Eq.refl', [1]), constant('Nat'), term))];
};

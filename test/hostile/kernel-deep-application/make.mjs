import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  let term = nat(0n);
  for (let i = 0; i < 30_000; i++) term = app(constant('Nat.succ'), term);
  return [decl('deep', constant('Nat'), term)];
};

import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  let [type, value] = [constant('Nat'), nat(0n)];
  for (let i = 0; i < 20_000; i++) [type, value] = [pi(constant('Nat'), type), lam(constant('Nat'), value)];
  return [decl('deep', type, value)];
};

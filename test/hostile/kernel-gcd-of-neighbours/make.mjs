import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
const equal = (a, b) => app(constant('Eq', [1]), constant('Nat'), a, b);
const same = (a) => app(constant('Eq.refl', [1]), constant('Nat'), a);
export default () => {
  let [a, b] = [1n, 1n];
  for (let i = 0; i < 60_000; i++) [a, b] = [b, a + b];
  return [decl('divisor', equal(app(constant('Nat.gcd'), nat(a), nat(b)), nat(2n)), same(nat(1n)))];
};

import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
const equal = (a, b) => app(constant('Eq', [1]), constant('Nat'), a, b);
const same = (a) => app(constant('Eq.refl', [1]), constant('Nat'), a);
export default () => {
  let number = nat(1n);
  for (let i = 0; i < 40; i++) number = app(constant('Nat.shiftLeft'), number, nat(1n << 24n));
  return [decl('shifted', equal(number, nat(0n)), same(nat(0n)))];
};

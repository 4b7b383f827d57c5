import { bvar } from '../../../dist/ir/expr.js';
import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
const equal = (a, b) => app(constant('Eq', [1]), constant('Nat'), a, b);
const same = (a) => app(constant('Eq.refl', [1]), constant('Nat'), a);
export default () => {
  const made = [];
  const step = (name, i) => {
    const below =
      i === 0
        ? app(constant('Nat.succ'), nat(name === 'l' ? 1n : 2n))
        : app(constant('twice'), constant(`${name}${i - 1}`), constant(`${name}${i - 1}`));
    made.push(decl(`${name}${i}`, constant('Nat'), below));
  };
  made.push(
    decl(
      'twice',
      pi(constant('Nat'), pi(constant('Nat'), constant('Nat'))),
      lam(constant('Nat'), lam(constant('Nat'), app(constant('Nat.succ'), bvar(0)))),
    ),
  );
  for (let i = 0; i < 40; i++) {
    step('l', i);
    step('r', i);
  }
  return [...made, decl('unequal', equal(constant('l39'), constant('r39')), same(constant('l39')))];
};

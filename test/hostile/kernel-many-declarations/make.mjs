import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () =>
  Array.from({ length: 1000 }, (_, i) =>
    decl(`d${i}`, constant('Nat'), i === 0 ? nat(0n) : app(constant('Nat.succ'), constant(`d${i - 1}`))),
  );

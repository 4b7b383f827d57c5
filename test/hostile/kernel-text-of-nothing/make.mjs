import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  const text = (s) => string(s.repeat(20_000));
  const equal = app(constant('Eq', [1]), constant('String'), text('\0'), text('\u{10ffff}'));
  return [decl('texts', equal, app(constant('Eq.refl', [1]), constant('String'), text('\0')))];
};

import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  let type = constant('Nat');
  for (let i = 0; i < 40; i++) type = pi(type, type);
  return [decl('shared', sort(1), type)];
};

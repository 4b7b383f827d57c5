import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => {
  const made = [];
  for (let i = 0; i < 1500; i++) made.push(decl(`s${i}`, sort(i + 1), sort(i)));
  return [...made, decl('wrong', sort(3), sort(3))];
};

import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
const loop = app(lam(constant('Bool'), constant('loop')), constant('Bool.true'));
const equation = app(constant('Eq', [1]), constant('Bool'), constant('loop'), constant('Bool.true'));
const proof = app(constant('Eq.refl', [1]), constant('Bool'), constant('Bool.true'));
export default () => [
  decl('loop', constant('Bool'), loop, 'unsafe'),
  decl('spin', equation, proof, 'unsafe'),
];

import { app, constant, decl, lam, nat, pi, sort, string } from '../terms.mjs';

/** The declarations of the case. */
export default () => [decl('s', constant('String'), string('a'.repeat(500_000)))];

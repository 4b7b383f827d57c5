import type { LeanIdentity } from '../../src/api/lean.js';

/** The embedded Lean as findings and reports say it, on a machine where its package is in /lean. */
export const embedded: LeanIdentity = {
  kind: 'embedded',
  name: 'embedded',
  version: '4.28.0',
  githash: '38f3c0c45b8df6da2652faff6dcaa15afb5a6981',
  path: '/lean/lean.wasm',
  hash: '7ba15bd90d4ab6d8344a9662d6fd190f8326c9b6a79bbd935ef26c4063dbba02',
};

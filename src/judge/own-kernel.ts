import type { LeanIdentity } from '../api/lean.js';
import { environmentOn } from '../kernel/base-environment.js';
import type { Environment } from '../kernel/environment.js';
import { faithful, newestRelease, type Mode } from '../kernel/mode.js';
import { atLeastRelease } from '../util/release.js';

/** Our own kernel as it stands beside a Lean: in the mode of that release, on what that Lean has declared. */
export interface OwnKernel {
  readonly mode: Mode;
  readonly environment: Environment;
}

/** Our kernel beside a Lean at kernel level; a release that a library does not tell is taken for the newest. */
export function ownKernelFor({ kind, version }: Pick<LeanIdentity, 'kind' | 'version'>): OwnKernel {
  return {
    mode: faithful(atLeastRelease(version) === undefined ? newestRelease : version),
    environment: environmentOn(kind),
  };
}

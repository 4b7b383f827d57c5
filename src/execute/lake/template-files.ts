import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, unusable } from '../../util/errors.js';
import { readBounded } from '../../util/files.js';

/** The files of the pristine Lake project; template/README.md says what each is for. */
export const templateFiles = [
  'Challenge.lean',
  'Solution.lean',
  'Template.lean',
  'lakefile.toml',
  'lean-toolchain',
  'config.json',
] as const;

/** Bytes of such a file. */
const mostBytes = 1 << 20;

/** The text of a file of a template. UserError for what is no plain file; throws what the system says. */
export function readTemplateFile(folder: string, file: (typeof templateFiles)[number]): string {
  return readBounded(join(folder, file), mostBytes).toString();
}

/** Throws a UserError (78) that names the folder and what is wrong with it, where it can't serve as a template. */
export function checkTemplate(folder: string): void {
  const expected = (what: string): Error => unusable('template folder', folder, what);
  let isFolder: boolean;
  try {
    isFolder = statSync(folder).isDirectory();
  } catch (error) {
    throw expected(`a folder that can be read (${messageOf(error)})`);
  }
  if (!isFolder) throw expected('a folder');
  const missing = templateFiles.filter(
    (file) => !existsSync(join(folder, file)) && !hasInstead(folder, file),
  );
  if (missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are';
    throw expected(`a Lake project with ${missing.join(', ')}, which ${are} missing`);
  }
  let challenge: string;
  try {
    challenge = readTemplateFile(folder, 'Challenge.lean');
  } catch (error) {
    throw expected(`a Challenge.lean that can be read (${messageOf(error)})`);
  }
  if (!/theorem\s+soundness_check\s*:\s*False\b/.test(challenge))
    throw expected('a Challenge.lean that states "theorem soundness_check : False"');
}

function hasInstead(folder: string, file: string): boolean {
  return file === 'lakefile.toml' && existsSync(join(folder, 'lakefile.lean'));
}

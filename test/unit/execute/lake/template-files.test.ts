import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../../../../src/execute/lake/template-files.js';
import { packageRoot } from '../../../../src/util/package.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const template = join(packageRoot, 'template');

describe('the template folder', () => {
  it('of the package is complete', () => {
    expect(() => checkTemplate(template)).not.toThrow();
  });

  it('is refused, with its path and what is missing, when a file is gone', () => {
    const folder = temporaryFolder();
    cpSync(template, folder, { recursive: true });
    rmSync(join(folder, 'Template.lean'));
    expect(() => checkTemplate(folder)).toThrow(
      `template folder: got "${folder}", expected a Lake project with Template.lean, which is missing`,
    );
  });

  it('is refused when it does not exist', () => {
    expect(() => checkTemplate(join(temporaryFolder(), 'none'))).toThrow(
      'expected a folder that can be read (ENOENT',
    );
  });

  it('is refused where it is a file, or a pipe stands for one', () => {
    const file = join(template, 'Challenge.lean');
    expect(() => checkTemplate(file)).toThrow(`template folder: got "${file}", expected a folder`);
    const folder = temporaryFolder();
    cpSync(template, folder, { recursive: true });
    rmSync(join(folder, 'Challenge.lean'));
    execFileSync('mkfifo', [join(folder, 'Challenge.lean')]);
    expect(() => checkTemplate(folder)).toThrow('expected a Challenge.lean that can be read (');
  });

  it('is refused when it asks for something else', () => {
    const folder = temporaryFolder();
    cpSync(template, folder, { recursive: true });
    writeFileSync(join(folder, 'Challenge.lean'), 'theorem soundness_check : True := trivial\n');
    expect(() => checkTemplate(folder)).toThrow(
      'a Challenge.lean that states "theorem soundness_check : False"',
    );
  });
});

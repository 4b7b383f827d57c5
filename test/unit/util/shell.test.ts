import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/util/package.js';
import { ownCommand, pathArgument, shellCommand, shellWord } from '../../../src/util/shell.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const words = [
  ...[
    '',
    'plain',
    'two words',
    "it's",
    '"quoted"',
    '#hash',
    'a#b',
    '$HOME',
    '`id`',
    '$(id)',
    '\\',
    '*',
    '~',
    '!x',
  ],
  ...[
    '-n',
    '--',
    "'",
    "''",
    'a\nb',
    'a\n\nb%s\\n',
    "\t'\x1b[2K",
    '\u202eabc',
    'é α',
    ';&|<>(){}[]?',
    '-\n',
    'x=',
  ],
];

describe('shellWord', () => {
  it.each(words)('says %j to a POSIX shell, on one line', (word) => {
    const quoted = shellWord(word);
    expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const [file, ...args] = [
      'sh',
      '-c',
      `node -e 'process.stdout.write(process.argv[1])' -- ${quoted}`,
    ] as const;
    const said = execFileSync(file, args, { encoding: 'utf8' });
    expect(said).toBe(word.endsWith('\n') ? `${word}/` : word);
  });

  it('leaves what needs no quotes as it is', () => {
    expect(shellCommand(['npx', 'lean-fuzz', 'replay', '/c/leads/lead-00aa'])).toBe(
      'npx lean-fuzz replay /c/leads/lead-00aa',
    );
    expect(pathArgument('-x')).toBe('./-x');
  });
});

describe('ownCommand', () => {
  it('names npx where npx finds this lean-fuzz, and this installation elsewhere', () => {
    const folder = temporaryFolder();
    const own = `node ${shellWord(join(packageRoot, 'bin', 'lean-fuzz.js'))} replay .`;
    expect(ownCommand(['replay', '.'], packageRoot)).toBe('npx lean-fuzz replay .');
    expect(ownCommand(['replay', '.'], join(packageRoot, 'docs'))).toBe('npx lean-fuzz replay .');
    expect(ownCommand(['replay', '.'], folder)).toBe(own);
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    symlinkSync(join(packageRoot, 'bin', 'lean-fuzz.js'), join(folder, 'node_modules', '.bin', 'lean-fuzz'));
    expect(ownCommand(['replay', '.'], join(folder, 'a', 'b'))).toBe('npx lean-fuzz replay .');
  });

  it('does not take another lean-fuzz for this one', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', '.bin', 'lean-fuzz'), '');
    expect(ownCommand(['doctor'], folder)).toMatch(/^node /);
  });
});

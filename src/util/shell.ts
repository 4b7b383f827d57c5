import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageRoot } from './package.js';

/** A command as a line for a POSIX shell that says exactly these words, and as long as it is one line on a terminal. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** One word of a command. Characters that no line can hold (see printable.ts) are made by `printf` as it runs. */
export function shellWord(text: string): string {
  if (/^[\w./:=@%+,-]+$/.test(text)) return text;
  if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  // `$(...)` takes line breaks from the end; only a folder's name can have one there, and it is the same with a slash.
  const kept = text.endsWith('\n') ? `${text}/` : text;
  const plain = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}%\\'-]/gu;
  const octal = (one: string): string =>
    [...Buffer.from(one)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `"$(printf '${kept.replace(plain, octal)}')"`;
}

/** A path as an argument: one that begins with `-` would be read as an option. */
export function pathArgument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/**
 * A command of lean-fuzz that runs when it is pasted in the folder `from`. `npx` finds lean-fuzz only where it is
 * installed in that folder or above it; elsewhere the command names this installation.
 */
export function ownCommand(words: readonly string[], from: string): string {
  return npxFinds(resolve(from)) ? installedCommand(words) : shellCommand(['node', ownProgram, ...words]);
}

/** The same for a folder of any machine that lean-fuzz is installed in, or above. */
export function installedCommand(words: readonly string[]): string {
  return shellCommand(['npx', 'lean-fuzz', ...words]);
}

const ownProgram = join(packageRoot, 'bin', 'lean-fuzz.js');

function npxFinds(from: string): boolean {
  if (packageOf(from) === packageRoot) return true;
  for (let folder = from; ; folder = dirname(folder)) {
    const program = join(folder, 'node_modules', '.bin', 'lean-fuzz');
    if (existsSync(program)) return realpathSync(program) === realpathSync(ownProgram);
    if (folder === dirname(folder)) return false;
  }
}

/** The nearest folder that npm takes for a project's. */
function packageOf(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || existsSync(join(folder, 'node_modules'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { printed } from '../../support/printed.js';

/** What a real bash offers for the last of some words. */
async function offered(...words: string[]): Promise<string[]> {
  const { out } = await printed('completion', 'bash');
  const line = ['lean-fuzz', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${out}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _lean_fuzz; echo "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).trim().split(/\s+/);
}

describe('completion', () => {
  it('offers a bash commands, their flags, and the words that these take', async () => {
    expect(await offered('re')).toEqual(['replay', 'regress', 'report', 'repair']);
    expect(await offered('corpus', 'l')).toEqual(['list']);
    expect(await offered('--le')).toEqual(expect.arrayContaining(['--level', '--lean']));
    expect(await offered('ci', '--fail')).toEqual(['--fail-on']);
    expect(await offered('corpus', 'cmin', '--h')).toEqual(['--help']);
    expect(await offered('run', '--cores', '2', '--level', '')).toEqual(['source', 'kernel', 'both']);
    // Files, which bash knows.
    expect(await offered('replay', 'solutions')).toEqual(['']);
  });

  it('has a script for each shell, and no other', async () => {
    expect((await printed('completion', 'zsh')).out).toContain('bashcompinit');
    const { out } = await printed('completion', 'fish');
    expect(out).toMatch(/^complete -c lean-fuzz .* -l level -x -a 'source kernel both' -d '/m);
    expect(await printed('completion', 'tcsh')).toMatchObject({
      ...{ out: '', code: 2 },
      error: 'lean-fuzz: shell: got "tcsh", expected bash, zsh or fish\n',
    });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { printed } from '../../support/printed.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

afterEach(() => vi.unstubAllEnvs());

/** The words that a real bash offers for the last of some words. */
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
    expect(await offered('run', '--lean', './')).toEqual(['']);
    expect(await offered('replay', 'solutions')).toEqual(['']);
  });

  it('offers the names of the toolchains that are here', async () => {
    const folder = temporaryFolder();
    for (const name of ['elan/toolchains/leanprover--lean4---v4.9.0', 'cache/toolchains/lean-4.35.0'])
      mkdirSync(join(folder, name), { recursive: true });
    vi.stubEnv('ELAN_HOME', join(folder, 'elan'));
    vi.stubEnv('LEAN_FUZZ_CACHE', join(folder, 'cache'));
    const names = ['embedded', 'auto', '4.9.0', 'lean-4.35.0', '4.35.0'];
    expect(await offered('run', '--lean', '')).toEqual(names);
    expect(await offered('check', 'x.ndjson', '--against', '4')).toEqual(['4.9.0', '4.35.0']);
    expect((await printed('completion', 'fish')).out).toContain(
      ` -l against -r -a '${names.join(' ')}' -d '`,
    );
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

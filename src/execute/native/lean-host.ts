import type { NativeLean } from '../../api/lean.js';
import { encode } from '../../ir/encode.js';
import { baseDeclarations } from '../../kernel/base/declarations.js';
import { leanHostPath } from '../../native/addon.js';
import { ByteWriter } from '../../util/bytes.js';
import type { ZygoteLaunch } from '../zygote/zygote-launch.js';
import type { CodeMap } from '../../api/code-map.js';
import { symbolAddress } from './symbol-table.js';
import { reservedNames } from './reserved-names.js';

/** Options of the process that starts a native Lean, for all of its executors. */
export interface LeanHostOptions {
  /** MiB that an executor may take beyond what the zygote has. */
  readonly memoryLimitMiB: number;
  /** Lean's count of small allocations and checks that one declaration may take; 0 is no limit. Default 200,000. */
  readonly kernelHeartbeats?: number;
  readonly maxRecDepth: number;
  /** A planted kernel bug, for tests and benchmarks. */
  readonly patch?: KernelPatch;
  /** The code of the kernel that is watched. Default: none. */
  readonly codeMap?: Pick<CodeMap, 'blocks'>;
  /** Lean's option of that name, in thousands. */
  readonly maxHeartbeats: number;
  /** Without the base environment: a file that declares all that it needs starts from nothing. Default false. */
  readonly isBare?: boolean;
  /** The imports for source level; none for kernel level only. */
  readonly imports?: ImportedModule;
}

/** A module whose compiled form lies below a folder. */
export interface ImportedModule {
  readonly folder: string;
  readonly module: string;
  /** Our core library, which has no notations and no tactics. */
  readonly isCore: boolean;
}

/** Bytes of the library that holds the kernel. */
export interface KernelPatch {
  /** A function of the library, as its symbol table writes it, and how many bytes behind its beginning. */
  readonly symbol: string;
  readonly offset: number;
  /** The bytes that are there, and what they become. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Heartbeats of one declaration: honest ones of the generator take a few thousand at most. */
export const defaultHeartbeats = 200_000;

/** "LFLH" */
const startMagic = 0x484c464c;
const startVersion = 3;

/**
 * Bytes of the largest natural number: 128 MiB, Lean's own default from 4.33.1 on. A user's setting would change
 * verdicts, and nothing would say so.
 */
export const natMaxBytes = 128 << 20;

/** Bytes of the host's stack, which it sets itself (native/lean-host/main.cc). */
export const stackBytes = 64 << 20;

/** How the host of a native Lean is started. UserError where it was not built. */
export function launchLeanHost(lean: NativeLean, options: LeanHostOptions): ZygoteLaunch {
  return {
    what: `native Lean (${lean.name})`,
    command: [leanHostPath(), String(process.pid), ...lean.libraries],
    input: () => startMessage(lean, options),
    catchesOutput: true,
    // Lean's last line is why it ended; a backtrace would stand behind it.
    environment: { LEAN_NAT_MAX_SIZE: String(natMaxBytes), LEAN_BACKTRACE: '0' },
  };
}

/** The start message for native/lean-host/main.cc. */
function startMessage(lean: NativeLean, options: LeanHostOptions): Buffer {
  const out = new ByteWriter(256 * 1024);
  out.u32(startMagic).u32(startVersion);
  out
    .u32(options.kernelHeartbeats ?? defaultHeartbeats)
    .u32(options.maxRecDepth)
    .u32(options.memoryLimitMiB);
  const { patch, isBare = false } = options;
  out.list(isBare ? [] : baseDeclarations, (declaration) => out.words(encode([declaration])));
  out.list(isBare ? [] : reservedNames(), (name) => out.string(name));
  const start = patch === undefined ? 0 : symbolAddress(lean.path, patch.symbol) + patch.offset;
  const bytes = patch?.before.map((before, at) => ({ before, after: patch.after[at] ?? before, at }));
  out.list(bytes ?? [], ({ before, after, at }) => {
    out
      .u32(start + at)
      .u8(before)
      .u8(after);
  });
  out.list(options.codeMap?.blocks ?? [], ({ offset, byte }) => out.u32(offset).u8(byte));
  const { imports, maxHeartbeats, maxRecDepth } = options;
  out.string(imports?.folder ?? '').string(imports?.module ?? '');
  const settings = [`set_option maxHeartbeats ${maxHeartbeats}`, `set_option maxRecDepth ${maxRecDepth}`];
  // The core library's functions have no code.
  if (imports?.isCore === true) settings.push('noncomputable section');
  out.string(`${settings.join('\n')}\n`);
  return out.bytes();
}

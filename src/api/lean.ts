/**
 * Which Lean runs: the same words in the header line, in reports, in findings and in the database of a campaign, which
 * belongs to one of them. Two are the same Lean when version and hash are.
 */
export interface LeanIdentity {
  /** `embedded`: inside Node, as WebAssembly. `native`: shared libraries of a toolchain. */
  readonly kind: 'embedded' | 'native';
  /** Its name in `--lean`: `embedded`, a toolchain of elan, or a folder. */
  readonly name: string;
  /** Such as `4.35.0` or `4.36.0-rc1`; `unknown` where the library does not tell before it is booted. */
  readonly version: string;
  /** The commit that it was built from, 40 hexadecimal digits; `unknown` as for the version. */
  readonly githash: string;
  /** The file that is hashed: `libleanshared.so`, or `lean.wasm` of the package. */
  readonly path: string;
  /** SHA-256 of that file, hexadecimal; `unknown` where Lean runs behind a `lake`. */
  readonly hash: string;
}

/** The Lean that comes as a package. */
export interface EmbeddedLean extends LeanIdentity {
  readonly kind: 'embedded';
}

/** The Lean of a toolchain, or of a folder with its libraries. */
export interface NativeLean extends LeanIdentity {
  readonly kind: 'native';
  /** The toolchain's folder, with `bin/` and `lib/lean/`; a folder of libraries alone is its own root. */
  readonly root: string;
  /** The folder that the libraries are in. */
  readonly libraryFolder: string;
  /** Full paths of its libraries, in the order in which they are to be loaded. */
  readonly libraries: readonly string[];
  /** Whether the compiled modules of `Init` are there: without them nothing can be imported. */
  readonly hasOleans: boolean;
}

export type Lean = EmbeddedLean | NativeLean;

/**
 * Bounds of a Lean at one declaration. They are fixed by us, whatever the user's environment says: another bound may be
 * another answer.
 */
export interface LeanLimits {
  /** Lean's count of small allocations and checks in the kernel; 0 is no limit. */
  readonly kernelHeartbeats: number;
  /** The elaborator's option of that name, in thousands. */
  readonly maxHeartbeats: number;
  readonly maxRecDepth: number;
  readonly stackBytes: number;
  /** MiB of an executor; on a native Lean beyond what the zygote has. */
  readonly memoryMiB: number;
  /** Bytes of the largest natural number (LEAN_NAT_MAX_SIZE); the embedded Lean has no such bound. */
  readonly natMaxBytes?: number;
}

/** The parts of a Lean that are written down. */
export function identityOf({ kind, name, version, githash, path, hash }: LeanIdentity): LeanIdentity {
  return { kind, name, version, githash, path, hash };
}

/** Whether what ran on one of them says the same about the other. */
export function isSameLean(one: LeanIdentity, other: LeanIdentity): boolean {
  return one.version === other.version && one.hash === other.hash;
}

/**
 * A Lean in one line: `4.35.0 (native, commit eb6cafb7290e, /opt/lean/lib/lean/libleanshared.so, sha256
 * efef27df56f2)`.
 */
export function describeLean({ kind, version, githash, path, hash }: LeanIdentity): string {
  return `${version} (${kind}, commit ${githash.slice(0, 12)}, ${path}, sha256 ${hash.slice(0, 12)})`;
}

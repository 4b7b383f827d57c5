/** The release that the embedded Lean is: exports name it by its version and its commit. */
export const embeddedRelease = {
  version: '4.28.0',
  githash: '38f3c0c45b8df6da2652faff6dcaa15afb5a6981',
} as const;

/** A Lean as the first line of an export names it; the commit is known of the embedded one only. */
export function releaseOf(version: string): { readonly version: string; readonly githash: string } {
  return version === embeddedRelease.version ? embeddedRelease : { version, githash: 'unknown' };
}

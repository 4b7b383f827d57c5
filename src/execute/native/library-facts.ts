import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, keepIfPossible } from '../../util/cache-folder.js';
import { invalid } from '../../util/errors.js';
import { kindOf, readBounded } from '../../util/files.js';
import { sha256 } from '../../util/sha256.js';
import { versionOf, type LeanVersion } from './library-version.js';

/** Facts about a Lean's library: it is large, so they are computed once per file. */
export interface LibraryFacts extends LeanVersion {
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** Counted up when the facts change, so that those of an older version are not taken for them. */
const factsVersion = 2;
/** Bytes of a file with facts. */
const mostBytes = 1 << 16;

/**
 * Hash and version of a library, from the cache as long as the file has the same size, times and inode. A cache that
 * can't be written costs a second each time, no more.
 */
export async function factsOf(library: string): Promise<LibraryFacts> {
  const key = keyOf(library);
  const folder = join(cacheFolder(), 'libraries');
  const file = join(folder, `${createHash('sha256').update(library).digest('hex').slice(0, 24)}.json`);
  const stored = read(file);
  if (stored?.key === key) return stored.facts;
  const facts = { hash: await sha256(library), ...(await versionOf(library)) };
  // Not those of a file that was changed while it was read, nor what a file beside it may still tell.
  const isWhole = facts.version !== 'unknown' && facts.githash !== 'unknown';
  if (isWhole && keyOf(library) === key) keepIfPossible(file, JSON.stringify({ key, facts }));
  return facts;
}

interface StoredFacts {
  readonly key: string;
  readonly facts: LibraryFacts;
}

function keyOf(library: string): string {
  const stat = statSync(library, { bigint: true });
  // A pipe that was put in its place would hold us.
  if (!stat.isFile()) throw invalid(library, kindOf(stat), 'a plain file');
  const { size, mtimeNs, ctimeNs, ino, dev } = stat;
  return [factsVersion, library, size, mtimeNs, ctimeNs, ino, dev].join(' ');
}

function read(file: string): StoredFacts | undefined {
  try {
    const { key, facts } = JSON.parse(readBounded(file, mostBytes).toString()) as StoredFacts;
    const whole = [key, facts.hash, facts.version, facts.githash].every((text) => typeof text === 'string');
    return whole ? { key, facts } : undefined;
  } catch {
    return undefined;
  }
}

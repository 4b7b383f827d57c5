import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { functionGroups, type CodeMap } from '../../../api/code-map.js';
import type { LeanIdentity } from '../../../api/lean.js';
import { cacheFolder, keepIfPossible } from '../../../util/cache-folder.js';
import { readBounded } from '../../../util/files.js';
import { makeCodeMap } from './code-map.js';

/** Counted up when maps are made in another way, so that those of an older version are not taken for them. */
const mapVersion = 2;
/** Offsets are 32 bits for the Lean host. */
const offset = z.int().min(0).max(0xffffffff);
const index = z.int().min(0);
/** Bytes of a map's file: a hundred times those of today's. */
const mostBytes = 128 << 20;
/** More is no kernel. */
const maxItems = 1 << 18;

const stored = z.object({
  version: z.literal(mapVersion),
  hash: z.string(),
  functions: z
    .array(z.object({ name: z.string(), symbol: z.string(), group: z.enum(functionGroups), offset }))
    .max(maxItems),
  blocks: z
    .array(
      z.object({
        offset,
        byte: z.int().min(0).max(255),
        function: index,
        guards: z.array(z.object({ branch: index, taken: z.boolean() })),
        calls: z.array(z.string()),
      }),
    )
    .max(maxItems),
  branches: z.array(z.object({ offset, function: index, condition: z.string() })).max(maxItems),
});

/** The map of a Lean's kernel, from the cache or made anew; a text says in one line why there is none. */
export function codeMapOf({ path, hash }: Pick<LeanIdentity, 'path' | 'hash'>): CodeMap | string {
  const folder = join(cacheFolder(), 'code-maps');
  const file = join(folder, `${hash.slice(0, 32)}.json`);
  const known = readMap(file, hash);
  if (known !== undefined) return known;
  if (!existsSync(path)) return `its library is gone: ${path}`;
  const map = makeCodeMap(path);
  if (typeof map !== 'string') keepIfPossible(file, JSON.stringify({ version: mapVersion, hash, ...map }));
  return map;
}

/** A file of the cache may be of another version, damaged, or written by a stranger: all of it is checked. */
function readMap(file: string, hash: string): CodeMap | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readBounded(file, mostBytes).toString());
  } catch {
    return undefined;
  }
  const { data } = stored.safeParse(content);
  if (data?.hash !== hash) return undefined;
  const { functions, blocks, branches } = data;
  const ascends = (list: readonly { offset: number }[]): boolean =>
    list.every((one, i) => i === 0 || one.offset > (list[i - 1]?.offset ?? Infinity));
  const isWhole =
    ascends(blocks) &&
    ascends(branches) &&
    [...blocks, ...branches].every((one) => one.function < functions.length) &&
    blocks.every(({ guards }) => guards.every(({ branch }) => branch < branches.length));
  return isWhole ? { functions, blocks, branches } : undefined;
}

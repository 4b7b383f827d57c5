import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './package.js';

/** Folders of this package whose lines say nothing to a user. */
const own = ['dist', 'src', 'bin', 'node_modules'].map((name) => join(packageRoot, name, '/'));

/** The file, line and column in the user's code that an error comes from; undefined where its stack tells of none. */
export function placeOf(error: unknown): string | undefined {
  const { stack } = error instanceof Error ? error : { stack: undefined };
  for (const line of (stack ?? '').split('\n')) {
    const [, url = ''] = /(file:\/\/\/[^\s)]+:\d+:\d+|(?<=[\s(])\/[^\s)]+:\d+:\d+)\)?$/.exec(line) ?? [];
    if (url === '') continue;
    const place = url.startsWith('file:') ? pathIn(url) : url;
    if (!own.some((folder) => place.startsWith(folder))) return place;
  }
  return undefined;
}

function pathIn(url: string): string {
  const [, file = '', at = ''] = /^(.*?)(:\d+:\d+)$/.exec(url) ?? [];
  return `${fileURLToPath(file.replace(/\?.*$/, ''))}${at}`;
}

import { readdir } from 'node:fs/promises';
import { orAbsent } from './files.js';

/** Where entries and findings are below a machine's folder: AFL++'s names. */
export const queueFolders = { entries: 'queue', findings: 'crashes' } as const;

/** A file of such a folder. */
export interface QueueFile {
  readonly number: number;
  readonly name: string;
  /** The parts of its name behind the number. */
  readonly parts: Readonly<Record<string, string>>;
}

/** The name of a numbered file, such as `id:000007,hash:0123456789abcdef,level:kernel`. */
export function queueName(number: number, parts: Readonly<Record<string, string | number>>): string {
  const rest = Object.entries(parts).map(([key, value]) => `,${key}:${value}`);
  return `id:${String(number).padStart(6, '0')}${rest.join('')}`;
}

/** A name taken apart; undefined where it is none of ours. */
export function readQueueName(name: string): QueueFile | undefined {
  const found = /^id:(\d{6,15})((?:,[a-z]+:[\w+-]{1,64}){0,8})$/.exec(name);
  const [, digits, rest = ''] = found ?? [];
  if (digits === undefined) return undefined;
  const parts = rest.split(',').flatMap((part) => {
    const [key = '', value] = part.split(':');
    return value === undefined ? [] : [[key, value] as const];
  });
  return { number: Number(digits), name, parts: Object.fromEntries(parts) };
}

/** The numbered files of a folder, in their order; none where there is no such folder. */
export async function listQueue(folder: string): Promise<QueueFile[]> {
  const names = (await orAbsent(readdir(folder))) ?? [];
  return names.flatMap((name) => readQueueName(name) ?? []).sort((one, other) => one.number - other.number);
}

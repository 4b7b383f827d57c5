import { createHash } from 'node:crypto';
import { ByteWriter } from '../../../util/bytes.js';
import { ascending } from '../../../util/codec.js';
import type { Upload } from '../transport.js';
import type { Command } from './connection.js';
import { keptValue } from './kept-entries.js';
import type { Keys } from './keys.js';

/** Announcements that are kept: a machine that was away for longer takes the entries that are kept. */
const announcedEntries = 20_000;
const announcedFeatures = 2_000;
const announcedLeads = 10_000;

/** The commands that share something: bytes first, then the word that they are there. None where there is nothing. */
export function uploadCommands(keys: Keys, upload: Upload): Command[] {
  const { machine, kernel, findings, features, exhausted } = upload;
  return [
    ...(features.length === 0
      ? []
      : [
          announce(keys.features, announcedFeatures, [
            ...['machine', machine, 'kernel', kernel],
            ...['features', packed(features)],
          ]),
        ]),
    ...entryCommands(keys, upload),
    ...findings.flatMap((bytes): Command[] => {
      const id = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
      return [
        ['SET', keys.finding(id), asBuffer(bytes), 'NX'],
        ['XADD', keys.findings, '*', 'machine', machine, 'id', id],
      ];
    }),
    ...exhausted.map((lead) => announce(keys.exhausted, announcedLeads, ['machine', machine, 'lead', lead])),
  ];
}

/** All bytes by one command, and all that is kept by one: a command for each would cost more than what it carries. */
function entryCommands(keys: Keys, { machine, kernel, entries }: Upload): Command[] {
  if (entries.length === 0) return [];
  const bytesInAll = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return [
    ['MSET', ...entries.flatMap(({ id, bytes }) => [keys.entry(id), asBuffer(bytes)])],
    [
      ...['HSET', keys.kept],
      ...entries.flatMap(({ id, level, bytes }) => [
        id,
        keptValue({ bytes: bytes.length, level, kernel, machine }),
      ]),
    ],
    ['INCRBY', keys.keptBytes, String(bytesInAll)],
    ...entries.map(({ id, level, newFeatures, bytes }) =>
      announce(keys.entries, announcedEntries, [
        ...['id', id, 'machine', machine, 'level', level, 'kernel', kernel],
        ...['new', String(newFeatures), 'bytes', String(bytes.length)],
      ]),
    ),
  ];
}

function announce(stream: string, kept: number, fields: Command): Command {
  return ['XADD', stream, 'MAXLEN', '~', String(kept), '*', ...fields];
}

function packed(features: Uint32Array): Buffer {
  const out = new ByteWriter();
  ascending.write(out, features);
  return Buffer.from(out.bytes());
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

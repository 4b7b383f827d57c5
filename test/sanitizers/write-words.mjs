/** Writes declarations as words, each behind their number, for the decoders to be changed: write-words.mjs FILE. */
import { writeFileSync } from 'node:fs';
import { canaries } from '../../dist/execute/native/canaries.js';
import { encode } from '../../dist/ir/encode.js';

const words = canaries.flatMap(({ declarations }) => declarations.map((one) => encode([one])));
const [, , path] = process.argv;
writeFileSync(
  path,
  Buffer.concat(
    words
      .flatMap((each) => [Uint32Array.of(each.length), each])
      .map((list) => Buffer.from(list.buffer, list.byteOffset, list.byteLength)),
  ),
);

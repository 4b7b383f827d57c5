/**
 * The words of a declaration (src/ir/codec.ts) at rest: the texts go into the table of all, and the words behind them
 * take as few bytes as they need. Of version and lengths nothing is kept, for they follow.
 */
import { headerWords, withTexts } from '../ir/text-table.js';
import { MalformedBytes } from '../util/bytes.js';
import type { In, Out } from '../util/codec.js';
import type { PackedReader, PackedWriter } from '../util/packed-bytes.js';

/** Writes words that `encode` made, or that were checked. */
export function writeWords(out: Out<PackedWriter>, words: Uint32Array): void {
  const [, bytes = 0, count = 0] = words;
  const textsAt = (headerWords + count) * 4;
  const buffer = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
  out.count(count);
  const all = buffer.toString('utf8', textsAt, textsAt + bytes);
  const isAscii = all.length === bytes;
  for (let i = 0, at = 0; i < count; i++) {
    const end = at + (words[headerWords + i] ?? 0);
    out.string(isAscii ? all.slice(at, end) : buffer.toString('utf8', textsAt + at, textsAt + end));
    at = end;
  }
  const bodyAt = headerWords + count + Math.ceil(bytes / 4);
  out.count(words.length - bodyAt);
  for (let i = bodyAt; i < words.length; i++) out.count(words[i] ?? 0);
}

/** Words as they were written. Throws MalformedBytes; whether they say something is another question. */
export function readWords(from: In<PackedReader>): Uint32Array {
  const texts = from.list(() => from.string());
  const length = from.count();
  if (length > from.left) throw new MalformedBytes(`${length} words in ${from.left} bytes`);
  const words = withTexts(texts, length);
  for (let at = words.length - length; at < words.length; at++) words[at] = from.count();
  return words;
}

import { wordsVersion } from './codec.js';

/** Words in front of the lengths of the texts: version, bytes of all texts, number of texts. */
export const headerWords = 3;

/** Words that begin with a table of texts, and have room for so many more behind it. */
export function withTexts(texts: readonly string[], more: number): Uint32Array {
  return plain(texts, more) ?? encoded(texts, more);
}

/** Of texts that are plain ASCII, as nearly all are; undefined where one is not. */
function plain(texts: readonly string[], more: number): Uint32Array | undefined {
  let length = 0;
  for (const text of texts) length += text.length;
  const words = withHeader(texts.length, length, more);
  const bytes = new Uint8Array(words.buffer, (headerWords + texts.length) * 4);
  let at = 0;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? '';
    words[headerWords + i] = text.length;
    for (let j = 0; j < text.length; j++) {
      const code = text.charCodeAt(j);
      if (code > 127) return undefined;
      bytes[at++] = code;
    }
  }
  return words;
}

function encoded(texts: readonly string[], more: number): Uint32Array {
  const all = Buffer.from(texts.join(''));
  const words = withHeader(texts.length, all.length, more);
  texts.forEach((text, i) => (words[headerWords + i] = Buffer.byteLength(text)));
  new Uint8Array(words.buffer).set(all, (headerWords + texts.length) * 4);
  return words;
}

function withHeader(count: number, bytes: number, more: number): Uint32Array {
  const words = new Uint32Array(headerWords + count + Math.ceil(bytes / 4) + more);
  words[0] = wordsVersion;
  words[1] = bytes;
  words[2] = count;
  return words;
}

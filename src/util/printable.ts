/**
 * Escapes untrusted text (names, messages, paths, candidates) before it is shown. Whatever is
 * not seen, or moves what is seen, is written as an escape: control characters, line and paragraph separators, marks
 * that turn the direction of text, other format characters, halves of surrogate pairs.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text as part of one line: it can neither end the line nor change what stands around it. */
export function asLine(text: string): string {
  return text.replace(unseen, escaped);
}

/** Text of several lines, such as a candidate or a stack: its line breaks and tabulators stay. */
export function asLines(text: string): string {
  return text.replace(unseen, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));
}

/** A value as JSON that holds no such character either, and still says the same. */
export function asJson(value: unknown, indent?: number): string {
  // JSON.stringify leaves line breaks that it makes itself: those stay.
  return JSON.stringify(value, null, indent).replace(unseen, (one) =>
    one === '\n' ? one : [...units(one)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
  );
}

function escaped(character: string): string {
  return named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function* units(character: string): Generator<number> {
  for (let index = 0; index < character.length; index++) yield character.charCodeAt(index);
}

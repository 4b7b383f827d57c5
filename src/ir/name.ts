/**
 * Hierarchical names as plain strings: parts joined by dots, the anonymous name as "". A part of digits is a
 * number part; a text part that would read otherwise is quoted, as Lean prints it: `a.«b.c».3`.
 */
export type Name = string;

export const anonymous: Name = '';

/** Digits of a number part: what a JavaScript number holds exactly. */
const maxDigits = 15;

/** The parts of a name, outermost first; numbers are number parts. Throws where the text is no name. */
export function nameParts(name: Name): (string | number)[] {
  const parts = partsOf(name);
  if (parts === undefined) throw new Error(`malformed name "${name}"`);
  return parts;
}

/**
 * Whether a text is a name: quotes are closed, no part behind a quoted one is empty, numbers have at most 15 digits.
 */
export function isName(text: string): boolean {
  // Nearly all are plain.
  return (!text.includes('«') && (text.length < 16 || !/\d{16}/.test(text))) || partsOf(text) !== undefined;
}

function partsOf(name: Name): (string | number)[] | undefined {
  if (name === '') return [];
  const texts = name.includes('«')
    ? splitQuoted(name)
    : name.split('.').map((text) => ({ text, quoted: false }));
  if (texts?.some(({ text, quoted }) => !quoted && isNumber(text) && text.length > maxDigits))
    return undefined;
  return texts?.map(({ text, quoted }) => (!quoted && isNumber(text) ? Number(text) : text));
}

/** A quoted part ends at the first closing quote that ends a part: what it quotes may hold others. */
function splitQuoted(name: Name): { text: string; quoted: boolean }[] | undefined {
  const pattern = /(?:«(.*?)»|([^.«]+))(\.|$)/gsy;
  const parts: { text: string; quoted: boolean }[] = [];
  for (let more = true; more;) {
    const match = pattern.exec(name);
    if (match === null) return undefined;
    const [, quoted, plain = '', end] = match;
    parts.push({ text: quoted ?? plain, quoted: quoted !== undefined });
    more = end === '.';
  }
  return parts;
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The name of some parts; the inverse of nameParts. */
export function nameOf(parts: readonly (string | number)[]): Name {
  return parts.map((part) => (typeof part === 'number' ? String(part) : quotePart(part))).join('.');
}

/** The name with one more part. */
export function child(parent: Name, part: string | number): Name {
  const last = typeof part === 'number' ? String(part) : quotePart(part);
  return parent === '' ? last : `${parent}.${last}`;
}

function quotePart(part: string): string {
  return part === '' || isNumber(part) || /[.«»]/.test(part) ? `«${part}»` : part;
}

/**
 * Hierarchical names as plain strings: parts joined by dots, the anonymous name as "". A part of digits is a
 * number part; a text part that would read otherwise is quoted, as Lean prints it: `a.«b.c».3`.
 */
export type Name = string;

export const anonymous: Name = '';

/** The parts of a name, outermost first; numbers are number parts. */
export function nameParts(name: Name): (string | number)[] {
  if (name === '') return [];
  if (!name.includes('«')) return name.split('.').map(readPart);
  const parts: (string | number)[] = [];
  const pattern = /«([^»]*)»|[^.«]+/gy;
  for (let at = 0; at < name.length; at = pattern.lastIndex + 1) {
    pattern.lastIndex = at;
    const match = pattern.exec(name);
    if (match === null) throw new Error(`malformed name "${name}"`);
    parts.push(match[1] ?? readPart(match[0]));
  }
  return parts;
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

function readPart(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function quotePart(part: string): string {
  return part === '' || /^\d+$|[.«»]/.test(part) ? `«${part}»` : part;
}

/**
 * The first key that an object in a line of JSON has twice. JSON.parse takes the last one without a word, and other
 * readers the first: such a file says two things at once.
 */
export function repeatedKey(text: string, value: unknown): string | undefined {
  // Each key is followed by a colon. Only where there are more of them than keys is the text worth a closer look.
  return colonsIn(text) === keysIn(value) ? undefined : firstRepeated(text);
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values = Object.values(value);
  return values.reduce<number>((sum, inner) => sum + keysIn(inner), Array.isArray(value) ? 0 : values.length);
}

/** A text, which is a key where a colon follows, or the beginning or the end of an object. */
const tokens = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/gs;

function firstRepeated(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, written = '', colon] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(`"${written}"`) as string;
      const keys = open.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
  }
  return undefined;
}

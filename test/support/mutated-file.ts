import type { Random } from '../../src/util/random.js';

/** A file with something changed: bytes, lines, or a value of one line's JSON. */
export function mutated(original: Buffer, random: Random): Buffer {
  const changes = [changeByte, cutOff, changeDigit, moveLine, changeValue, changeValue, repeatKey, nest];
  const change = changes[random.below(changes.length)] ?? cutOff;
  return change(original, random);
}

function changeByte(original: Buffer, random: Random): Buffer {
  const copy = Buffer.from(original);
  copy[random.below(copy.length)] = random.below(256);
  return copy;
}

function cutOff(original: Buffer, random: Random): Buffer {
  return original.subarray(0, random.below(original.length));
}

function changeDigit(original: Buffer, random: Random): Buffer {
  const copy = Buffer.from(original);
  const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
  const at = copy.subarray(random.below(copy.length)).findIndex(isDigit);
  if (at >= 0) copy[at] = 48 + random.below(10);
  return copy;
}

/** A line taken away, doubled, or put elsewhere. */
function moveLine(original: Buffer, random: Random): Buffer {
  const lines = linesOf(original);
  const from = random.below(lines.length);
  const [line = ''] = random.chance(0.3) ? lines.slice(from, from + 1) : lines.splice(from, 1);
  if (random.chance(0.6)) lines.splice(random.below(lines.length + 1), 0, line);
  return Buffer.from(lines.join('\n'));
}

/** A key with another value before one of a line's. */
function repeatKey(original: Buffer, random: Random): Buffer {
  const lines = linesOf(original);
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  const keys = [...line.matchAll(/"([^"\\]+)":/g)];
  const key = keys[random.below(keys.length)];
  if (key !== undefined)
    lines[at] =
      `${line.slice(0, key.index)}"${key[1]}":${random.below(lines.length)},${line.slice(key.index)}`;
  return Buffer.from(lines.join('\n'));
}

/** Some thousand terms, levels or names more, each around the one before it, which come into use at a line's end. */
function nest(original: Buffer, random: Random): Buffer {
  const lines = linesOf(original);
  const depth = 1 << (4 + random.below(10));
  const [key, layer] = random.chance(0.6)
    ? ['ie', (inner: number) => `"app":{"fn":${inner},"arg":0}`]
    : random.chance(0.5)
      ? ['il', (inner: number) => `"succ":${inner}`]
      : ['in', (inner: number) => `"str":{"pre":${inner},"str":"a"}`];
  const first = 1_000_000;
  const added = Array.from(
    { length: depth },
    (_, i) => `{"${key}":${first + i},${layer(i === 0 ? 0 : first + i - 1)}}`,
  );
  const at = Math.max(1, random.below(lines.length));
  const last = first + depth - 1;
  const behind = lines
    .slice(at)
    .map((line) => line.replace(/:\d+/, (number) => (random.chance(0.1) ? `:${last}` : number)));
  return Buffer.from([...lines.slice(0, at), ...added, ...behind].join('\n'));
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One value of the JSON of a line replaced, or a key or an element taken away or doubled. */
function changeValue(original: Buffer, random: Random): Buffer {
  const lines = linesOf(original);
  const at = random.below(lines.length);
  const line = JSON.parse(lines[at] ?? '') as Json;
  const places = placesIn(line);
  const place = places[random.below(places.length)];
  place?.(replacement(random, lines.length), random);
  lines[at] = JSON.stringify(line);
  return Buffer.from(lines.join('\n'));
}

type Change = (value: Json, random: Random) => void;

function placesIn(value: Json): Change[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value))
    return value.flatMap((item, i) => [
      (by: Json) => (value[i] = by),
      () => value.splice(i, 1),
      () => value.splice(i, 0, item),
      ...placesIn(item),
    ]);
  return Object.entries(value).flatMap(([key, item]) => [
    (by: Json) => (value[key] = by),
    (_: Json, random: Random) => {
      Reflect.deleteProperty(value, key);
      if (random.chance(0.5)) value[`${key}s`] = item;
    },
    ...placesIn(item),
  ]);
}

const values: readonly Json[] = [
  ...[null, true, false, '', 'a', 'Nat', 'opaque', 'abbrev', 'unsafe', 'partial', [], {}, -1, 0, 1, 2, 0.5],
  ...[2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300, '0', '18446744073709551616', '\u0000', 'é', '𝔸', '».«'],
];

/** Mostly a number of another name, level or expression of the file. */
function replacement(random: Random, lines: number): Json {
  return random.chance(0.5) ? random.below(lines) : (values[random.below(values.length)] ?? null);
}

function linesOf(file: Buffer): string[] {
  return file.toString().trimEnd().split('\n');
}

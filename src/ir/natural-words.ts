/**
 * Natural numbers as 32-bit words, the lowest first. By way of hexadecimal digits, which costs no more than their
 * number: shifting word by word costs its square.
 */

/** The words of a number; none for zero. */
export function wordsOf(value: bigint): Uint32Array {
  if (value <= 0n) return new Uint32Array(0);
  if (value <= 0xffffffffn) return Uint32Array.of(Number(value));
  const digits = value.toString(16);
  const words = new Uint32Array(Math.ceil(digits.length / 8));
  for (let i = 0; i < words.length; i++) {
    const end = digits.length - 8 * i;
    words[i] = parseInt(digits.slice(Math.max(0, end - 8), end), 16);
  }
  return words;
}

/** The number of some words. */
export function naturalOf(words: Uint32Array): bigint {
  if (words.length <= 1) return BigInt(words[0] ?? 0);
  if (words.length === 2) return BigInt(words[0] ?? 0) | (BigInt(words[1] ?? 0) << 32n);
  const digits: string[] = [];
  for (let i = words.length - 1; i >= 0; i--) digits.push((words[i] ?? 0).toString(16).padStart(8, '0'));
  return BigInt(`0x${digits.join('')}`);
}

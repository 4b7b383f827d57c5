/** Bits that are looked at in one go where a number has more, and as many as a number of the language may have. */
const most = 2 ** 30;
const few = 2 ** 10;

/** How many bits a number that is not negative has: 0 for 0. It takes the time to copy it once, not to write it down. */
export function bitLength(value: bigint): number {
  let length = 0;
  let rest = value;
  if (rest >> BigInt(few) !== 0n) {
    for (let bits = most; bits >= few; bits /= 2) {
      const above = rest >> BigInt(bits);
      if (above === 0n) continue;
      length += bits;
      rest = above;
    }
  }
  return rest === 0n ? length : length + rest.toString(2).length;
}

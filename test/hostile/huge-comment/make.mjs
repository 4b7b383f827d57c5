/** The text of the case. */
export default () => `/- ${'x'.repeat(5_000_000)} -/ def a : Nat := 0`;

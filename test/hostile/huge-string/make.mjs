/** The text of the case. */
export default () => `def s : String := "${'a'.repeat(4_000_000)}"`;

/** The text of the case. */
export default () => `def n : Nat := ${'9'.repeat(300_000)}`;

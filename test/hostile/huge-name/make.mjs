/** The text of the case. */
export default () => `def ${'n'.repeat(1_000_000)} : Nat := 0`;

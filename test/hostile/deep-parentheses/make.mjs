/** The text of the case. */
export default () => `def a : Nat := ${'('.repeat(100_000)}0${')'.repeat(100_000)}`;

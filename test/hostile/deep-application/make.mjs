/** The text of the case. */
export default () => `def a : Nat := ${'Nat.succ ('.repeat(50_000)}0${')'.repeat(50_000)}`;

/** The text of the case. */
export default () => `${'namespace n\n'.repeat(5000)}def a : Nat := 0`;

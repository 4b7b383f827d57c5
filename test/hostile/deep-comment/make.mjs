/** The text of the case. */
export default () => '/-'.repeat(100_000);

/** The text of the case. */
export default () => Array.from({ length: 20_000 }, (_, i) => `#check nothing${i}`).join('\n');

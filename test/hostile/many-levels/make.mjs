/** The text of the case. */
export default () => `def s : Type (max ${'1 '.repeat(5000)}) := PUnit`;

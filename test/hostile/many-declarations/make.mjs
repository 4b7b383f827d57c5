/** The text of the case. */
export default () => Array.from({ length: 3000 }, (_, i) => `def d${i} : Nat := ${i}`).join('\n');

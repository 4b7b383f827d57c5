/** The text of the case. */
export default () => 'def \ud800\udc00\ud800 : Nat := 0';

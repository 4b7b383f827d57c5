/** The text of the case. */
export default () => 'def a : Nat := 0\0\ntheorem b : False := a';

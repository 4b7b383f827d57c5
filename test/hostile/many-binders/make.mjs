/** The text of the case. */
export default () =>
  `theorem t : ${Array.from({ length: 2000 }, (_, i) => `∀ x${i} : Nat, `).join('')}True := by intros; trivial`;

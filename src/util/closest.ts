/** The word that a misspelt one most likely means; undefined where none is like it. */
export function closest(misspelt: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  // A third of the letters may be others, as in a word of three letters one.
  let most = Math.max(1, Math.floor(misspelt.length / 3)) + 1;
  for (const word of words) {
    const edits = editsBetween(plain(misspelt), plain(word));
    if (edits < most) [best, most] = [word, edits];
  }
  return best;
}

/** The end of a message about a word that is none of some: the one that is most likely meant; '' where none is like it. */
export function didYouMean(misspelt: string, words: Iterable<string>): string {
  const meant = closest(misspelt, words);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** How many may choose by: neither case nor dashes are meant. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '');
}

/** Letters to add, to leave out, to change, and neighbours to swap. */
function editsBetween(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const [left = 0, above = 0, across = 0] = [row[j - 1], last[j], last[j - 1]];
      const isSame = one[i - 1] === other[j - 1];
      let edits = Math.min(left + 1, above + 1, across + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    [before, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

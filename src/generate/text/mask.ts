/** Stands where a doc comment begins in masked text: unlike other comments it belongs to what follows. */
export const docMark = '\u0001';

/**
 * Lean text with comments blanked out and strings and characters filled with quotes, of the same length and with the
 * same line breaks: keywords and brackets that are left in it are meant.
 */
export function mask(text: string): string {
  const out: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = opaqueEnd(text, at);
    if (end === at) out.push(text[at++] ?? '');
    else {
      const isComment = /[-/]/.test(text[at] ?? '');
      const blank = text.slice(at, end).replace(/[^\n]/g, isComment ? ' ' : '"');
      out.push(text.startsWith('/--', at) ? docMark + blank.slice(1) : blank);
      at = end;
    }
  }
  return out.join('');
}

/** Where the comment or literal that begins at a position ends; the position itself where none begins. */
function opaqueEnd(text: string, at: number): number {
  switch (text[at]) {
    case '-':
      return text[at + 1] === '-' ? endOfLine(text, at) : at;
    case '/':
      return text[at + 1] === '-' ? endOfBlock(text, at) : at;
    case '"':
      return matchEnd(/"(?:[^"\\]|\\[^])*(?:"|$)/y, text, at);
    case 'r':
      return isInName(text[at - 1]) ? at : matchEnd(/r(#*)"[^]*?(?:"\1|$)/y, text, at);
    case "'":
      // A prime may also end a name.
      return isInName(text[at - 1]) ? at : matchEnd(/'(?:\\[^][^'\n]*|[^'\\\n]{1,2})'/y, text, at);
    default:
      return at;
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Block comments nest. */
function endOfBlock(text: string, at: number): number {
  const brackets = /\/-|-\//g;
  brackets.lastIndex = at;
  let depth = 0;
  for (let match = brackets.exec(text); match !== null; match = brackets.exec(text)) {
    depth += match[0] === '/-' ? 1 : -1;
    if (depth === 0) return brackets.lastIndex;
  }
  return text.length;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function isInName(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}_'!?»]/u.test(char);
}

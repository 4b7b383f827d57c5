import { asLine, asLines } from './printable.js';

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

/** Text as it may stand in HTML and SVG, also inside an attribute. */
export function asHtml(text: string): string {
  return asLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The same for text of several lines, whose line breaks stay. */
export function asHtmlText(text: string): string {
  return asLines(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Text as it may stand in a line of Markdown, in a cell of a table and behind a list's mark. */
export function asMarkdown(text: string): string {
  return (
    asLine(text)
      .replace(/[\\`*[\]<>|~&$]/g, '\\$&')
      // Within a word it marks nothing, and names are to be read as they are.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      // Characters at the start of a line that make it a heading, a list or a rule.
      .replace(/^(\s*)([#+=-])/, '$1\\$2')
      .replace(/^(\s*\d+)([.)])/, '$1\\$2')
  );
}

/** Text in backticks, as one line; `|` does not end the cell of a table. */
export function asMarkdownCode(text: string, where: 'line' | 'cell' = 'line'): string {
  const line = asLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  const code = `${fence}${pad}${line}${pad}${fence}`;
  return where === 'cell' ? code.replaceAll('|', '\\|') : code;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

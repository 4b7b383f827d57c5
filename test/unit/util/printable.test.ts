import { describe, expect, it } from 'vitest';
import { asHtml, asMarkdown, asMarkdownCode } from '../../../src/util/markup.js';
import { asJson, asLine, asLines } from '../../../src/util/printable.js';
import { UserError } from '../../../src/util/errors.js';

/** Each kind of character that ends a line, moves a cursor or turns the direction of text. */
const hostile = [
  ...['\n', '\r', '\t', '\0', '\b', '\x1b[2K', '\x7f', '\x85', '\x9b31m', '\u2028', '\u2029', '\u200b'],
  ...['\u202e', '\u2066', '\u2069', '\u061c', '\u200f', '\ufeff', '\ud800', '\u{e0041}'],
];
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('asLine', () => {
  it.each(hostile)('shows %j as an escape', (text) => {
    const shown = asLine(`a${text}b`);
    expect(shown).not.toMatch(unseen);
    expect(shown).toMatch(/^a\\.+b$/);
    expect(asLine(shown)).toBe(shown);
  });

  it('leaves what is seen as it is', () => {
    const text = 'theorem «é α» : ∀ x, 𝔹 → ⟨x⟩ \\n';
    expect(asLine(text)).toBe(text);
  });
});

describe('asLines', () => {
  it('keeps line breaks and tabulators only', () => {
    expect(asLines('a\n\tb\r\x1b[1A\u202e')).toBe('a\n\tb\\r\\u{1b}[1A\\u{202e}');
  });
});

describe('asJson', () => {
  it.each(hostile)('holds no %j, and still says it', (text) => {
    for (const indent of [undefined, 2]) {
      const json = asJson({ [text]: [text, `x${text}`] }, indent);
      expect(json.replaceAll('\n', '')).not.toMatch(unseen);
      expect(JSON.parse(json)).toEqual({ [text]: [text, `x${text}`] });
    }
    expect(asJson({ text })).not.toContain('\n');
  });
});

describe('an error of the user', () => {
  it('is one line, whatever it names', () => {
    expect(new UserError('x: got "\x1b[2Ka\r\u202e"\nb').message).toBe('x: got "\\u{1b}[2Ka\\r\\u{202e}"; b');
  });
});

describe('markup', () => {
  it('leaves nothing that HTML reads', () => {
    expect(asHtml(`<b a='1' c="2">&\n`)).toBe('&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;\\n');
  });

  it('leaves nothing that Markdown reads', () => {
    expect(asMarkdown('a | [b](c) `d` <e> *f* _g_ \n# h')).toBe(
      'a \\| \\[b\\](c) \\`d\\` \\<e\\> \\*f\\* \\_g\\_ \\\\n# h',
    );
    for (const text of ['# a', '- a', '+ a', '=== a']) expect(asMarkdown(text)).toBe(`\\${text}`);
    expect(asMarkdown('1. a')).toBe('1\\. a');
    expect(asMarkdown('b_6.f_0 _x 4.28')).toBe('b_6.f_0 \\_x 4.28');
  });

  it('fences code with more backticks than it has', () => {
    expect(asMarkdownCode('a')).toBe('`a`');
    expect(asMarkdownCode('a``b`')).toBe('``` a``b` ```');
    expect(asMarkdownCode('a|b', 'cell')).toBe('`a\\|b`');
  });
});

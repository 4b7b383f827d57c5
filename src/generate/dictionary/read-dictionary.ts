import { existsSync } from 'node:fs';
import { invalid } from '../../util/errors.js';
import { readBounded } from '../../util/files.js';
import { asReadError } from '../../util/machine-trouble.js';
import { tokenOf, type Entry, type Token } from './token.js';

/** Bytes of a dictionary's file. */
const mostBytes = 1 << 20;
/** Characters of one entry. */
const mostCharacters = 4096;

/**
 * The tokens of dictionaries, in AFL++'s syntax: `FILE`, or `FILE@LEVEL` for the entries up to that level as well; see
 * docs/dictionaries.md. UserError (2) that names file and line of a malformed one.
 */
export function readDictionaries(files: readonly string[]): Token[] {
  return files.flatMap((named) => {
    const { file, level } = fileAndLevel(named);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(readBounded(file, mostBytes));
    } catch (error) {
      throw asReadError(error, '--dictionary', file, `--dictionary: ${file} can't be read`);
    }
    const tokens = text.split('\n').flatMap((line, index) => {
      const entry = entryIn(line.trim(), `${file}:${index + 1}`);
      return entry === undefined || entry.level > level ? [] : [tokenOf(entry)];
    });
    if (tokens.length === 0) throw invalid(file, 'no entries', 'a line such as name="value"');
    return tokens;
  });
}

function fileAndLevel(named: string): { file: string; level: number } {
  const [, file = '', level = ''] = /^(.+)@(\d{1,4})$/.exec(named) ?? [];
  return file === '' || existsSync(named) ? { file: named, level: 0 } : { file, level: Number(level) };
}

function entryIn(line: string, place: string): Entry | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const [matched, label = '', level = '0', quoted = ''] =
    /^(?:([A-Za-z0-9_]*)(?:@(\d{1,4}))?\s*=?\s*)"(.*)"$/u.exec(line) ?? [];
  if (matched === undefined)
    throw invalid(place, line, 'name="value", name@level="value", "value" or # and a comment');
  const value = unescaped(quoted, place);
  if (value.trim() === '' || value.length > mostCharacters)
    throw invalid(place, line, `a value of 1 to ${mostCharacters} characters`);
  return { label, level: Number(level), value, place };
}

/** A value without its escapes, which are AFL's. */
function unescaped(quoted: string, place: string): string {
  const pieces = quoted.match(/\\x[0-9a-fA-F]{2}|\\[\\"]|[^\\"]+/gu) ?? [];
  if (pieces.join('') !== quoted)
    throw invalid(place, quoted, 'escapes \\\\, \\" and \\xNN alone, and no other quotes');
  const bytes = pieces.map((piece) => {
    if (piece.startsWith('\\x')) return Buffer.from(piece.slice(2), 'hex');
    return Buffer.from(piece.startsWith('\\') ? piece.slice(1) : piece);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(bytes));
  } catch {
    throw invalid(place, quoted, 'bytes that are UTF-8');
  }
}

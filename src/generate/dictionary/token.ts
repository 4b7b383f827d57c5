import type { Expr } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
import { invalid } from '../../util/errors.js';
import { commandsOf } from '../text/commands.js';
import { readLevel, readTerm } from './read-term.js';

/** A line of a dictionary. */
export interface Entry {
  /** Before the value; it may say what the value is. */
  readonly label: string;
  readonly level: number;
  readonly value: string;
  /** File and line. */
  readonly place: string;
}

/** The meaning of a dictionary's entry. */
export type Token =
  | { readonly kind: 'number'; readonly text: string; readonly value: bigint }
  | { readonly kind: 'string'; readonly text: string; readonly value: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'level'; readonly text: string; readonly level: Level }
  /** A term of Lean text, and as a tree where it is one that needs no elaboration. */
  | { readonly kind: 'term'; readonly text: string; readonly tree: Expr | undefined }
  /** Whole commands of Lean text. */
  | { readonly kind: 'command'; readonly text: string };

const name = /^@?(?:[\p{L}_][\p{L}\p{N}_'!?]*|«[^»]+»)(?:\.(?:[\p{L}\p{N}_'!?]+|«[^»]+»))*$/u;

/** An entry as what its label says, such as `level_1`, or else as what it looks like. */
export function tokenOf({ label, value, place }: Entry): Token {
  const said = /^(level|snippet)(_|\d|$)/.exec(label)?.[1];
  const text = value.trim();
  if (said === 'level' || (said === undefined && /^(max|imax) |^\p{L}\w*\s*\+\s*\d+$/u.test(text))) {
    const level = readLevel(text);
    if (level === undefined) throw invalid(place, text, 'a universe level, such as max 1 u');
    return { kind: 'level', text, level };
  }
  if (said === undefined) {
    if (/^\d{1,2000}$/.test(text)) return { kind: 'number', text, value: BigInt(text) };
    const string = stringIn(text);
    if (string !== undefined) return { kind: 'string', text, value: string };
    if (name.test(text) && !isKeyword(text)) return { kind: 'name', text: text.replace(/^@/, '') };
  }
  return isKeyword(text) ? { kind: 'command', text } : { kind: 'term', text, tree: readTerm(text) };
}

function isKeyword(text: string): boolean {
  return commandsOf(text).some(({ keyword }) => keyword !== '');
}

function stringIn(text: string): string | undefined {
  if (!/^".*"$/s.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

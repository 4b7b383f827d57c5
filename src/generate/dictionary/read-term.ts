/**
 * Terms that need no elaboration: constants with all their levels and arguments, literals, sorts, applications. Other
 * Lean text (notations, binders, dots) is for the source level alone.
 */
import { app, constant, nat, sort, string, type Expr } from '../../ir/expr.js';
import { imax, levelOf, max, one, param, succ, zero, type Level } from '../../ir/level.js';
import { isName } from '../../ir/name.js';

const pattern = /\s*(?:("(?:[^"\\]|\\.)*")|(\d+)|([@\p{L}_«][\p{L}\p{N}_'!?.«»]*)|([(){},+]))/uy;

/** The parts of a text; undefined where it has others. */
function partsOf(text: string): string[] | undefined {
  const parts: string[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.trimEnd().length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    parts.push(match[0].trim());
  }
  return parts;
}

/** A universe level as Lean writes it; undefined where the text is none. */
export function readLevel(text: string): Level | undefined {
  return whole(text, (reader) => reader.level());
}

/** A term as a closed tree; undefined where it needs elaboration, or is none. */
export function readTerm(text: string): Expr | undefined {
  return whole(text, (reader) => reader.term());
}

function whole<T>(text: string, read: (reader: Reader) => T | undefined): T | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const reader = new Reader(parts);
  const result = read(reader);
  return reader.isAtEnd ? result : undefined;
}

/** Numbers of levels that are written out. */
const mostLevel = 100;

class Reader {
  private at = 0;

  constructor(private readonly parts: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at === this.parts.length;
  }

  term(): Expr | undefined {
    const head = this.atom();
    if (head === undefined) return undefined;
    const args: Expr[] = [];
    while (!this.isAtEnd && !this.sees(')')) {
      const arg = this.atom();
      if (arg === undefined) return undefined;
      args.push(arg);
    }
    return app(head, ...args);
  }

  level(): Level | undefined {
    const word = this.parts[this.at];
    let level: Level | undefined;
    if (word === 'max' || word === 'imax') {
      this.at++;
      const [left, right] = [this.levelAtom(), this.levelAtom()];
      if (left === undefined || right === undefined) return undefined;
      level = (word === 'max' ? max : imax)(left, right);
    } else level = this.levelAtom();
    while (level !== undefined && this.takes('+')) {
      const more: Level | undefined = this.levelAtom(true);
      level = more === undefined ? undefined : succ(level, depthOf(more));
    }
    return level;
  }

  private levelAtom(onlyNumber = false): Level | undefined {
    if (!onlyNumber && this.takes('(')) {
      const level = this.level();
      return this.takes(')') ? level : undefined;
    }
    const word = this.parts[this.at++] ?? '';
    if (/^\d+$/.test(word)) return Number(word) <= mostLevel ? levelOf(Number(word)) : undefined;
    return !onlyNumber && /^[\p{L}_][\p{L}\p{N}_']*$/u.test(word) ? param(word) : undefined;
  }

  private atom(): Expr | undefined {
    if (this.takes('(')) {
      const inner = this.term();
      return this.takes(')') ? inner : undefined;
    }
    const word = this.parts[this.at++] ?? '';
    if (/^\d/.test(word)) return nat(BigInt(word));
    if (word.startsWith('"')) return literal(word);
    if (word === 'Prop') return sort(zero);
    if (word === 'Type' || word === 'Sort') return this.sort(word === 'Type');
    const name = word.replace(/^@/, '');
    if (name.endsWith('.')) {
      const levels = this.levels();
      return levels === undefined ? undefined : named(name.slice(0, -1), levels);
    }
    return named(name, []);
  }

  private sort(isType: boolean): Expr | undefined {
    const next = this.parts[this.at] ?? '';
    const hasLevel = next === '(' || /^\d+$/.test(next) || /^[\p{Ll}_]\w*$/u.test(next);
    const level = hasLevel ? this.levelAtom() : zero;
    if (level === undefined) return undefined;
    return sort(isType ? (level === zero ? one : succ(level)) : level);
  }

  /** `{u, v}` behind a name's dot. */
  private levels(): Level[] | undefined {
    if (!this.takes('{')) return undefined;
    const levels: Level[] = [];
    do {
      const level = this.level();
      if (level === undefined) return undefined;
      levels.push(level);
    } while (this.takes(','));
    return this.takes('}') ? levels : undefined;
  }

  private sees(part: string): boolean {
    return this.parts[this.at] === part;
  }

  private takes(part: string): boolean {
    if (!this.sees(part)) return false;
    this.at++;
    return true;
  }
}

function depthOf(level: Level): number {
  return level.kind === 'succ' ? 1 + depthOf(level.of) : 0;
}

function named(name: string, levels: readonly Level[]): Expr | undefined {
  return name !== '' && isName(name) ? constant(name, levels) : undefined;
}

function literal(word: string): Expr | undefined {
  try {
    return string(JSON.parse(word) as string);
  } catch {
    return undefined;
  }
}

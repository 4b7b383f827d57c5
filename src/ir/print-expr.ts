import type { BinderInfo, Expr } from './expr.js';
import { someLevel } from './level-fold.js';
import { levelSize, type Level } from './level.js';
import { cutLevel, maxPrinted, printLevel } from './print-level.js';
import { nameParts, type Name } from './name.js';

/** Thrown for what Lean text has no words for. */
export class Unsayable extends Error {
  override readonly name = 'Unsayable';
}

/** The notations of a listing that Lean does not have. */
export const marks = {
  $x: 'a free variable x',
  '?m': 'a metavariable m',
  '?u': 'a level metavariable u',
  '#i': 'a bound variable i places outside of all binders',
  '(proj S i t)': 'field i, from 0, of t in structure S',
  '(mdata t)': 't with a note for the elaborator',
  '⟪t⟫': 'the part t that breaks the rule',
} as const;
export type Mark = keyof typeof marks;

/** A bound variable in scope: what it is called, and whether anything has mentioned it. */
export interface Variable {
  readonly text: string;
  used: boolean;
}

/** A node to point at: the expression that it is in, and which child to take at each step from its root. */
export interface PointedAt {
  readonly root: Expr;
  readonly path: readonly number[];
}

/** Nodes of one declaration that are printed; shared subtrees count at each use, so they can not explode. */
export const maxNodes = 4000;
/** Nesting that is printed; Lean's parser and people both stop far earlier than the kernel. */
const maxDepth = 400;

const brackets: Record<BinderInfo, readonly [string, string]> = {
  default: ['(', ')'],
  implicit: ['{', '}'],
  strictImplicit: ['⦃', '⦄'],
  instImplicit: ['[', ']'],
};

/** How tightly what stands around an expression binds. */
const loose = 0;
const arrowLeft = 1;
const argument = 2;

/**
 * Prints the expressions of one declaration. In Lean text everything is explicit (`@`, levels, binder types) and
 * what can not be said throws Unsayable; in a listing it gets a notation of its own, and `…` stands for what is cut.
 */
export class ExprPrinter {
  private nodes = 0;
  /** Whether something was cut. */
  cut = false;
  /** Notations of ours that occurred, as a legend explains them. */
  readonly marks = new Set<Mark>();

  /**
   * `taken` are words that no variable may be called. `own` are the inductive types being declared: Lean text
   * mentions those without levels, as the elaborator fixes them.
   */
  constructor(
    private readonly lean: boolean,
    private readonly taken: ReadonlySet<string>,
    private readonly own: ReadonlySet<Name> = new Set(),
    private readonly pointedAt?: PointedAt,
  ) {}

  print(expr: Expr, scope: readonly Variable[] = []): string {
    return this.at(expr, scope, loose, 0, expr === this.pointedAt?.root ? this.pointedAt.path : undefined);
  }

  /** A binder with its brackets. */
  binder(variable: Variable, info: BinderInfo, type: string): string {
    const [open, close] = brackets[info];
    return `${open}${variable.text} : ${type}${close}`;
  }

  /** A variable for a binder, called differently from all that are in scope. */
  variable(name: Name, scope: readonly Variable[]): Variable {
    const first = name.split('.')[0] ?? '';
    const base = plainWord.test(first) && first !== '_' ? first : 'x';
    const isFree = (text: string): boolean =>
      !this.taken.has(text) && !keywords.has(text) && scope.every((other) => other.text !== text);
    let text = base;
    for (let i = 1; !isFree(text); i++) text = `${base}_${i}`;
    return { text, used: false };
  }

  /** `way` leads from this node to the one that is pointed at, where that is below it. */
  private at(
    expr: Expr,
    scope: readonly Variable[],
    around: number,
    depth = 0,
    way?: readonly number[],
  ): string {
    if (way?.length === 0) return this.marked('⟪t⟫', `⟪${this.at(expr, scope, loose, depth)}⟫`);
    if (++this.nodes > maxNodes || depth > maxDepth) {
      if (this.lean) throw new Unsayable('too large');
      this.cut = true;
      return '…';
    }
    const go = (child: Expr, tight: number, which: number, more: readonly Variable[] = scope): string =>
      this.at(child, more, tight, depth + 1, way?.[0] === which ? way.slice(1) : undefined);
    const wrap = (text: string, tightest: number): string => (around > tightest ? `(${text})` : text);
    switch (expr.kind) {
      case 'bvar':
        return this.bound(expr.index, scope);
      case 'fvar':
        return this.only('$x', `$${expr.name}`, 'a free variable');
      case 'mvar':
        return this.only('?m', `?${expr.name}`, 'a metavariable');
      case 'sort':
        return this.sort(expr.level, around);
      case 'const':
        return this.constant(expr.name, expr.levels);
      case 'app': {
        const parts = spineOf(expr, way).map(([part, below]) =>
          this.at(part, scope, argument, depth + 1, below),
        );
        return wrap(parts.join(' '), arrowLeft);
      }
      case 'lambda': {
        const type = go(expr.type, loose, 0);
        const variable = this.variable(expr.name, scope);
        const body = go(expr.body, loose, 1, [...scope, variable]);
        // `@fun` keeps the elaborator from introducing implicit binders of its own.
        return wrap(
          `${this.lean ? '@fun' : 'fun'} ${this.binder(variable, expr.info, type)} => ${body}`,
          loose,
        );
      }
      case 'pi': {
        const variable = this.variable(expr.name, scope);
        const body = go(expr.body, loose, 1, [...scope, variable]);
        if (!variable.used && expr.info === 'default')
          return wrap(`${go(expr.type, arrowLeft, 0)} → ${body}`, loose);
        return wrap(`∀ ${this.binder(variable, expr.info, go(expr.type, loose, 0))}, ${body}`, loose);
      }
      case 'let': {
        const type = go(expr.type, loose, 0);
        const value = go(expr.value, loose, 1);
        const variable = this.variable(expr.name, scope);
        const body = go(expr.body, loose, 2, [...scope, variable]);
        return wrap(`let ${variable.text} : ${type} := ${value}; ${body}`, loose);
      }
      case 'nat':
        return this.lean ? wrap(`nat_lit ${expr.value}`, arrowLeft) : String(expr.value);
      case 'string':
        return quoteString(expr.value);
      case 'proj': {
        const of = go(expr.of, argument, 0);
        if (!this.lean) return this.marked('(proj S i t)', `(proj ${expr.structure} ${expr.index} ${of})`);
        return `(${of}).${expr.index + 1}`;
      }
      case 'mdata':
        return this.lean
          ? this.at(expr.of, scope, around, depth + 1)
          : this.marked('(mdata t)', `(mdata ${go(expr.of, argument, 0)})`);
    }
  }

  private bound(index: number, scope: readonly Variable[]): string {
    const variable = scope[scope.length - 1 - index];
    if (variable === undefined) return this.only('#i', `#${index - scope.length}`, 'a loose bound variable');
    variable.used = true;
    return variable.text;
  }

  private sort(level: Level, around: number): string {
    if (level.kind === 'zero') return 'Prop';
    if (level.kind === 'succ' && level.of.kind === 'zero') return 'Type';
    const text = this.lean ? `Sort (${this.level(level)})` : this.listedSort(level);
    return around > arrowLeft ? `(${text})` : text;
  }

  /** A sort as Lean shows it. */
  private listedSort(level: Level): string {
    const [word, of] = level.kind === 'succ' ? (['Type', level.of] as const) : (['Sort', level] as const);
    const text = this.level(of);
    return text.includes(' ') ? `${word} (${text})` : `${word} ${text}`;
  }

  private constant(name: Name, levels: readonly Level[]): string {
    const suffix = levels.length === 0 ? '' : `.{${levels.map((level) => this.level(level)).join(', ')}}`;
    if (!this.lean) return `${name === '' ? '[anonymous]' : name}${suffix}`;
    return this.own.has(name) ? `@${leanName(name)}` : `@${leanName(name)}${suffix}`;
  }

  private level(level: Level): string {
    if (this.lean) requireSayable(level);
    const text = printLevel(level);
    if (text === cutLevel) this.cut = true;
    return text.includes('?') ? this.marked('?u', text) : text;
  }

  private only(mark: Mark, text: string, what: string): string {
    if (this.lean) throw new Unsayable(what);
    return this.marked(mark, text);
  }

  private marked(mark: Mark, text: string): string {
    this.marks.add(mark);
    return text;
  }
}

/** The head of an application and its arguments, each with its way; what is pointed at is never taken apart. */
function spineOf(
  expr: Expr,
  way: readonly number[] | undefined,
): (readonly [part: Expr, way: readonly number[] | undefined])[] {
  const args: (readonly [part: Expr, way: readonly number[] | undefined])[] = [];
  let [head, rest] = [expr, way];
  while (head.kind === 'app' && rest?.length !== 0) {
    args.push([head.arg, rest?.[0] === 1 ? rest.slice(1) : undefined]);
    [head, rest] = [head.fn, rest?.[0] === 0 ? rest.slice(1) : undefined];
  }
  return [[head, rest] as const, ...args.reverse()];
}

const plainWord = /^[\p{L}_][\p{L}\p{N}_'!?₀-₉]*$/u;

/** Words that Lean's parser keeps for itself; those that a name of ours could plausibly be. */
const keywords = new Set(
  `_ at by calc class def deriving do else end example extends false for from fun have if import in inductive
  instance let macro match mut mutual nat_lit namespace notation of on open opaque partial private Prop protected
  return section show Sort structure suffices then theorem true Type unless unsafe universe using variable where
  while with λ Π Σ set_option abbrev axiom attribute local scoped syntax termination_by`.split(/\s+/),
);

/** A name as Lean text, parts that are no identifiers in «». Throws Unsayable. */
export function leanName(name: Name): string {
  const parts = nameParts(name);
  if (parts.length === 0) throw new Unsayable('the anonymous name');
  return parts
    .map((part) => {
      if (typeof part === 'number') throw new Unsayable('a number in a name');
      if (plainWord.test(part) && !keywords.has(part)) return part;
      if (part === '' || /[«»\p{Cc}]/u.test(part)) throw new Unsayable('a name that can not be quoted');
      return `«${part}»`;
    })
    .join('.');
}

function requireSayable(level: Level): void {
  if (levelSize(level) > maxPrinted) throw new Unsayable('too large');
  someLevel(level, (part) => {
    if (part.kind === 'mvar') throw new Unsayable('a level metavariable');
    if (part.kind === 'param' && leanName(part.name) !== part.name)
      throw new Unsayable('a level parameter that is no identifier');
    return false;
  });
}

function quoteString(text: string): string {
  const escaped = text.replace(/[\\"\p{Cc}]/gu, (c) => {
    if (c === '\n') return '\\n';
    if (c === '\t') return '\\t';
    return c === '"' || c === '\\' ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

import { isLeaf } from './children.js';
import { DeclarationTag, ExprTag, HintWord, LevelTag, wordRange } from './codec.js';
import {
  safeties,
  type Declaration,
  type Definition,
  type Inductive,
  type ReducibilityHint,
} from './declaration.js';
import { binderInfos, type Expr } from './expr.js';
import { isBranch } from './level-kinds.js';
import type { Level } from './level.js';
import type { Name } from './name.js';
import { wordsOf } from './natural-words.js';
import { withTexts } from './text-table.js';
import { never } from '../util/errors.js';

export interface EncodeOptions {
  /** False writes a subtree out at each of its uses: as many nodes as `Expr.size` says. Default true. */
  readonly share?: boolean;
}

/** The flat form of declarations; codec.ts draws it. Equal declarations give equal words. RangeError for what no words hold. */
export function encode(declarations: readonly Declaration[], options: EncodeOptions = {}): Uint32Array {
  return new Encoder().encode(declarations, options.share ?? true);
}

/** Marks the end of a shared expression among those that are still to be written. */
interface Written {
  readonly kind: 'written';
  readonly expr: Expr;
}

/** Where bodies are written, one after the other: nothing is encoded while something else is. */
let buffer = new Uint32Array(4096);
/** Levels may share so much that they have more nodes than any memory holds words. */
const maxWords = 2 ** 24;

/** The words behind the text table, as they are written. */
class Body {
  private length = 0;

  push(word: number): void {
    if (this.length === buffer.length) {
      if (buffer.length >= maxWords) {
        buffer = new Uint32Array(4096);
        throw new RangeError(`declarations of more than ${maxWords} words`);
      }
      const larger = new Uint32Array(2 * buffer.length);
      larger.set(buffer);
      buffer = larger;
    }
    buffer[this.length++] = word;
  }

  get words(): Uint32Array {
    return buffer.subarray(0, this.length);
  }
}

class Encoder {
  private readonly body = new Body();
  private readonly texts = new Map<string, number>();
  /** Nodes with children that were met; those met again become shared. */
  private readonly met = new Set<Expr>();
  private readonly repeated = new Set<Expr>();
  private readonly shared = new Map<Expr, number>();

  encode(declarations: readonly Declaration[], share: boolean): Uint32Array {
    if (share) {
      for (const declaration of declarations) this.forEachExpr(declaration, (expr) => this.count(expr));
    }
    this.body.push(declarations.length);
    for (const declaration of declarations) this.declaration(declaration);
    return this.assemble();
  }

  private assemble(): Uint32Array {
    const body = this.body.words;
    const words = withTexts([...this.texts.keys()], body.length);
    words.set(body, words.length - body.length);
    return words;
  }

  private forEachExpr(declaration: Declaration, visit: (expr: Expr) => void): void {
    switch (declaration.kind) {
      case 'axiom':
        return visit(declaration.type);
      case 'definition':
      case 'theorem':
      case 'opaque':
        visit(declaration.type);
        return visit(declaration.value);
      case 'mutual':
        return declaration.definitions.forEach((definition) => this.forEachExpr(definition, visit));
      case 'inductive':
        for (const type of declaration.types) {
          visit(type.type);
          for (const constructor of type.constructors) visit(constructor.type);
        }
        return;
      case 'bare quotient':
        return this.forEachExpr(declaration.equality, visit);
      case 'quotient':
        return;
    }
  }

  private count(root: Expr): void {
    const open = [root];
    for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
      if (isLeaf(expr)) continue;
      const before = this.met.size;
      this.met.add(expr);
      if (this.met.size > before) openParts(open, expr);
      else this.repeated.add(expr);
    }
  }

  private text(text: string): number {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, this.texts.size);
    return this.texts.size - 1;
  }

  private declaration(declaration: Declaration): void {
    this.body.push(DeclarationTag[declaration.kind]);
    switch (declaration.kind) {
      case 'axiom':
        this.typed(declaration);
        this.body.push(declaration.unsafe ? 1 : 0);
        return;
      case 'definition':
        return this.definition(declaration);
      case 'theorem':
        this.typed(declaration);
        return this.expr(declaration.value);
      case 'opaque':
        this.typed(declaration);
        this.body.push(declaration.unsafe ? 1 : 0);
        return this.expr(declaration.value);
      case 'quotient':
        return;
      case 'mutual':
        this.body.push(declaration.definitions.length);
        return declaration.definitions.forEach((definition) => this.definition(definition));
      case 'inductive':
        return this.inductive(declaration);
      case 'bare quotient':
        return this.inductive(declaration.equality);
    }
  }

  private inductive({ levelParams, parameters, unsafe, types }: Inductive): void {
    this.names(levelParams);
    this.body.push(word(parameters, 'number of parameters'));
    this.body.push(unsafe ? 1 : 0);
    this.body.push(types.length);
    for (const { name, type, constructors } of types) {
      this.body.push(this.text(name));
      this.expr(type);
      this.body.push(constructors.length);
      for (const constructor of constructors) {
        this.body.push(this.text(constructor.name));
        this.expr(constructor.type);
      }
    }
  }

  private definition(definition: Definition): void {
    this.typed(definition);
    this.body.push(hintWord(definition.hint));
    this.body.push(safeties.indexOf(definition.safety));
    this.expr(definition.value);
  }

  private typed(declaration: { name: Name; levelParams: readonly Name[]; type: Expr }): void {
    this.body.push(this.text(declaration.name));
    this.names(declaration.levelParams);
    this.expr(declaration.type);
  }

  private names(names: readonly Name[]): void {
    this.body.push(names.length);
    for (const name of names) this.body.push(this.text(name));
  }

  /** Writes a level, each use of a shared part anew. */
  private level(root: Level): void {
    let level = root;
    const open: Level[] = [];
    for (;;) {
      this.body.push(LevelTag[level.kind]);
      if (level.kind === 'succ') {
        level = level.of;
        continue;
      }
      if (isBranch(level)) {
        open.push(level.right);
        level = level.left;
        continue;
      }
      if (level.kind !== 'zero') this.body.push(this.text(level.name));
      const next = open.pop();
      if (next === undefined) return;
      level = next;
    }
  }

  /** Writes an expression, without recursion: what comes from an environment may be nested as deep as it likes. */
  private expr(root: Expr): void {
    const open: (Expr | Written)[] = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next.kind === 'written') {
        this.shared.set(next.expr, this.shared.size);
        continue;
      }
      if (isLeaf(next)) {
        this.head(next);
        continue;
      }
      if (this.repeated.size > 0 && this.repeated.has(next)) {
        const reference = this.shared.get(next);
        if (reference !== undefined) {
          this.body.push(ExprTag.reference);
          this.body.push(reference);
          continue;
        }
        this.body.push(ExprTag.define);
        open.push({ kind: 'written', expr: next });
      }
      this.head(next);
      openParts(open, next);
    }
  }

  /** Writes the part of a node before its children. */
  private head(expr: Expr): void {
    const { body } = this;
    const isFar = expr.kind === 'proj' && expr.index >= wordRange;
    body.push(ExprTag[isFar ? 'farProj' : expr.kind]);
    switch (expr.kind) {
      case 'bvar':
        body.push(word(expr.index, 'index of a bound variable'));
        return;
      case 'fvar':
      case 'mvar':
        body.push(this.text(expr.name));
        return;
      case 'sort':
        return this.level(expr.level);
      case 'const':
        body.push(this.text(expr.name));
        body.push(expr.levels.length);
        return expr.levels.forEach((level) => this.level(level));
      case 'lambda':
      case 'pi':
        body.push(this.text(expr.name));
        body.push(binderInfos.indexOf(expr.info));
        return;
      case 'let':
        body.push(this.text(expr.name));
        return;
      case 'nat':
        return this.natural(expr.value);
      case 'string':
        body.push(this.text(expr.value));
        return;
      case 'proj':
        body.push(this.text(expr.structure));
        body.push(word(expr.index % wordRange, 'index of a projection'));
        if (isFar) body.push(word(Math.floor(expr.index / wordRange), 'index of a projection'));
        return;
      case 'app':
      case 'mdata':
        return;
      default:
        return never(expr);
    }
  }

  private natural(value: bigint): void {
    if (value > 0n && value <= 0xffffffffn) {
      this.body.push(1);
      this.body.push(Number(value));
      return;
    }
    const words = wordsOf(value);
    this.body.push(words.length);
    for (const word of words) this.body.push(word);
  }
}

/** Puts the parts of an expression on a stack, the first on top. No list of them is made: this is the hot path. */
function openParts(open: (Expr | Written)[], expr: Expr): void {
  switch (expr.kind) {
    case 'app':
      open.push(expr.arg, expr.fn);
      return;
    case 'lambda':
    case 'pi':
      open.push(expr.body, expr.type);
      return;
    case 'let':
      open.push(expr.body, expr.value, expr.type);
      return;
    case 'proj':
    case 'mdata':
      open.push(expr.of);
      return;
    default: // a leaf
  }
}

/** Words are 32 bits wide: what is wider would be cut, and so another declaration. */
function word(value: number, what: string): number {
  if (value === value >>> 0) return value;
  throw new RangeError(`${what} ${value}: expected at most ${2 ** 32 - 1}, which is what words carry`);
}

function hintWord(hint: ReducibilityHint): number {
  if (hint === 'opaque') return HintWord.opaque;
  return hint === 'abbreviation' ? HintWord.abbreviation : HintWord.firstHeight + hint;
}

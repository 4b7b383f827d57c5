import { isAscii, isUtf8 } from 'node:buffer';
import {
  DeclarationTag,
  ExprTag,
  foreignLimits,
  HintWord,
  LevelTag,
  maxHighIndex,
  wordRange,
  wordsVersion,
  type WordLimits,
} from './codec.js';
import type { Builder, DefinitionParts, InductiveParts, TypedParts } from './builder.js';
import { isName } from './name.js';
import { naturalOf } from './natural-words.js';
import type { ReducibilityHint } from './declaration.js';
import { never } from '../util/errors.js';

type InnerTag = (typeof ExprTag)['app' | 'lambda' | 'pi' | 'let' | 'proj' | 'mdata' | 'define'];

/** A node whose parts are being read. One object serves one node after the other: they are made at every second word. */
interface Frame {
  tag: InnerTag;
  /** Its name and its number, where it has one. */
  text: string;
  number: number;
  /** Parts that are not there yet. */
  missing: number;
}

/** Thrown for words that are no declarations; says where and why. Nothing of them may be used. */
export class MalformedWords extends Error {
  override readonly name = 'MalformedWords';
}

/** Reads declarations from their flat form, one by one. */
export class Decoder<L, E, D> {
  private at = 0;
  private readonly texts: string[] = [];
  /** By the number of a text, whether it is known to be a name. */
  private readonly names: boolean[] = [];
  private readonly shared: E[] = [];
  /** The nodes around the place that is read, the outermost first, as far as `depth`; and the finished parts of all. */
  private readonly frames: Frame[] = [];
  private depth = 0;
  private readonly parts: E[] = [];
  /** How many declarations there are. */
  readonly count: number;

  constructor(
    private readonly words: Uint32Array,
    private readonly builder: Builder<L, E, D>,
    private readonly limits: WordLimits = foreignLimits,
  ) {
    if (this.next('version') !== wordsVersion) this.fail(`version ${words[0]}, expected ${wordsVersion}`);
    this.readTexts();
    this.count = this.next('number of declarations');
    if (this.count > words.length) this.fail(`${this.count} declarations in ${words.length} words`);
  }

  /** The next declaration; call it `count` times. */
  declaration(): D {
    const tag = this.next('declaration tag');
    switch (tag) {
      case DeclarationTag.axiom: {
        const header = this.typed();
        return this.builder.axiom(header, this.flag('unsafe'));
      }
      case DeclarationTag.definition:
        return this.builder.definition(this.definition());
      case DeclarationTag.theorem: {
        const header = this.typed();
        return this.builder.theorem(header, this.expr());
      }
      case DeclarationTag.opaque: {
        const header = this.typed();
        const unsafe = this.flag('unsafe');
        return this.builder.opaque(header, this.expr(), unsafe);
      }
      case DeclarationTag.quotient:
        return this.builder.quotient();
      case DeclarationTag.mutual:
        return this.builder.mutual(this.list('definitions', () => this.definition()));
      case DeclarationTag.inductive:
        return this.builder.inductive(this.inductive());
      case DeclarationTag['bare quotient']:
        return this.builder.bareQuotient(this.inductive());
      default:
        return this.fail(`unknown declaration tag ${tag}`);
    }
  }

  /** Throws where words are left over after the last declaration. */
  end(): void {
    if (this.at !== this.words.length) this.fail(`${this.words.length - this.at} words too many`);
  }

  private readTexts(): void {
    const bytes = this.next('text bytes');
    const count = this.next('number of texts');
    const start = (3 + count) * 4;
    const tableWords = Math.ceil(bytes / 4);
    if (count > this.limits.names || 3 + count + tableWords > this.words.length)
      this.fail('the text table is cut short');
    const buffer = Buffer.from(this.words.buffer, this.words.byteOffset + start, bytes);
    const all = buffer.toString('latin1');
    const isPlain = isAscii(buffer);
    let offset = 0;
    for (let i = 0; i < count; i++) {
      const length = this.next('text length');
      if (length > this.limits.textBytes)
        this.fail(`a text of ${length} bytes, at most ${this.limits.textBytes}`);
      if (offset + length > bytes) this.fail('the text table is cut short');
      const end = offset + length;
      if (!isPlain && !isUtf8(buffer.subarray(offset, end))) this.fail('a text that is not UTF-8');
      this.texts.push(isPlain ? all.slice(offset, end) : buffer.toString('utf8', offset, end));
      offset = end;
    }
    this.at += tableWords;
  }

  private typed(): TypedParts<E> {
    return { name: this.name(), levelParams: this.nameList(), type: this.expr() };
  }

  private definition(): DefinitionParts<E> {
    const { name, levelParams, type } = this.typed();
    const hint = readHint(this.next('hint'));
    const safety = this.next('safety');
    if (safety > 2) this.fail(`safety ${safety}, expected 0 to 2`);
    return { name, levelParams, type, hint, safety, value: this.expr() };
  }

  private inductive(): InductiveParts<E> {
    const levelParams = this.nameList();
    const parameters = this.next('parameters');
    const unsafe = this.flag('unsafe');
    const types = this.list('types', () => {
      const name = this.name();
      const type = this.expr();
      const constructors = this.list('constructors', () => ({ name: this.name(), type: this.expr() }));
      return { name, type, constructors };
    });
    return { levelParams, parameters, unsafe, types };
  }

  private level(depth: number): L {
    if (depth > this.limits.levelDepth) this.fail(`a level nested deeper than ${this.limits.levelDepth}`);
    const { builder } = this;
    const tag = this.next('level tag');
    switch (tag) {
      case LevelTag.zero:
        return builder.zero();
      case LevelTag.succ:
        return builder.succ(this.level(depth + 1));
      case LevelTag.max: {
        const left = this.level(depth + 1);
        return builder.max(left, this.level(depth + 1));
      }
      case LevelTag.imax: {
        const left = this.level(depth + 1);
        return builder.imax(left, this.level(depth + 1));
      }
      case LevelTag.param:
        return builder.levelParam(this.name());
      case LevelTag.mvar:
        return builder.levelMvar(this.name());
      default:
        return this.fail(`unknown level tag ${tag}`);
    }
  }

  /** An expression, without recursion: what a kernel accepted may be nested as deep as it likes. */
  private expr(): E {
    for (;;) {
      if (this.depth > this.limits.exprDepth)
        this.fail(`an expression nested deeper than ${this.limits.exprDepth}`);
      let finished = this.leaf();
      // A finished node may be the last part of the one around it, and so on.
      while (finished !== undefined) {
        const around = this.depth === 0 ? undefined : this.frames[this.depth - 1];
        if (around === undefined) return finished;
        this.parts.push(finished);
        if (--around.missing > 0) break;
        this.depth--;
        finished = this.close(around);
      }
    }
  }

  private open(tag: InnerTag, text: string, number: number, missing: number): undefined {
    const frame = this.frames[this.depth++];
    if (frame === undefined) {
      this.frames.push({ tag, text, number, missing });
      return;
    }
    frame.tag = tag;
    frame.text = text;
    frame.number = number;
    frame.missing = missing;
  }

  /** Reads one node: a leaf, or (undefined) the head of one whose parts follow, which is opened. */
  private leaf(): E | undefined {
    const { builder } = this;
    const tag = this.next('expression tag');
    switch (tag) {
      case ExprTag.bvar:
        return builder.bvar(this.bvarIndex());
      case ExprTag.fvar:
        return builder.fvar(this.name());
      case ExprTag.mvar:
        return builder.mvar(this.name());
      case ExprTag.sort:
        return builder.sort(this.level(0));
      case ExprTag.const: {
        const name = this.name();
        return builder.const(name, this.levels());
      }
      case ExprTag.nat:
        return builder.nat(this.natural());
      case ExprTag.string:
        return builder.string(this.text());
      case ExprTag.reference: {
        const reference = this.next('reference');
        const expr = this.shared[reference];
        if (expr === undefined)
          this.fail(`reference ${reference} of ${this.shared.length} shared expressions`);
        return builder.again(expr);
      }
      case ExprTag.lambda:
      case ExprTag.pi: {
        const text = this.name();
        const number = this.next('binder info');
        if (number > 3) this.fail(`binder info ${number}, expected 0 to 3`);
        return this.open(tag, text, number, 2);
      }
      case ExprTag.let:
        return this.open(tag, this.name(), 0, 3);
      case ExprTag.proj: {
        const text = this.name();
        return this.open(tag, text, this.next('index'), 1);
      }
      case ExprTag.farProj: {
        const text = this.name();
        const low = this.next('index');
        const high = this.next('index');
        if (high === 0 || high >= maxHighIndex)
          this.fail(`${high} as the higher word of an index, expected 1 to ${maxHighIndex - 1}`);
        return this.open(ExprTag.proj, text, high * wordRange + low, 1);
      }
      case ExprTag.app:
        return this.open(tag, '', 0, 2);
      case ExprTag.mdata:
      case ExprTag.define:
        return this.open(tag, '', 0, 1);
      default:
        return this.fail(`unknown expression tag ${tag}`);
    }
  }

  /** The node of a frame all of whose parts are there, the last one on top. */
  private close({ tag, text, number }: Frame): E {
    const { builder } = this;
    const last = this.part();
    switch (tag) {
      case ExprTag.app:
        return builder.app(this.part(), last);
      case ExprTag.lambda:
        return builder.lambda(text, number, this.part(), last);
      case ExprTag.pi:
        return builder.pi(text, number, this.part(), last);
      case ExprTag.let: {
        const value = this.part();
        return builder.let(text, this.part(), value, last);
      }
      case ExprTag.proj:
        return builder.proj(text, number, last);
      case ExprTag.mdata:
        return builder.mdata(last);
      case ExprTag.define:
        this.shared.push(last);
        return last;
      default:
        return never(tag);
    }
  }

  private part(): E {
    return this.parts.pop() as E;
  }

  private natural(): bigint {
    const length = this.next('words of a number');
    if (length > this.limits.natWords)
      this.fail(`a number of ${length} words, at most ${this.limits.natWords}`);
    if (length > this.words.length - this.at) this.fail('the words end where a word of a number is expected');
    if (length === 0) return 0n;
    if (length === 1) return BigInt(this.next('word of a number'));
    const value = naturalOf(this.words.subarray(this.at, this.at + length));
    this.at += length;
    return value;
  }

  private list<T>(what: string, read: () => T): T[] {
    const length = this.length(what);
    const items: T[] = [];
    for (let i = 0; i < length; i++) items.push(read());
    return items;
  }

  /** The levels of a constant. */
  private levels(): L[] {
    const length = this.length('levels');
    const levels: L[] = [];
    for (let i = 0; i < length; i++) levels.push(this.level(0));
    return levels;
  }

  private length(what: string): number {
    const length = this.words[this.at];
    if (length === undefined) this.fail(`the words end where a number of ${what} is expected`);
    this.at++;
    if (length > this.words.length - this.at) this.fail(`${length} ${what} in what is left of the words`);
    return length;
  }

  private nameList(): string[] {
    return this.list('names', () => this.name());
  }

  private bvarIndex(): number {
    const index = this.next('index');
    if (index > this.limits.bvarIndex)
      this.fail(`a bound variable of index ${index}, at most ${this.limits.bvarIndex}`);
    return index;
  }

  private flag(what: string): boolean {
    const word = this.next(what);
    if (word > 1) this.fail(`${what} is ${word}, expected 0 or 1`);
    return word === 1;
  }

  private name(): string {
    const text = this.text();
    const index = this.words[this.at - 1] ?? 0;
    if (this.names[index] !== true && !isName(text)) this.fail(`text ${index} is no name`);
    this.names[index] = true;
    return text;
  }

  private text(): string {
    const index = this.next('text');
    const text = this.texts[index];
    return text ?? this.fail(`text ${index} of ${this.texts.length}`);
  }

  private next(what: string): number {
    const word = this.words[this.at];
    if (word === undefined) this.fail(`the words end where a ${what} is expected`);
    this.at++;
    return word;
  }

  private fail(problem: string): never {
    throw new MalformedWords(`word ${this.at}: ${problem}`);
  }
}

function readHint(word: number): ReducibilityHint {
  if (word === HintWord.opaque) return 'opaque';
  return word === HintWord.abbreviation ? 'abbreviation' : word - HintWord.firstHeight;
}

import type { BinderInfo, Expr } from '../../ir/expr.js';
import * as expr from '../../ir/expr.js';
import { binderInfos } from '../../ir/expr.js';
import { environmentLimits } from '../../ir/codec.js';
import { naturalOf } from '../../ir/natural-words.js';
import { branch, levelMvar, param, succ, zero, type Level } from '../../ir/level.js';
import { nameOf, type Name } from '../../ir/name.js';
import { box, unbox, type LeanHeap } from './heap.js';

const bignumTag = 250;
const nameNumeral = 2;

/** Tags of Lean's `Expr` and `Level`. */
export const ExprCtor = {
  bvar: 0,
  fvar: 1,
  mvar: 2,
  sort: 3,
  const: 4,
  app: 5,
  lambda: 6,
  pi: 7,
  let: 8,
  literal: 9,
  mdata: 10,
  proj: 11,
} as const;
const LevelCtor = { zero: 0, succ: 1, max: 2, imax: 3, param: 4, mvar: 5 } as const;

/** The largest unsigned 32-bit integer. */
const maxSmall = 0xffffffffn;
/** Indices of projections may be larger. */
const maxIndex = BigInt(Number.MAX_SAFE_INTEGER);

/** The expressions that an expression is made of, borrowed. */
export function partsOf(heap: LeanHeap, object: number): number[] {
  switch (heap.tag(object)) {
    case ExprCtor.app:
      return [heap.field(object, 0), heap.field(object, 1)];
    case ExprCtor.lambda:
    case ExprCtor.pi:
      return [heap.field(object, 1), heap.field(object, 2)];
    case ExprCtor.let:
      return [heap.field(object, 1), heap.field(object, 2), heap.field(object, 3)];
    case ExprCtor.mdata:
      return [heap.field(object, 1)];
    case ExprCtor.proj:
      return [heap.field(object, 2)];
    default:
      return [];
  }
}

/** Thrown for an object that no declaration can say: says what it is. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/**
 * Reads names, levels and expressions out of the heap. Borrows everything. Results are remembered by address, so
 * an instance must not outlive the objects that it has read.
 */
export class KernelReader {
  private readonly names = new Map<number, Name>();
  private readonly levels = new Map<number, Level>();
  private readonly exprs = new Map<number, Expr>();

  constructor(private readonly heap: LeanHeap) {}

  name(object: number): Name {
    if (object === box(0)) return '';
    let text = this.names.get(object);
    if (text === undefined) {
      const parts: (string | number)[] = [];
      for (let rest = object; rest !== box(0); rest = this.heap.field(rest, 0)) {
        const part = this.heap.field(rest, 1);
        parts.push(this.heap.tag(rest) === nameNumeral ? this.small(part) : this.heap.text(part));
      }
      text = nameOf(parts.reverse());
      this.names.set(object, text);
    }
    return text;
  }

  nameList(list: number): Name[] {
    return this.heap.elements(list).map((name) => this.name(name));
  }

  /** A natural number; negative where its bignum says so, which no well-formed term has. */
  natural(object: number): bigint {
    if ((object & 1) !== 0) return BigInt(unbox(object));
    if (this.heap.tag(object) !== bignumTag)
      throw new Unreadable(`an object of tag ${this.heap.tag(object)} is no number`);
    const negative = this.heap.scalarByte(object, 0, 0) !== 0;
    const digits = this.heap.field(object, 1);
    const address = this.heap.field(object, 2);
    const value = naturalOf(this.heap.u32.subarray(address >>> 2, (address >>> 2) + digits));
    return negative ? -value : value;
  }

  /** A number that words have to hold: an index, a part of a name. */
  private small(object: number, most = maxSmall): number {
    const value = this.natural(object);
    if (value < 0n || value > most) throw new Unreadable(`the number ${value} where an index is expected`);
    return Number(value);
  }

  level(object: number, depth = 0): Level {
    let level = this.levels.get(object);
    if (level === undefined) {
      level = this.readLevel(object, depth);
      this.levels.set(object, level);
    }
    return level;
  }

  private readLevel(object: number, depth: number): Level {
    const { heap } = this;
    if (depth > environmentLimits.levelDepth)
      throw new Unreadable(`a level nested deeper than ${environmentLimits.levelDepth}`);
    const below = (index: number): Level => this.level(heap.field(object, index), depth + 1);
    switch (heap.tag(object)) {
      case LevelCtor.zero:
        return zero;
      case LevelCtor.succ:
        return succ(below(0));
      case LevelCtor.max:
      case LevelCtor.imax:
        return branch(heap.tag(object) === LevelCtor.max ? 'max' : 'imax', below(0), below(1));
      case LevelCtor.param:
        return param(this.name(heap.field(object, 0)));
      case LevelCtor.mvar:
        return levelMvar(this.name(heap.field(object, 0)));
      default:
        throw new Unreadable(`a level of unknown tag ${heap.tag(object)}`);
    }
  }

  /** Parts first and without recursion: what a kernel accepted may be nested as deep as it likes. */
  expr(root: number): Expr {
    const open = [root];
    for (let object = open.at(-1); object !== undefined; object = open.at(-1)) {
      const missing = this.exprs.has(object)
        ? []
        : partsOf(this.heap, object).filter((part) => !this.exprs.has(part));
      if (missing.length > 0) {
        open.push(...missing);
        continue;
      }
      open.pop();
      if (!this.exprs.has(object)) this.exprs.set(object, this.read(object));
    }
    return this.known(root);
  }

  private known(object: number): Expr {
    const tree = this.exprs.get(object);
    if (tree === undefined) throw new Error('a part of an expression was not read before it');
    return tree;
  }

  /** An expression whose parts have been read. */
  private read(object: number): Expr {
    const { heap } = this;
    const field = (index: number): number => heap.field(object, index);
    const part = (index: number): Expr => this.known(field(index));
    switch (heap.tag(object)) {
      case ExprCtor.bvar:
        return expr.bvar(this.small(field(0)));
      case ExprCtor.fvar:
        return expr.fvar(this.name(field(0)));
      case ExprCtor.mvar:
        return expr.mvar(this.name(field(0)));
      case ExprCtor.sort:
        return expr.sort(this.level(field(0)));
      case ExprCtor.const: {
        const levels = heap.elements(field(1)).map((level) => this.level(level));
        return expr.constant(this.name(field(0)), levels);
      }
      case ExprCtor.app:
        return expr.app(part(0), part(1));
      case ExprCtor.lambda:
        return expr.lambda(this.name(field(0)), part(1), part(2), this.info(object));
      case ExprCtor.pi:
        return expr.pi(this.name(field(0)), part(1), part(2), this.info(object));
      case ExprCtor.let:
        return expr.letIn(this.name(field(0)), part(1), part(2), part(3));
      case ExprCtor.literal: {
        const literal = field(0);
        const value = heap.field(literal, 0);
        return heap.tag(literal) === 0 ? expr.nat(this.literal(value)) : expr.string(this.text(value));
      }
      case ExprCtor.mdata:
        return expr.mdata(part(1));
      case ExprCtor.proj:
        return expr.proj(this.name(field(0)), this.small(field(1), maxIndex), part(2));
      default:
        throw new Unreadable(`an expression of unknown tag ${heap.tag(object)}`);
    }
  }

  private literal(object: number): bigint {
    const value = this.natural(object);
    if (value < 0n) throw new Unreadable(`the negative literal ${value}`);
    return value;
  }

  private text(object: number): string {
    const text = this.heap.exactText(object);
    if (text === undefined) throw new Unreadable('a string that is not UTF-8');
    return text;
  }

  /** The byte behind the 64 bits of cached data of a binder with three fields. */
  private info(object: number): BinderInfo {
    return binderInfos[this.heap.scalarByte(object, 3, 8)] ?? 'default';
  }
}

import type { BinderInfo, Expr } from '../../ir/expr.js';
import * as expr from '../../ir/expr.js';
import { binderInfos } from '../../ir/expr.js';
import type { Level } from '../../ir/level.js';
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
  private readonly exprs = new Map<number, Expr>();

  constructor(private readonly heap: LeanHeap) {}

  name(object: number): Name {
    if (object === box(0)) return '';
    let text = this.names.get(object);
    if (text === undefined) {
      const parts: (string | number)[] = [];
      for (let rest = object; rest !== box(0); rest = this.heap.field(rest, 0)) {
        const part = this.heap.field(rest, 1);
        parts.push(this.heap.tag(rest) === nameNumeral ? Number(this.natural(part)) : this.heap.text(part));
      }
      text = nameOf(parts.reverse());
      this.names.set(object, text);
    }
    return text;
  }

  nameList(list: number): Name[] {
    return this.heap.elements(list).map((name) => this.name(name));
  }

  /** A natural number; negative where its bignum says so, which no honest term has. */
  natural(object: number): bigint {
    if ((object & 1) !== 0) return BigInt(unbox(object));
    if (this.heap.tag(object) !== bignumTag)
      throw new Unreadable(`an object of tag ${this.heap.tag(object)} is no number`);
    const negative = this.heap.scalarByte(object, 0, 0) !== 0;
    const digits = this.heap.field(object, 1);
    const address = this.heap.field(object, 2);
    let value = 0n;
    for (let i = digits - 1; i >= 0; i--)
      value = (value << 32n) | BigInt(this.heap.u32[(address >>> 2) + i] ?? 0);
    return negative ? -value : value;
  }

  level(object: number): Level {
    const { heap } = this;
    switch (heap.tag(object)) {
      case LevelCtor.zero:
        return { kind: 'zero' };
      case LevelCtor.succ:
        return { kind: 'succ', of: this.level(heap.field(object, 0)) };
      case LevelCtor.max:
      case LevelCtor.imax:
        return {
          kind: heap.tag(object) === LevelCtor.max ? 'max' : 'imax',
          left: this.level(heap.field(object, 0)),
          right: this.level(heap.field(object, 1)),
        };
      case LevelCtor.param:
        return { kind: 'param', name: this.name(heap.field(object, 0)) };
      case LevelCtor.mvar:
        return { kind: 'mvar', name: this.name(heap.field(object, 0)) };
      default:
        throw new Unreadable(`a level of unknown tag ${heap.tag(object)}`);
    }
  }

  expr(object: number): Expr {
    let tree = this.exprs.get(object);
    if (tree === undefined) {
      tree = this.read(object);
      this.exprs.set(object, tree);
    }
    return tree;
  }

  private read(object: number): Expr {
    const { heap } = this;
    const field = (index: number): number => heap.field(object, index);
    switch (heap.tag(object)) {
      case ExprCtor.bvar:
        return expr.bvar(Number(this.natural(field(0))));
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
        return expr.app(this.expr(field(0)), this.expr(field(1)));
      case ExprCtor.lambda:
        return expr.lambda(this.name(field(0)), this.expr(field(1)), this.expr(field(2)), this.info(object));
      case ExprCtor.pi:
        return expr.pi(this.name(field(0)), this.expr(field(1)), this.expr(field(2)), this.info(object));
      case ExprCtor.let:
        return expr.letIn(this.name(field(0)), this.expr(field(1)), this.expr(field(2)), this.expr(field(3)));
      case ExprCtor.literal: {
        const literal = field(0);
        const value = heap.field(literal, 0);
        return heap.tag(literal) === 0 ? expr.nat(this.natural(value)) : expr.string(heap.text(value));
      }
      case ExprCtor.mdata:
        return expr.mdata(this.expr(field(1)));
      case ExprCtor.proj:
        return expr.proj(this.name(field(0)), Number(this.natural(field(1))), this.expr(field(2)));
      default:
        throw new Unreadable(`an expression of unknown tag ${heap.tag(object)}`);
    }
  }

  /** The byte behind the 64 bits of cached data of a binder with three fields. */
  private info(object: number): BinderInfo {
    return binderInfos[this.heap.scalarByte(object, 3, 8)] ?? 'default';
  }
}

import type { Type } from '../ir/source/types.js';
import { MalformedBytes } from '../util/bytes.js';
import type { In, Out } from '../util/codec.js';
import type { PackedReader, PackedWriter } from '../util/packed-bytes.js';

/** The first number of a type. One from `known` on names one of the types that were finished before, by its place. */
const TypeTag = { named: 0, arrow: 1, variable: 2, known: 3 } as const;

/** Nodes of a type when it is written out, and how deep a reader follows one. */
const limits = { nodes: 10_000, depth: 200 } as const;

/** Writes each type of a candidate once, and then its number: nearly all are the same few. */
export class WrittenTypes {
  /** Equal types have the same identity, whatever objects they are. */
  private readonly identities = new Map<Type, number>();
  private readonly byParts = new Map<string, number>();
  /** The number of each identity that was written. */
  private readonly numbers = new Map<number, number>();

  write(out: Out<PackedWriter>, type: Type): void {
    const identity = this.identityOf(type);
    const known = this.numbers.get(identity);
    if (known !== undefined) {
      out.count(TypeTag.known + known);
      return;
    }
    out.count(TypeTag[type.kind]);
    switch (type.kind) {
      case 'named':
        out.string(type.head).list(type.args, (arg) => this.write(out, arg));
        break;
      case 'arrow':
        this.write(out, type.from);
        this.write(out, type.to);
        break;
      case 'variable':
        out.string(type.name);
    }
    this.numbers.set(identity, this.numbers.size);
  }

  private identityOf(type: Type): number {
    const known = this.identities.get(type);
    if (known !== undefined) return known;
    const parts = this.partsOf(type);
    const identity = this.byParts.get(parts) ?? this.byParts.size;
    this.byParts.set(parts, identity);
    this.identities.set(type, identity);
    return identity;
  }

  /** A key that tells a type from others, by the identities of its parts. */
  private partsOf(type: Type): string {
    switch (type.kind) {
      case 'variable':
        return `v${type.name}`;
      case 'arrow':
        return `a${this.identityOf(type.from)} ${this.identityOf(type.to)}`;
      case 'named': {
        let parts = '';
        for (const arg of type.args) parts += ` ${this.identityOf(arg)}`;
        return `n${parts} ${type.head}`;
      }
    }
  }
}

/** Reads the types of a candidate. */
export class ReadTypes {
  private readonly finished: Type[] = [];
  /** Nodes of each finished type. */
  private readonly sizes: number[] = [];
  private depth = 0;

  read(from: In<PackedReader>): Type {
    return this.typeAt(this.next(from));
  }

  private typeAt(number: number): Type {
    const type = this.finished[number];
    if (type === undefined) throw new MalformedBytes(`type ${number} of ${this.finished.length}`);
    return type;
  }

  /** The number of a type, which is new or one of the finished. */
  private next(from: In<PackedReader>): number {
    const tag = from.count();
    if (tag >= TypeTag.known) {
      this.typeAt(tag - TypeTag.known);
      return tag - TypeTag.known;
    }
    if (++this.depth > limits.depth) throw new MalformedBytes(`a type nested deeper than ${limits.depth}`);
    const number = this.finish(from, tag);
    this.depth--;
    return number;
  }

  private finish(from: In<PackedReader>, tag: number): number {
    switch (tag) {
      case TypeTag.named: {
        const head = from.string();
        const parts = from.list(() => this.next(from));
        return this.keep({ kind: 'named', head, args: parts.map((part) => this.typeAt(part)) }, parts);
      }
      case TypeTag.arrow: {
        const [domain, result] = [this.next(from), this.next(from)];
        const type = { kind: 'arrow', from: this.typeAt(domain), to: this.typeAt(result) } as const;
        return this.keep(type, [domain, result]);
      }
      default:
        return this.keep({ kind: 'variable', name: from.string() }, []);
    }
  }

  /** Types that name others twice could be small here and endless when they are printed. */
  private keep(type: Type, parts: readonly number[]): number {
    const nodes = parts.reduce((sum, part) => sum + (this.sizes[part] ?? 0), 1);
    if (nodes > limits.nodes) throw new MalformedBytes(`a type of more than ${limits.nodes} nodes`);
    this.sizes.push(nodes);
    return this.finished.push(type) - 1;
  }
}

import { maxMadeWords, type Made, type MadeConstant } from '../../api/execution.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import type { Expr } from '../../ir/expr.js';
import { child, type Name } from '../../ir/name.js';
import type { ConstantInfo, Constants } from './constants.js';
import type { LeanHeap } from './heap.js';
import { KernelReader, Unreadable } from './kernel-reader.js';

const nothing: Made = { constants: [], terms: encode([]) };

/** The blocks of these types as they stand in an environment; see native/lean-host/made.cc, which says the same. */
export function madeBy(
  heap: LeanHeap,
  constants: Constants,
  kernelEnvironment: number,
  types: readonly Name[],
): Made {
  try {
    const reading = new Reading(heap, constants, kernelEnvironment);
    types.forEach((type) => reading.block(type));
    const terms = encode(reading.terms);
    return terms.length > maxMadeWords ? nothing : { constants: reading.made, terms };
  } catch (error) {
    if (error instanceof Unreadable) return nothing;
    throw error;
  }
}

class Reading {
  readonly made: MadeConstant[] = [];
  readonly terms: Declaration[] = [];
  private readonly reader: KernelReader;

  constructor(
    private readonly heap: LeanHeap,
    private readonly constants: Constants,
    private readonly kernelEnvironment: number,
  ) {
    this.reader = new KernelReader(heap);
  }

  block(type: Name): void {
    const info = this.find(type, 'inductive');
    if (info === undefined) return;
    const block = this.names(info, 3);
    for (const name of block) {
      const one = this.find(name, 'inductive');
      if (one === undefined) continue;
      this.inductive(name, one);
      for (const constructor of this.names(one, 4)) {
        const made = this.find(constructor, 'constructor');
        if (made !== undefined) this.constructorOf(constructor, made);
      }
    }
    block.forEach((name) => this.recursor(child(name, 'rec')));
    for (let i = 1; this.recursor(child(block[0] ?? '', `rec_${i}`));) i++;
  }

  private inductive(name: Name, info: ConstantInfo): void {
    const numbers = [1, 2, 5].map((index) => this.number(info, index));
    this.add(name, info, [...numbers, ...[0, 2, 1].map((offset) => this.flag(info, 6, offset))], {
      block: this.names(info, 3),
      constructors: this.names(info, 4),
    });
  }

  private constructorOf(name: Name, info: ConstantInfo): void {
    const numbers = [2, 3, 4].map((index) => this.number(info, index));
    const block = [this.reader.name(this.heap.field(info.value, 1))];
    this.add(name, info, [...numbers, this.flag(info, 5, 0)], { block });
  }

  /** False where there is none of that name. */
  private recursor(name: Name): boolean {
    const info = this.find(name, 'recursor');
    if (info === undefined) return false;
    const { heap, reader } = this;
    const numbers = [2, 3, 4, 5].map((index) => this.number(info, index));
    const rules = heap.elements(heap.field(info.value, 6)).map((rule) => ({
      constructor: reader.name(heap.field(rule, 0)),
      fields: Number(reader.natural(heap.field(rule, 1))),
      value: reader.expr(heap.field(rule, 2)),
    }));
    this.add(name, info, [...numbers, this.flag(info, 7, 0), this.flag(info, 7, 1)], {
      block: this.names(info, 1),
      rules: rules.map(({ constructor, fields }) => ({ constructor, fields })),
    });
    for (const { constructor, value } of rules) this.terms.push(term(constructor, [], value));
    return true;
  }

  private add(
    name: Name,
    info: ConstantInfo,
    numbers: readonly number[],
    parts: Pick<MadeConstant, 'block'> & Partial<MadeConstant>,
  ): void {
    const { levelParams, type } = this.constants.header(info);
    const kind = info.kind as MadeConstant['kind'];
    this.made.push({ name, kind, numbers, constructors: [], rules: [], ...parts });
    this.terms.push(term(name, this.reader.nameList(levelParams), this.reader.expr(type)));
  }

  private find(name: Name, kind: MadeConstant['kind']): ConstantInfo | undefined {
    const info = this.constants.find(this.kernelEnvironment, name);
    return info?.kind === kind ? info : undefined;
  }

  private names({ value }: ConstantInfo, index: number): Name[] {
    return this.reader.nameList(this.heap.field(value, index));
  }

  private number({ value }: ConstantInfo, index: number): number {
    return Number(this.reader.natural(this.heap.field(value, index)));
  }

  private flag({ value }: ConstantInfo, fields: number, offset: number): number {
    return this.heap.scalarByte(value, fields, offset);
  }
}

function term(name: Name, levelParams: readonly Name[], type: Expr): Declaration {
  return { kind: 'axiom', name, levelParams, type, unsafe: false };
}

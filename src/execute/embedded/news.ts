import { lookLimits, type Declared, type Job, type News } from '../../api/execution.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import type { Name } from '../../ir/name.js';
import type { ConstantInfo, Constants } from './constants.js';
import { declarationOf } from './rebuilt-declarations.js';
import type { LeanHeap } from './heap.js';
import { ExprCtor, KernelReader } from './kernel-reader.js';
import { constantsBetween } from './new-constants.js';

/** Nothing new: what a step that was refused, or that declared nothing, has brought. */
const noNews: News = { declarations: encode([]), left: 0 };

/** Constants that one environment has on top of another, in the form in which the judge looks at them. */
export function newsBetween(heap: LeanHeap, constants: Constants, before: number, after: number): News {
  const added = constantsBetween(heap, before, after).filter((info) => isLookedAt(constants, info));
  if (added.length === 0) return noNews;
  const reading = new Reading(heap, constants, after);
  const said = added.slice(0, lookLimits.constants).map((info) => {
    const isFormer = info.kind === 'inductive' || endsInSort(heap, constants.header(info).type);
    return isFormer ? reading.whole(info) : reading.header(info);
  });
  const declarations = said.filter((declaration) => declaration !== undefined);
  return { declarations: encode(declarations), left: added.length - declarations.length - reading.repeated };
}

/**
 * Declarations of constants by name; those that are missing, no declaration's, or larger than is asked for are left
 * out.
 */
export function declarationsNamed(
  heap: LeanHeap,
  constants: Constants,
  kernelEnvironment: number,
  { declare: names = [], large = false }: Pick<Job, 'declare' | 'large'>,
): Declared {
  const reading = new Reading(heap, constants, kernelEnvironment, large ? Infinity : lookLimits.nodes);
  const declared: { imported: Declaration[]; added: Declaration[] } = { imported: [], added: [] };
  for (const name of names) {
    const info = constants.find(kernelEnvironment, name);
    const declaration = info === undefined ? undefined : reading.whole(info);
    if (declaration !== undefined)
      declared[constants.isImported(name) ? 'imported' : 'added'].push(declaration);
  }
  return { imported: encode(declared.imported), added: encode(declared.added) };
}

/** Nothing safe may use what is unsafe or partial, and an axiom proves nothing. */
function isLookedAt(constants: Constants, info: ConstantInfo): boolean {
  switch (info.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
    case 'inductive':
      return !constants.isUnsafe(info) && !constants.isPartial(info);
    case 'axiom':
    case 'constructor':
    case 'recursor':
    case 'quotient':
      return false;
  }
}

function endsInSort(heap: LeanHeap, type: number): boolean {
  let result = type;
  while (heap.tag(result) === ExprCtor.pi) result = heap.field(result, 2);
  return heap.tag(result) === ExprCtor.sort;
}

/** Constants of one environment as declarations, each block once. */
class Reading {
  /** Constants whose block had been said already. */
  repeated = 0;
  private readonly reader: KernelReader;
  private readonly said = new Set<Name>();

  constructor(
    private readonly heap: LeanHeap,
    private readonly constants: Constants,
    private readonly kernelEnvironment: number,
    /** Nodes that a declaration may have; without a bound, its literals have none either. */
    private readonly maxNodes: number = lookLimits.nodes,
  ) {
    this.reader = new KernelReader(heap);
  }

  /** With the value, or as the whole block; undefined where that is too large, or was said already. */
  whole(info: ConstantInfo): Declaration | undefined {
    const { heap, constants, reader, kernelEnvironment } = this;
    const block = this.blockOf(info);
    if (block.some((name) => this.said.has(name))) {
      this.repeated++;
      return undefined;
    }
    if (this.maxNodes < Infinity && !areSmall(heap, this.expressionsOf(info, block), this.maxNodes))
      return undefined;
    block.forEach((name) => this.said.add(name));
    return declarationOf(heap, constants, reader, kernelEnvironment, info);
  }

  /** An axiom of its type, which stands for what has that type; undefined where that is too large. */
  header(info: ConstantInfo): Declaration | undefined {
    const { name, levelParams, type } = this.constants.header(info);
    if (!areSmall(this.heap, [type], this.maxNodes)) return undefined;
    const { reader } = this;
    return {
      kind: 'axiom',
      name: reader.name(name),
      levelParams: reader.nameList(levelParams),
      type: reader.expr(type),
      unsafe: false,
    };
  }

  private blockOf({ kind, value }: ConstantInfo): Name[] {
    const { heap, reader } = this;
    if (kind === 'inductive') return reader.nameList(heap.field(value, 3));
    if (kind === 'recursor') return reader.nameList(heap.field(value, 1));
    if (kind !== 'constructor') return [];
    const type = this.constants.find(this.kernelEnvironment, reader.name(heap.field(value, 1)));
    return type === undefined ? [] : this.blockOf(type);
  }

  private expressionsOf(info: ConstantInfo, block: readonly Name[]): number[] {
    const { heap, constants, reader, kernelEnvironment } = this;
    const typeOf = (name: Name): number[] => {
      const found = constants.find(kernelEnvironment, name);
      return found === undefined ? [] : [constants.header(found).type];
    };
    const constructors = block.flatMap((name) => {
      const type = constants.find(kernelEnvironment, name);
      return type === undefined ? [] : reader.nameList(heap.field(type.value, 4));
    });
    const body = constants.body(info);
    return [
      constants.header(info).type,
      ...[...block, ...constructors].flatMap(typeOf),
      ...(body === undefined ? [] : [body]),
    ];
  }
}

/** Whether expressions have few enough nodes together, shared ones counted once, and no literal that is too long. */
function areSmall(heap: LeanHeap, roots: readonly number[], maxNodes: number): boolean {
  const seen = new Set<number>();
  const open = [...roots];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (seen.size > maxNodes) return false;
    switch (heap.tag(expr)) {
      case ExprCtor.app:
        open.push(heap.field(expr, 0), heap.field(expr, 1));
        break;
      case ExprCtor.lambda:
      case ExprCtor.pi:
        open.push(heap.field(expr, 1), heap.field(expr, 2));
        break;
      case ExprCtor.let:
        open.push(heap.field(expr, 1), heap.field(expr, 2), heap.field(expr, 3));
        break;
      case ExprCtor.mdata:
        open.push(heap.field(expr, 1));
        break;
      case ExprCtor.proj:
        open.push(heap.field(expr, 2));
        break;
      case ExprCtor.literal:
        if (!isShort(heap, heap.field(heap.field(expr, 0), 0))) return false;
        break;
      default:
        break;
    }
  }
  return true;
}

/** Field 0 of a string is its size in bytes; field 1 of a number that is no small one, that of its 32-bit digits. */
function isShort(heap: LeanHeap, value: number): boolean {
  if ((value & 1) !== 0) return true;
  return (
    (heap.tag(value) === stringTag ? heap.field(value, 0) : 4 * heap.field(value, 1)) <= lookLimits.bytes
  );
}

const stringTag = 249;

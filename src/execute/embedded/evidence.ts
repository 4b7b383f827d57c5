import type { Evidence, ReachedConstant, Said } from '../../api/execution.js';
import { encode } from '../../ir/encode.js';
import type { Name } from '../../ir/name.js';
import type { ConstantInfo, Constants } from './constants.js';
import { rebuiltDeclarations } from './rebuilt-declarations.js';
import type { LeanHeap } from './heap.js';
import { ExprCtor, KernelReader, partsOf, Unreadable } from './kernel-reader.js';

/**
 * Gathers what a kernel environment says about a claimed constant: never from text, always from the objects.
 * The dependency closure walks types, values, constructors and recursors, and also the structure names of
 * projections, which Lean's own getUsedConstants leaves out.
 */
export function gatherEvidence(
  heap: LeanHeap,
  constants: Constants,
  kernelEnvironment: number,
  constant: Name,
): Evidence {
  const info = constants.find(kernelEnvironment, constant);
  if (info === undefined) return { ...nothing, constant };
  const reader = new KernelReader(heap);
  const header = constants.header(info);
  const walk = new Closure(heap, constants, reader, kernelEnvironment);
  walk.visit(constant);
  return {
    constant,
    kind: info.kind,
    levelParams: heap.elements(header.levelParams).length,
    statesFalse: isFalse(heap, reader, header.type),
    reached: walk.reached,
    importedAxioms: walk.importedAxioms,
    importedUnsafe: walk.importedUnsafe,
    oddities: walk.oddities,
    declarations:
      walk.unreadable === null
        ? describeAll(heap, constants, reader, kernelEnvironment, walk.reached)
        : { kind: 'unsaid', why: walk.unreadable },
  };
}

const nothing: Evidence = {
  constant: '',
  kind: 'missing',
  levelParams: 0,
  statesFalse: false,
  reached: [],
  importedAxioms: [],
  importedUnsafe: [],
  oddities: [],
  declarations: { kind: 'unsaid', why: 'there is no such constant' },
};

function isFalse(heap: LeanHeap, reader: KernelReader, type: number): boolean {
  return (
    heap.tag(type) === ExprCtor.const &&
    reader.name(heap.field(type, 0)) === 'False' &&
    heap.elements(heap.field(type, 1)).length === 0
  );
}

function describeAll(
  heap: LeanHeap,
  constants: Constants,
  reader: KernelReader,
  kernelEnvironment: number,
  reached: readonly ReachedConstant[],
): Said {
  try {
    const declarations = rebuiltDeclarations(heap, constants, reader, kernelEnvironment, reached);
    return { kind: 'said', words: encode(declarations) };
  } catch (error) {
    // Whatever else is thrown ended the instance: a trap, an exhausted stack.
    if (!(error instanceof Unreadable)) throw error;
    return { kind: 'unsaid', why: error.message };
  }
}

/** A constant whose parts are being visited. */
interface Visit {
  readonly name: Name;
  readonly info: ConstantInfo;
  /** Constants that it mentions, in order; the first `done` of them were visited. */
  readonly mentioned: readonly Name[];
  done: number;
}

class Closure {
  readonly reached: ReachedConstant[] = [];
  readonly importedAxioms: Name[] = [];
  readonly importedUnsafe: Name[] = [];
  readonly oddities: string[] = [];
  /** Why a part was not walked; null where all were. */
  unreadable: string | null = null;
  private readonly seenNames = new Set<Name>();

  constructor(
    private readonly heap: LeanHeap,
    private readonly constants: Constants,
    private readonly reader: KernelReader,
    private readonly kernelEnvironment: number,
  ) {}

  /**
   * Visits a constant and all that it needs; `reached` gets them in dependency order. Without recursion: constants may
   * build on each other as long as they like.
   */
  visit(root: Name): void {
    const open = this.enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.mentioned[top.done++];
      if (next !== undefined) {
        open.push(...this.enter(next));
        continue;
      }
      open.pop();
      const { name, info } = top;
      const [unsafe, partial] = [this.constants.isUnsafe(info), this.constants.isPartial(info)];
      this.reached.push({ name, kind: info.kind, unsafe, partial });
    }
  }

  /** The visit of a constant that was not seen before and was not imported; none for others. */
  private enter(name: Name): Visit[] {
    if (this.seenNames.has(name)) return [];
    this.seenNames.add(name);
    const info = this.constants.find(this.kernelEnvironment, name);
    if (info === undefined) {
      this.oddities.push(`unknown constant ${name}`);
    } else if (this.constants.isImported(name)) {
      if (info.kind === 'axiom' && this.constants.isOriginalAxiom(name)) this.importedAxioms.push(name);
      if (this.constants.isUnsafe(info)) this.importedUnsafe.push(name);
    } else return [{ name, info, mentioned: this.mentionedBy(info), done: 0 }];
    return [];
  }

  private mentionedBy(info: ConstantInfo): Name[] {
    try {
      const names = new Set<Name>();
      for (const expr of this.exprsOf(info)) this.addNames(expr, names);
      return [...names, ...this.companionsOf(info)];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.unreadable ??= error.message;
      return [];
    }
  }

  private exprsOf(info: ConstantInfo): number[] {
    const { heap, constants } = this;
    const rules = info.kind === 'recursor' ? heap.elements(heap.field(info.value, 6)) : [];
    const body = constants.body(info);
    return [
      constants.header(info).type,
      ...(body === undefined ? [] : [body]),
      ...rules.map((rule) => heap.field(rule, 2)),
    ];
  }

  /** Constants that come with one. */
  private companionsOf({ kind, value }: ConstantInfo): Name[] {
    const { heap, reader } = this;
    switch (kind) {
      case 'inductive': // all types of the block, then its own constructors
        return [...reader.nameList(heap.field(value, 3)), ...reader.nameList(heap.field(value, 4))];
      case 'constructor':
        return [reader.name(heap.field(value, 1))];
      case 'recursor':
        return reader.nameList(heap.field(value, 1));
      default:
        return [];
    }
  }

  private addNames(root: number, names: Set<Name>): void {
    const { heap } = this;
    const seen = new Set<number>();
    const open = [root];
    for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
      if (seen.has(expr)) continue;
      seen.add(expr);
      // Free variables and metavariables are the kernel's to refuse: where it accepts them, that is the bug, and the
      // replay asks it again.
      const tag = heap.tag(expr);
      if (tag === ExprCtor.const || tag === ExprCtor.proj) names.add(this.reader.name(heap.field(expr, 0)));
      if (tag === ExprCtor.literal) this.lookAtLiteral(heap.field(expr, 0));
      open.push(...partsOf(heap, expr));
    }
  }

  private lookAtLiteral(literal: number): void {
    if (this.heap.tag(literal) !== 0) return;
    const value = this.reader.natural(this.heap.field(literal, 0));
    if (value < 0n) this.oddities.push(`negative literal ${value}`);
  }
}

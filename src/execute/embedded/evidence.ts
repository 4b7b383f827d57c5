import type { Evidence, ReachedConstant, Said } from '../../api/execution.js';
import { encode } from '../../ir/encode.js';
import type { Name } from '../../ir/name.js';
import type { ConstantInfo, Constants } from './constants.js';
import { declarationsOf } from './declarations-of.js';
import type { LeanHeap } from './heap.js';
import { ExprCtor, KernelReader, Unreadable } from './kernel-reader.js';

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
    declarations: describeAll(heap, constants, reader, kernelEnvironment, walk.reached),
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
    const declarations = declarationsOf(heap, constants, reader, kernelEnvironment, reached);
    return { kind: 'said', words: encode(declarations) };
  } catch (error) {
    // Whatever else is thrown ended the instance: a trap, an exhausted stack.
    if (!(error instanceof Unreadable)) throw error;
    return { kind: 'unsaid', why: error.message };
  }
}

class Closure {
  readonly reached: ReachedConstant[] = [];
  readonly importedAxioms: Name[] = [];
  readonly importedUnsafe: Name[] = [];
  readonly oddities: string[] = [];
  private readonly seenNames = new Set<Name>();
  private readonly seenExprs = new Set<number>();

  constructor(
    private readonly heap: LeanHeap,
    private readonly constants: Constants,
    private readonly reader: KernelReader,
    private readonly kernelEnvironment: number,
  ) {}

  /** Visits a constant and all that it needs; `reached` gets them in dependency order. */
  visit(name: Name): void {
    if (this.seenNames.has(name)) return;
    this.seenNames.add(name);
    const info = this.constants.find(this.kernelEnvironment, name);
    if (info === undefined) {
      this.oddities.push(`unknown constant ${name}`);
    } else if (this.constants.isImported(name)) {
      if (info.kind === 'axiom' && this.constants.isOriginalAxiom(name)) this.importedAxioms.push(name);
      if (this.constants.isUnsafe(info)) this.importedUnsafe.push(name);
    } else {
      this.visitParts(info);
      this.reached.push({
        name,
        kind: info.kind,
        unsafe: this.constants.isUnsafe(info),
        partial: this.constants.isPartial(info),
      });
    }
  }

  private visitParts(info: ConstantInfo): void {
    const { heap, constants } = this;
    this.visitExpr(constants.header(info).type);
    const body = constants.body(info);
    if (body !== undefined) this.visitExpr(body);
    switch (info.kind) {
      case 'inductive':
        this.visitNames(heap.field(info.value, 3)); // all types of the block
        this.visitNames(heap.field(info.value, 4)); // constructors
        return;
      case 'constructor':
        this.visit(this.reader.name(heap.field(info.value, 1)));
        return;
      case 'recursor':
        this.visitNames(heap.field(info.value, 1));
        for (const rule of heap.elements(heap.field(info.value, 6))) this.visitExpr(heap.field(rule, 2));
        return;
      default:
        return;
    }
  }

  private visitNames(list: number): void {
    for (const name of this.reader.nameList(list)) this.visit(name);
  }

  private visitExpr(root: number): void {
    const { heap } = this;
    const open = [root];
    for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
      if (this.seenExprs.has(expr)) continue;
      this.seenExprs.add(expr);
      switch (heap.tag(expr)) {
        case ExprCtor.const:
          this.visit(this.reader.name(heap.field(expr, 0)));
          break;
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
          this.visit(this.reader.name(heap.field(expr, 0)));
          open.push(heap.field(expr, 2));
          break;
        case ExprCtor.literal:
          this.visitLiteral(heap.field(expr, 0));
          break;
        default:
          // Free variables and metavariables are the kernel's to refuse: where it accepts them, that is the bug, and
          // the replay asks it again.
          break;
      }
    }
  }

  private visitLiteral(literal: number): void {
    if (this.heap.tag(literal) !== 0) return;
    const value = this.reader.natural(this.heap.field(literal, 0));
    if (value < 0n) this.oddities.push(`negative literal ${value}`);
  }
}

import type { ConstantKind } from '../../api/execution.js';
import type { Name } from '../../ir/name.js';
import type { LeanHeap } from './heap.js';
import type { KernelObjects } from './kernel-objects.js';

/** Kinds in the order of Lean's `ConstantInfo`. */
export const kinds: readonly ConstantKind[] = [
  'axiom',
  'definition',
  'theorem',
  'opaque',
  'quotient',
  'inductive',
  'constructor',
  'recursor',
];

/** Kinds in the order of Lean's `ConstantKind`, which is another one. */
const originalAxiom = 2;

/** A constant of a kernel environment: its kind and its `…Val` object, borrowed from the environment. */
export interface ConstantInfo {
  kind: ConstantKind;
  /** AxiomVal, DefinitionVal, ...; field 0 is the ConstantVal. */
  value: number;
}

/** Looks constants up in kernel environments. */
export class Constants {
  private readonly imported = new Map<Name, boolean>();

  constructor(
    private readonly heap: LeanHeap,
    private readonly objects: KernelObjects,
    private readonly baseEnvironment: number,
    private readonly baseKernelEnvironment: number,
  ) {}

  /** The constant of a name, or undefined. Borrows the environment, which must outlive the result. */
  find(kernelEnvironment: number, name: Name): ConstantInfo | undefined {
    const option = this.heap.exports.lean_environment_find(
      this.heap.inc(kernelEnvironment),
      this.objects.name(name),
    );
    if ((option & 1) !== 0) return undefined;
    const info = this.heap.field(option, 0);
    const kind = kinds[this.heap.tag(info)];
    const value = this.heap.field(info, 0);
    this.heap.dec(option); // the environment keeps the constant alive
    if (kind === undefined) throw new Error(`${name} is a constant of unknown kind`);
    return { kind, value };
  }

  /** Whether the name comes from the import. */
  isImported(name: Name): boolean {
    let known = this.imported.get(name);
    if (known === undefined) {
      known = this.find(this.baseKernelEnvironment, name) !== undefined;
      this.imported.set(name, known);
    }
    return known;
  }

  /**
   * Whether an imported constant is an axiom in Lean's sources. The oleans here lack bodies, so most imported
   * theorems look like axioms to the kernel; Lean keeps what they were.
   */
  isOriginalAxiom(name: Name): boolean {
    const { heap } = this;
    const option = heap.exports.l_Lean_getOriginalConstKind_x3f(
      heap.inc(this.baseEnvironment),
      this.objects.name(name),
    );
    const result = (option & 1) === 0 && heap.tag(heap.field(option, 0)) === originalAxiom;
    heap.dec(option);
    return result;
  }

  isUnsafe({ kind, value }: ConstantInfo): boolean {
    const { heap } = this;
    switch (kind) {
      case 'axiom':
        return heap.scalarByte(value, 1, 0) !== 0;
      case 'definition':
        return heap.scalarByte(value, 4, 0) === safetyUnsafe;
      case 'opaque':
        return heap.scalarByte(value, 3, 0) !== 0;
      case 'inductive':
        return heap.scalarByte(value, 6, 1) !== 0;
      case 'constructor':
        return heap.scalarByte(value, 5, 0) !== 0;
      case 'recursor':
        return heap.scalarByte(value, 7, 1) !== 0;
      case 'theorem':
      case 'quotient':
        return false;
    }
  }

  isPartial({ kind, value }: ConstantInfo): boolean {
    return kind === 'definition' && this.heap.scalarByte(value, 4, 0) === safetyPartial;
  }

  /** The ConstantVal: name, level parameters, type. Borrowed. */
  header({ value }: ConstantInfo): { name: number; levelParams: number; type: number } {
    const header = this.heap.field(value, 0);
    return {
      name: this.heap.field(header, 0),
      levelParams: this.heap.field(header, 1),
      type: this.heap.field(header, 2),
    };
  }

  /** The body of a definition, theorem or opaque constant, borrowed; undefined for the others. */
  body({ kind, value }: ConstantInfo): number | undefined {
    return kind === 'definition' || kind === 'theorem' || kind === 'opaque'
      ? this.heap.field(value, 1)
      : undefined;
  }
}

const safetyUnsafe = 0;
const safetyPartial = 2;

import type { ReachedConstant } from '../../api/execution.js';
import type { Declaration, Definition, Inductive, ReducibilityHint } from '../../ir/declaration.js';
import { safeties } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import type { ConstantInfo, Constants } from './constants.js';
import type { LeanHeap } from './heap.js';
import { Unreadable, type KernelReader } from './kernel-reader.js';

/**
 * The declarations that make these constants, in their order. Constructors and recursors come with their
 * inductive type: what the kernel derives is to be derived again, not believed.
 */
export function rebuiltDeclarations(
  heap: LeanHeap,
  constants: Constants,
  reader: KernelReader,
  kernelEnvironment: number,
  reached: readonly ReachedConstant[],
): Declaration[] {
  const find = (name: Name): ConstantInfo => {
    const info = constants.find(kernelEnvironment, name);
    if (info === undefined) throw new Unreadable(`no constant ${name}`);
    return info;
  };
  const seen = new Set<Name>();
  const declarations: Declaration[] = [];
  for (const { name, kind } of reached) {
    seen.add(name);
    switch (kind) {
      case 'constructor':
      case 'recursor':
      case 'quotient':
        break;
      case 'inductive': {
        // The types of a block are reached one after the other; the last one has all that the block needs before it.
        const block = reader.nameList(heap.field(find(name).value, 3));
        if (block.every((type) => seen.has(type))) {
          declarations.push(inductiveOf(heap, constants, reader, find, block));
        }
        break;
      }
      default:
        declarations.push(singleOf(heap, constants, reader, find(name)));
    }
  }
  return declarations;
}

/**
 * The declaration that a constant comes with: for a type of a block, a constructor or a recursor that of the whole
 * block. Undefined for the quotient, which is declared by no terms.
 */
export function declarationOf(
  heap: LeanHeap,
  constants: Constants,
  reader: KernelReader,
  kernelEnvironment: number,
  info: ConstantInfo,
): Declaration | undefined {
  const find = (name: Name): ConstantInfo => {
    const found = constants.find(kernelEnvironment, name);
    if (found === undefined) throw new Error(`no constant ${name}`);
    return found;
  };
  switch (info.kind) {
    case 'quotient':
      return undefined;
    case 'inductive':
      return inductiveOf(heap, constants, reader, find, reader.nameList(heap.field(info.value, 3)));
    case 'constructor':
      return declarationOf(
        heap,
        constants,
        reader,
        kernelEnvironment,
        find(reader.name(heap.field(info.value, 1))),
      );
    case 'recursor': {
      const [first = ''] = reader.nameList(heap.field(info.value, 1));
      return declarationOf(heap, constants, reader, kernelEnvironment, find(first));
    }
    default:
      return singleOf(heap, constants, reader, info);
  }
}

function inductiveOf(
  heap: LeanHeap,
  constants: Constants,
  reader: KernelReader,
  find: (name: Name) => ConstantInfo,
  block: readonly Name[],
): Inductive {
  const first = find(block[0] ?? '');
  const header = constants.header(first);
  return {
    kind: 'inductive',
    levelParams: reader.nameList(header.levelParams),
    parameters: Number(reader.natural(heap.field(first.value, 1))),
    unsafe: constants.isUnsafe(first),
    types: block.map((name) => {
      const type = find(name);
      const constructors = reader.nameList(heap.field(type.value, 4)).map((constructor) => ({
        name: constructor,
        type: reader.expr(constants.header(find(constructor)).type),
      }));
      return { name, type: reader.expr(constants.header(type).type), constructors };
    }),
  };
}

function singleOf(
  heap: LeanHeap,
  constants: Constants,
  reader: KernelReader,
  info: ConstantInfo,
): Declaration {
  const header = constants.header(info);
  const typed = {
    name: reader.name(header.name),
    levelParams: reader.nameList(header.levelParams),
    type: reader.expr(header.type),
  };
  const body = constants.body(info);
  switch (info.kind) {
    case 'axiom':
      return { kind: 'axiom', ...typed, unsafe: constants.isUnsafe(info) };
    case 'theorem':
      return { kind: 'theorem', ...typed, value: reader.expr(body ?? 0) };
    case 'opaque':
      return { kind: 'opaque', ...typed, value: reader.expr(body ?? 0), unsafe: constants.isUnsafe(info) };
    case 'definition':
      return {
        kind: 'definition',
        ...typed,
        value: reader.expr(body ?? 0),
        hint: hintOf(heap, heap.field(info.value, 2)),
        safety: safetyOf(heap, info.value),
      };
    default:
      throw new Unreadable(`${typed.name} is a ${info.kind}, which is not declared by itself`);
  }
}

function hintOf(heap: LeanHeap, hint: number): ReducibilityHint {
  switch (heap.tag(hint)) {
    case 0:
      return 'opaque';
    case 1:
      return 'abbreviation';
    default:
      return heap.u32[(hint + 8) >>> 2] ?? 0;
  }
}

function safetyOf(heap: LeanHeap, definition: number): Definition['safety'] {
  return safeties[heap.scalarByte(definition, 4, 0)] ?? 'unsafe';
}

/** Constants that an environment has imported, as declarations in an order where each rests on earlier ones alone. */
import type { Definition, Inductive, MutualDefinitions } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import type { Constant, Details, RecursorRule } from '../../kernel/environment.js';
import { neededNames } from '../../kernel/export/base-needed.js';
import type { PlainDeclaration } from '../../kernel/export/writer.js';
import { kinds, type ConstantInfo, type Constants } from './constants.js';
import type { LeanHeap } from './heap.js';
import type { KernelReader } from './kernel-reader.js';
import { declarationOf } from './rebuilt-declarations.js';

/** A declaration that was imported; `constants` are those that came of it, as the environment has them. */
export type Imported =
  | { readonly kind: 'plain'; readonly declaration: PlainDeclaration }
  | { readonly kind: 'inductive'; readonly declaration: Inductive; readonly constants: readonly Constant[] }
  | { readonly kind: 'quotient'; readonly constants: readonly Constant[] };

/** Fields of the kernel's environment, of the map in it, and of the hash map of what was imported. */
const [constantsField, importedField, bucketsField] = [0, 0, 1];

/** The constants that a borrowed kernel environment has imported, by name. */
function importedInfos(heap: LeanHeap, reader: KernelReader, environment: number): Map<Name, ConstantInfo> {
  const map = heap.field(heap.field(environment, constantsField), importedField);
  const infos = new Map<Name, ConstantInfo>();
  for (const bucket of heap.arrayElements(heap.field(map, bucketsField)))
    for (let rest = bucket; (rest & 1) === 0; rest = heap.field(rest, 2)) {
      const info = heap.field(rest, 1);
      const kind = kinds[heap.tag(info)];
      if (kind !== undefined)
        infos.set(reader.name(heap.field(rest, 0)), { kind, value: heap.field(info, 0) });
    }
  return infos;
}

/**
 * Everything that a borrowed kernel environment has imported; the environment must outlive the walk. Names are gone
 * through in the order of their characters, so that two walks give the same.
 */
export function* importedDeclarations(
  heap: LeanHeap,
  constants: Constants,
  reader: KernelReader,
  environment: number,
): Generator<Imported> {
  const reading = new Reading(heap, constants, reader, environment);
  const states = new Map<Name, 'open' | 'done'>();
  for (const root of [...reading.infos.keys()].sort()) {
    const open = enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.needs.pop();
      if (next !== undefined) {
        open.push(...enter(next));
        continue;
      }
      open.pop();
      states.set(top.head, 'done');
      yield top.imported;
    }
  }

  /** The visit of the declaration of a name, unless it was visited or is being visited. */
  function enter(name: Name): Visit[] {
    const head = reading.headOf(name);
    if (head === undefined || states.has(head)) return [];
    states.set(head, 'open');
    const imported = reading.declaration(head);
    return [{ head, imported, needs: needsOf(imported).reverse() }];
  }
}

/** A declaration whose needs are being visited; they are taken from the end. */
interface Visit {
  readonly head: Name;
  readonly imported: Imported;
  readonly needs: Name[];
}

function needsOf(imported: Imported): Name[] {
  return neededNames(imported.kind === 'quotient' ? { kind: 'quotient' } : imported.declaration);
}

const quotientNames = ['Quot', 'Quot.mk', 'Quot.lift', 'Quot.ind'] as const;
const quotientParts = ['type', 'mk', 'lift', 'ind'] as const;

class Reading {
  readonly infos: ReadonlyMap<Name, ConstantInfo>;
  /** Recursors by the first type of their block, those of its types first. */
  private readonly recursors = new Map<Name, Name[]>();

  constructor(
    private readonly heap: LeanHeap,
    private readonly constants: Constants,
    private readonly reader: KernelReader,
    private readonly environment: number,
  ) {
    this.infos = importedInfos(heap, reader, environment);
    for (const [name, info] of this.infos) {
      if (info.kind !== 'recursor') continue;
      const [first = ''] = this.names(info, 1);
      const others = this.recursors.get(first);
      if (others === undefined) this.recursors.set(first, [name]);
      else others.push(name);
    }
  }

  /** The first constant of the declaration that a name comes with; undefined where it was not imported. */
  headOf(name: Name): Name | undefined {
    const info = this.infos.get(name);
    switch (info?.kind) {
      case undefined:
        return undefined;
      case 'inductive':
        return this.names(info, 3)[0];
      case 'constructor':
        return this.headOf(this.reader.name(this.heap.field(info.value, 1)));
      case 'recursor':
        return this.names(info, 1)[0];
      case 'quotient':
        return quotientNames[0];
      case 'definition':
        return this.blockOf(name, info)[0];
      default:
        return name;
    }
  }

  declaration(head: Name): Imported {
    const info = this.info(head);
    if (info.kind === 'quotient')
      return { kind: 'quotient', constants: quotientNames.map((name) => this.constant(name)) };
    if (info.kind !== 'inductive') return { kind: 'plain', declaration: this.plain(head, info) };
    const declaration = this.single(info) as Inductive;
    const own = declaration.types.flatMap(({ name, constructors }) => [
      name,
      ...constructors.map((c) => c.name),
    ]);
    const recursors = this.recursorsOf(declaration);
    return {
      kind: 'inductive',
      declaration,
      constants: [...own, ...recursors].map((name) => this.constant(name)),
    };
  }

  private plain(head: Name, info: ConstantInfo): PlainDeclaration {
    const block = info.kind === 'definition' ? this.blockOf(head, info) : [head];
    if (block.length < 2) return this.single(info) as PlainDeclaration;
    const definitions = block.map((name) => this.single(this.info(name)) as Definition);
    return { kind: 'mutual', definitions } satisfies MutualDefinitions;
  }

  /** Only unsafe and partial definitions are blocks to the kernel; of others the list tells the elaborator's history. */
  private blockOf(name: Name, info: ConstantInfo): Name[] {
    if (!this.constants.isUnsafe(info) && !this.constants.isPartial(info)) return [name];
    const block = this.names(info, 3).filter((one) => this.infos.get(one)?.kind === 'definition');
    return block.includes(name) ? block : [name];
  }

  /** Those of the types, in order, then those of nested occurrences. */
  private recursorsOf({ types }: Inductive): Name[] {
    const found = new Set(this.recursors.get(types[0]?.name ?? ''));
    const own = types.map(({ name }) => `${name}.rec`).filter((name) => found.delete(name));
    const byNumber = (name: Name): number => Number(/_(\d+)$/.exec(name)?.[1] ?? 0);
    return [...own, ...[...found].sort((a, b) => byNumber(a) - byNumber(b))];
  }

  private single(info: ConstantInfo): ReturnType<typeof declarationOf> {
    return declarationOf(this.heap, this.constants, this.reader, this.environment, info);
  }

  private constant(name: Name): Constant {
    const info = this.info(name);
    const { levelParams, type } = this.constants.header(info);
    return {
      name,
      levelParams: this.reader.nameList(levelParams),
      type: this.reader.expr(type),
      details: this.details(info),
    };
  }

  private details(info: ConstantInfo): Details {
    const number = (index: number): number => Number(this.reader.natural(this.heap.field(info.value, index)));
    const flag = (fields: number, offset: number): boolean =>
      this.heap.scalarByte(info.value, fields, offset) !== 0;
    switch (info.kind) {
      case 'inductive':
        return {
          kind: 'inductive',
          ...{ parameters: number(1), indices: number(2) },
          ...{ block: this.names(info, 3), constructors: this.names(info, 4) },
          ...{ nested: number(5), recursive: flag(6, 0), reflexive: flag(6, 2) },
        };
      case 'constructor':
        return {
          kind: 'constructor',
          inductive: this.reader.name(this.heap.field(info.value, 1)),
          ...{ parameters: number(3), fields: number(4) },
        };
      case 'recursor':
        return {
          kind: 'recursor',
          inductive: this.names(info, 1)[0] ?? '',
          ...{ parameters: number(2), indices: number(3), motives: number(4), minors: number(5) },
          rules: this.heap.elements(this.heap.field(info.value, 6)).map((rule) => this.rule(rule)),
          ...{ likeK: flag(7, 0), largeElimination: false },
        };
      case 'quotient':
        return {
          kind: 'quotient',
          part: quotientParts[this.heap.scalarByte(info.value, 1, 0)] ?? 'type',
        };
      default:
        throw new Error(`a ${info.kind} comes of no other declaration`);
    }
  }

  private rule(rule: number): RecursorRule {
    return {
      constructor: this.reader.name(this.heap.field(rule, 0)),
      fields: Number(this.reader.natural(this.heap.field(rule, 1))),
      value: this.reader.expr(this.heap.field(rule, 2)),
    };
  }

  private info(name: Name): ConstantInfo {
    const info = this.infos.get(name);
    if (info === undefined) throw new Error(`no imported constant ${name}`);
    return info;
  }

  private names({ value }: ConstantInfo, index: number): Name[] {
    return this.reader.nameList(this.heap.field(value, index));
  }
}

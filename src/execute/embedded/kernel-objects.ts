import type { Builder, DefinitionParts, TypedParts } from '../../ir/builder.js';
import { nameParts } from '../../ir/name.js';
import { box, type LeanHeap } from './heap.js';

/** Tags of Lean's `Declaration`. */
const DeclarationCtor = { axiom: 0, definition: 1, theorem: 2, opaque: 3, quotient: 4, mutual: 5 } as const;
/** Tags of Lean's `ReducibilityHints` and `Literal`. */
const HintCtor = { opaque: 0, abbreviation: 1 } as const;
const LiteralCtor = { nat: 0, string: 1 } as const;

/** Names beyond this many are forgotten: a campaign invents few, executed text can invent any number. */
const maxCachedNames = 50_000;
/** The largest natural number that is boxed. */
const maxBoxed = 0x7fffffff;

/**
 * Builds Lean objects in the kernel's own representation, by Lean's own constructors, which also compute the
 * cached data (hashes, loose ranges). Everything returned is owned by the caller; every argument is consumed.
 */
export class KernelObjects implements Builder<number, number, number> {
  private readonly names = new Map<string, number>();

  constructor(private readonly heap: LeanHeap) {}

  name(text: string): number {
    let name = this.names.get(text);
    if (name === undefined) {
      name = box(0);
      for (const part of nameParts(text)) {
        const { exports } = this.heap;
        name =
          typeof part === 'number'
            ? exports.lean_name_mk_numeral(name, this.natural(BigInt(part)))
            : exports.lean_name_mk_string(name, this.heap.string(part));
      }
      if (this.names.size >= maxCachedNames) this.forgetNames();
      this.names.set(text, name);
    }
    return this.heap.inc(name);
  }

  natural(value: bigint): number {
    if (value <= BigInt(maxBoxed)) return box(Number(value));
    const digits = Buffer.from(`${value}\0`, 'latin1');
    const buffer = this.heap.exports.malloc(digits.length);
    this.heap.u8.set(digits, buffer);
    const object = this.heap.exports.lean_cstr_to_nat(buffer);
    this.heap.exports.free(buffer);
    return object;
  }

  zero = (): number => this.heap.exports.lean_level_mk_zero(box(0));
  succ = (of: number): number => this.heap.exports.lean_level_mk_succ(of);
  max = (left: number, right: number): number => this.heap.exports.lean_level_mk_max(left, right);
  imax = (left: number, right: number): number => this.heap.exports.lean_level_mk_imax(left, right);
  levelParam = (name: string): number => this.heap.exports.lean_level_mk_param(this.name(name));
  levelMvar = (name: string): number => this.heap.exports.lean_level_mk_mvar(this.name(name));

  bvar(index: number): number {
    return this.heap.exports.lean_expr_mk_bvar(index <= maxBoxed ? box(index) : this.natural(BigInt(index)));
  }
  fvar(name: string): number {
    return this.heap.exports.lean_expr_mk_fvar(this.name(name));
  }
  mvar(name: string): number {
    return this.heap.exports.lean_expr_mk_mvar(this.name(name));
  }
  sort(level: number): number {
    return this.heap.exports.lean_expr_mk_sort(level);
  }
  const(name: string, levels: number[]): number {
    return this.heap.exports.lean_expr_mk_const(this.name(name), this.heap.list(levels));
  }
  app(fn: number, arg: number): number {
    return this.heap.exports.lean_expr_mk_app(fn, arg);
  }
  lambda(name: string, info: number, type: number, body: number): number {
    return this.heap.exports.lean_expr_mk_lambda(this.name(name), type, body, info);
  }
  pi(name: string, info: number, type: number, body: number): number {
    return this.heap.exports.lean_expr_mk_forall(this.name(name), type, body, info);
  }
  let(name: string, type: number, value: number, body: number): number {
    return this.heap.exports.lean_expr_mk_let(this.name(name), type, value, body);
  }
  nat(value: bigint): number {
    return this.heap.exports.lean_expr_mk_lit(this.heap.ctor(LiteralCtor.nat, [this.natural(value)]));
  }
  string(value: string): number {
    return this.heap.exports.lean_expr_mk_lit(this.heap.ctor(LiteralCtor.string, [this.heap.string(value)]));
  }
  proj(structure: string, index: number, of: number): number {
    const position = index <= maxBoxed ? box(index) : this.natural(BigInt(index));
    return this.heap.exports.lean_expr_mk_proj(this.name(structure), position, of);
  }
  mdata(of: number): number {
    return this.heap.exports.lean_expr_mk_mdata(box(0), of);
  }
  again(expr: number): number {
    return this.heap.inc(expr);
  }

  axiom(header: TypedParts<number>, unsafe: boolean): number {
    const { name, levelParams, type } = this.typed(header);
    const value = this.heap.exports.lean_mk_axiom_val(name, levelParams, type, unsafe ? 1 : 0);
    return this.heap.ctor(DeclarationCtor.axiom, [value]);
  }
  definition(parts: DefinitionParts<number>): number {
    return this.heap.ctor(DeclarationCtor.definition, [this.definitionValue(parts)]);
  }
  theorem(header: TypedParts<number>, value: number): number {
    const { name, levelParams, type, all } = this.typed(header);
    const theorem = this.heap.exports.lean_mk_theorem_val(name, levelParams, type, value, all);
    return this.heap.ctor(DeclarationCtor.theorem, [theorem]);
  }
  opaque(header: TypedParts<number>, value: number, unsafe: boolean): number {
    const { name, levelParams, type, all } = this.typed(header);
    const opaque = this.heap.exports.lean_mk_opaque_val(name, levelParams, type, value, unsafe ? 1 : 0, all);
    return this.heap.ctor(DeclarationCtor.opaque, [opaque]);
  }
  quotient(): number {
    return box(DeclarationCtor.quotient);
  }
  mutual(definitions: DefinitionParts<number>[]): number {
    const values = definitions.map((parts) => this.definitionValue(parts));
    return this.heap.ctor(DeclarationCtor.mutual, [this.heap.list(values)]);
  }
  inductive(parts: Parameters<Builder<number, number, number>['inductive']>[0]): number {
    const { heap } = this;
    const types = parts.types.map((type) => {
      const constructors = type.constructors.map((c) => heap.ctor(0, [this.name(c.name), c.type]));
      return heap.ctor(0, [this.name(type.name), type.type, heap.list(constructors)]);
    });
    const levelParams = this.nameList(parts.levelParams);
    const parameters =
      parts.parameters <= maxBoxed ? box(parts.parameters) : this.natural(BigInt(parts.parameters));
    return heap.exports.lean_mk_inductive_decl(
      levelParams,
      parameters,
      heap.list(types),
      parts.unsafe ? 1 : 0,
    );
  }

  /** The equality only: the session declares the quotients behind it. */
  bareQuotient(equality: Parameters<Builder<number, number, number>['inductive']>[0]): number {
    return this.inductive(equality);
  }

  private definitionValue(parts: DefinitionParts<number>): number {
    const { name, levelParams, type, all } = this.typed(parts);
    const hint = this.hint(parts.hint);
    return this.heap.exports.lean_mk_definition_val(
      name,
      levelParams,
      type,
      parts.value,
      hint,
      parts.safety,
      all,
    );
  }

  private hint(hint: DefinitionParts<number>['hint']): number {
    if (hint === 'opaque') return box(HintCtor.opaque);
    if (hint === 'abbreviation') return box(HintCtor.abbreviation);
    return this.heap.exports.lean_mk_reducibility_hints_regular(hint);
  }

  private typed(parts: TypedParts<number>): { name: number; levelParams: number; type: number; all: number } {
    return {
      name: this.name(parts.name),
      levelParams: this.nameList(parts.levelParams),
      type: parts.type,
      all: this.nameList([parts.name]),
    };
  }

  private nameList(names: readonly string[]): number {
    return this.heap.list(names.map((name) => this.name(name)));
  }

  private forgetNames(): void {
    for (const name of this.names.values()) this.heap.dec(name);
    this.names.clear();
  }
}

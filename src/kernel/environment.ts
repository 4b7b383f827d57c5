import type { ReducibilityHint, Safety } from '../ir/declaration.js';
import { uncounted } from '../ir/effort.js';
import type { Expr } from '../ir/expr.js';
import type { Name } from '../ir/name.js';

/** A constant of an environment. */
export interface Constant {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
  readonly details: Details;
  /** Safe where it is not said. */
  readonly safety?: Safety;
}

export type Details =
  | { readonly kind: 'axiom' }
  /** Something of Lean's core whose meaning is not known here. */
  | { readonly kind: 'unmodelled' }
  | { readonly kind: 'opaque'; readonly value: Expr }
  | { readonly kind: 'theorem'; readonly value: Expr }
  | { readonly kind: 'definition'; readonly value: Expr; readonly hint: ReducibilityHint }
  | InductiveDetails
  | ConstructorDetails
  | RecursorDetails
  | { readonly kind: 'quotient'; readonly part: 'type' | 'mk' | 'lift' | 'ind' };

export interface InductiveDetails {
  readonly kind: 'inductive';
  readonly parameters: number;
  readonly indices: number;
  /** All types of the block, in order. */
  readonly block: readonly Name[];
  readonly constructors: readonly Name[];
  /** A constructor takes a value of the block; for the whole block. */
  readonly recursive: boolean;
  /** A constructor takes a function into the block; for the whole block. */
  readonly reflexive: boolean;
  /** How many auxiliary types the kernel made for nested occurrences. */
  readonly nested: number;
}
export interface ConstructorDetails {
  readonly kind: 'constructor';
  readonly inductive: Name;
  readonly parameters: number;
  readonly fields: number;
}
export interface RecursorDetails {
  readonly kind: 'recursor';
  /** The type that is eliminated. */
  readonly inductive: Name;
  readonly parameters: number;
  readonly indices: number;
  readonly motives: number;
  readonly minors: number;
  readonly rules: readonly RecursorRule[];
  /** Reduces on any proof whose type fits, not only on a constructor. */
  readonly likeK: boolean;
  readonly largeElimination: boolean;
}
/** `rec params motives minors indices (constructor params fields) = value params motives minors fields`. */
export interface RecursorRule {
  readonly constructor: Name;
  readonly fields: number;
  readonly value: Expr;
}

/** A constant that is worked out when somebody asks for it; undefined where that fails. */
export type LazyConstant = () => Constant | undefined;

/**
 * Constants by name; extending one leaves it as it was. It is a stack of layers on a root, each smaller than half of
 * what lies below it, so that a look-up passes few of them and a long history is not copied often.
 */
export class Environment {
  /** Lists that never change, made when somebody asks for them. */
  private namesAsRoot: readonly Name[] | undefined;
  private namesAdded: readonly Name[] | undefined;
  private constantsAdded: readonly Constant[] | undefined;

  private constructor(
    private readonly constants: Map<Name, Constant>,
    /** Lazy constants, replaced by their value once requested; null where that failed. */
    private readonly lazy: Map<Name, LazyConstant | Constant | null>,
    private readonly below: Environment | undefined,
    private readonly whenUnknown?: (name: Name) => void,
  ) {}

  /**
   * An environment of these constants, to be shared by all that extend it. `whenUnknown` hears of each name that
   * somebody looks for in vain.
   */
  static root(
    constants: readonly Constant[],
    whenUnknown?: (name: Name) => void,
    lazy: ReadonlyMap<Name, LazyConstant> = new Map(),
  ): Environment {
    return new Environment(byName(constants), new Map(lazy), undefined, whenUnknown);
  }

  find(name: Name): Constant | undefined {
    const found = this.constants.get(name) ?? this.force(name) ?? this.below?.find(name);
    if (found === undefined) this.whenUnknown?.(name);
    return found;
  }

  extend(added: readonly Constant[], lazy: ReadonlyMap<Name, LazyConstant> = new Map()): Environment {
    const layers = this.layers();
    let size = added.length + lazy.size;
    let kept = layers.length;
    for (
      let layer = layers[kept - 1];
      layer !== undefined && layer.count <= 2 * size;
      layer = layers[kept - 1]
    ) {
      size += layer.count;
      kept--;
    }
    // The root stays shared, however small it is.
    if (kept === layers.length) return new Environment(byName(added), new Map(lazy), this);
    const constants = new Map<Name, Constant>();
    const thunks = new Map<Name, LazyConstant | Constant | null>();
    for (let i = kept; i < layers.length; i++) {
      layers[i]?.constants.forEach((constant, name) => constants.set(name, constant));
      layers[i]?.lazy.forEach((thunk, name) => thunks.set(name, thunk));
    }
    for (const constant of added) constants.set(constant.name, constant);
    lazy.forEach((thunk, name) => thunks.set(name, thunk));
    return new Environment(constants, thunks, layers[kept]?.below);
  }

  /** The constants that were added to the root, oldest first, without those that are worked out on request. */
  get added(): readonly Constant[] {
    return (this.constantsAdded ??= this.layers().flatMap((layer) => [...layer.constants.values()]));
  }

  /** Everything in it, the root's constants included, and what is worked out on request. */
  get all(): Constant[] {
    return [...this.rootNames, ...this.addedNames].flatMap((name) => this.find(name) ?? []);
  }

  /** The names of everything in its root; what one is to stand for may turn out not to be had. */
  get rootNames(): readonly Name[] {
    const { bottom } = this;
    bottom.namesAsRoot ??= bottom.ownNames;
    return bottom.namesAsRoot;
  }

  /** The names of everything that was added to the root, also of what is worked out on request. */
  get addedNames(): readonly Name[] {
    return (this.namesAdded ??= this.layers().flatMap((layer) => layer.ownNames));
  }

  /** Everything in it without what is worked out on request. */
  get written(): Constant[] {
    return [...this.bottom.constants.values(), ...this.added];
  }

  /** Its content as one root, to be shared by all that extend it; `keep` maps each constant, undefined drops it. */
  asRoot(keep: (constant: Constant) => Constant | undefined = (constant) => constant): Environment {
    const lazy = new Map<Name, LazyConstant>();
    for (const layer of [this.bottom, ...this.layers()]) {
      for (const name of layer.lazy.keys()) {
        lazy.set(name, () => {
          const found = this.find(name);
          return found === undefined ? undefined : keep(found);
        });
      }
    }
    const kept = this.written.flatMap((constant) => keep(constant) ?? []);
    return new Environment(byName(kept), lazy, undefined);
  }

  private get bottom(): Environment {
    return this.layers()[0]?.below ?? this;
  }

  private get ownNames(): Name[] {
    return [...this.constants.keys(), ...this.lazy.keys()];
  }

  private get count(): number {
    return this.constants.size + this.lazy.size;
  }

  private layers(): Environment[] {
    if (this.below === undefined) return [];
    const layers = this.below.layers();
    layers.push(this);
    return layers;
  }

  private force(name: Name): Constant | undefined {
    if (this.lazy.size === 0) return undefined;
    const known = this.lazy.get(name);
    if (typeof known !== 'function') return known ?? undefined;
    const constant = uncounted(known);
    this.lazy.set(name, constant ?? null);
    return constant;
  }
}

function byName(constants: readonly Constant[]): Map<Name, Constant> {
  return new Map(constants.map((constant) => [constant.name, constant]));
}

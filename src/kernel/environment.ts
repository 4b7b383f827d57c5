import type { ReducibilityHint } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import type { Name } from '../ir/name.js';

/** What an environment knows of a constant. */
export interface Constant {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
  readonly details: Details;
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
  /** A constructor takes a value of the block. */
  readonly recursive: boolean;
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

/** Constants by name; extending one leaves it as it was. */
export class Environment {
  private constructor(
    private readonly constants: Map<Name, Constant>,
    private readonly lazy: Map<Name, LazyConstant>,
    private readonly below: Environment | undefined,
    private readonly depth: number,
    private readonly whenUnknown?: (name: Name) => void,
  ) {}

  /**
   * An environment of these constants, to be shared by all that extend it. `whenUnknown` hears of each name that somebody
   * looks for in vain.
   */
  static root(constants: readonly Constant[], whenUnknown?: (name: Name) => void): Environment {
    return new Environment(byName(constants), new Map(), undefined, 0, whenUnknown);
  }

  find(name: Name): Constant | undefined {
    const found = this.constants.get(name) ?? this.force(name) ?? this.below?.find(name);
    if (found === undefined) this.whenUnknown?.(name);
    return found;
  }

  extend(added: readonly Constant[], lazy: ReadonlyMap<Name, LazyConstant> = new Map()): Environment {
    if (this.depth < maxDepth) return new Environment(byName(added), new Map(lazy), this, this.depth + 1);
    // Flattened now and then, so that a look-up stays short; the bottom is the base and stays shared.
    const layers = this.layers();
    const bottom = layers[0]?.below ?? this;
    const constants = new Map(layers.flatMap((layer) => [...layer.constants]));
    const thunks = new Map(layers.flatMap((layer) => [...layer.lazy]));
    for (const constant of added) constants.set(constant.name, constant);
    lazy.forEach((thunk, name) => thunks.set(name, thunk));
    return new Environment(constants, thunks, bottom, 1);
  }

  /** The constants that were added to the root, oldest first, without those that nobody has asked for yet. */
  get added(): Constant[] {
    return this.layers().flatMap((layer) => [...layer.constants.values()]);
  }

  /** Everything in it, the root's constants included. */
  get all(): Constant[] {
    const layers = this.layers();
    return [...(layers[0]?.below ?? this).constants.values(), ...this.added];
  }

  private layers(): Environment[] {
    return this.below === undefined ? [] : [...this.below.layers(), this];
  }

  private force(name: Name): Constant | undefined {
    const thunk = this.lazy.get(name);
    if (thunk === undefined) return undefined;
    this.lazy.delete(name);
    const constant = thunk();
    if (constant !== undefined) this.constants.set(name, constant);
    return constant;
  }
}

const maxDepth = 8;

function byName(constants: readonly Constant[]): Map<Name, Constant> {
  return new Map(constants.map((constant) => [constant.name, constant]));
}

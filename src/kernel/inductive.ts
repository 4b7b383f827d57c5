/**
 * Inductive declarations: their checks, and the constants that they add, recursors included. A block with nested
 * occurrences is checked with auxiliary types in their place (nested.ts).
 */
import type { Inductive } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { child, type Name } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';
import { IllTyped } from './failure.js';
import { checkType } from './infer.js';
import {
  eliminateNested,
  isAuxiliary,
  nestedOccurrences,
  restorer,
  containerOf,
  type Eliminated,
} from './inductive/nested.js';
import { checkUniform, checkVariables } from './inductive/occurrences.js';
import { openBlock, openTypes, type OpenedTypes } from './inductive/open-block.js';
import { recursionOf } from './inductive/positivity.js';
import { checkRecursors } from './recursor/check-recursors.js';
import { closedFamily, mappedFamily, type RecursorFamily } from './recursor/family.js';
import { recursorsOf } from './recursor/recursors.js';
import { strictRules } from './rules.js';
import { Typing, type TypingOptions } from './typing.js';
import { arityOf } from '../ir/telescope.js';

export interface InductiveOptions extends TypingOptions {
  readonly steps?: number;
  /** The names may be declared already: the constants are derived once more. */
  readonly again?: boolean;
}

/** Checks a declaration and returns the environment with its constants. Throws IllTyped or DontKnow. */
export function addInductive(
  environment: Environment,
  declaration: Inductive,
  options: InductiveOptions = {},
): Environment {
  const { sloppy } = options.rules ?? strictRules;
  // Official kernels take the number of parameters for one of 32 bits.
  const parameters = sloppy ? declaration.parameters % 2 ** 32 : declaration.parameters;
  if (declaration.types.length === 0) throw new IllTyped('no types');
  checkVariables(declaration);
  checkUniform(declaration, parameters);
  const eliminated = eliminateNested(environment, declaration, parameters, { sloppy, steps: options.steps });
  try {
    return new Block(environment, eliminated, options).add();
  } catch (error) {
    if (!(error instanceof IllTyped)) throw error;
    throw new IllTyped(error.rule, error.where && containerOf(error.where, eliminated.auxiliaries));
  }
}

/** Whether a constructor takes a value of the block. */
export function isRecursive(declaration: Inductive): boolean {
  return recursionOf(declaration).recursive;
}

class Block {
  private readonly declaration: Inductive;
  private readonly t: Typing;
  private readonly safety: 'unsafe' | 'safe';

  constructor(
    private readonly environment: Environment,
    private readonly eliminated: Eliminated,
    private readonly options: InductiveOptions,
  ) {
    this.declaration = eliminated.declaration;
    const { levelParams } = this.declaration;
    const params = new Set(levelParams);
    if (params.size !== levelParams.length) throw new IllTyped('a level parameter twice');
    this.safety = this.declaration.unsafe ? 'unsafe' : 'safe';
    // Its levels are made anew, so that they are never shared.
    const rules = { ...(options.rules ?? strictRules), sharesLevels: false };
    this.t = new Typing(environment, params, options.steps, { ...options, rules, safety: this.safety });
  }

  add(): Environment {
    return this.t.ask(() => this.added());
  }

  private added(): Environment {
    const { t, environment, declaration } = this;
    this.checkNames();
    const opened = openTypes(t, declaration);
    const types = this.typeConstants(opened);
    const withTypes = environment.extend(types);
    t.grow(withTypes);
    const block = openBlock(t, opened);
    const constructors = this.constructorConstants();
    t.grow(withTypes.extend(constructors));
    const family = recursorsOf(t, block);
    const recursors = this.recursorConstants(family);
    if (t.rules.rechecksRecursors) {
      t.grow(t.environment.extend(recursors));
      checkRecursors(t, family, true);
    }
    if (this.eliminated.auxiliaries.length === 0)
      return environment.extend([...types, ...constructors, ...recursors]);
    return this.restored(opened, types, constructors, family);
  }

  /** Every name that the block adds is free, and none is there twice. */
  private checkNames(): void {
    const { declaration } = this;
    const names = declaration.types.flatMap((type) => [
      type.name,
      child(type.name, 'rec'),
      ...type.constructors.map((constructor) => constructor.name),
    ]);
    names.push(...this.recursorNames().values());
    if (new Set(names).size !== names.length) throw new IllTyped('a name twice');
    if (this.options.again === true) return;
    for (const name of names)
      if (!isAuxiliary(name) && this.environment.find(name) !== undefined)
        throw new IllTyped('a name that is declared already', name);
  }

  /** Final names of the recursors of auxiliary types. */
  private recursorNames(): Map<Name, Name> {
    const first = this.declaration.types[0]?.name ?? '';
    return new Map(
      this.eliminated.auxiliaries.map(({ name }, i) => [child(name, 'rec'), child(first, `rec_${i + 1}`)]),
    );
  }

  private get own(): number {
    return this.declaration.types.length - this.eliminated.auxiliaries.length;
  }

  private typeConstants({ indices }: OpenedTypes): Constant[] {
    const { declaration } = this;
    const { levelParams, parameters } = declaration;
    const block = declaration.types.slice(0, this.own).map((type) => type.name);
    const flags = recursionOf(declaration);
    return declaration.types.map(({ name, type, constructors }, i) => ({
      name,
      levelParams,
      type,
      safety: this.safety,
      details: {
        kind: 'inductive',
        parameters,
        indices: indices[i]?.length ?? 0,
        block: i < this.own ? block : [name],
        constructors: constructors.map((constructor) => constructor.name),
        ...flags,
        nested: this.eliminated.auxiliaries.length,
      },
    }));
  }

  private constructorConstants(): Constant[] {
    const { levelParams, parameters, types } = this.declaration;
    return types.flatMap((type) =>
      type.constructors.map((constructor): Constant => ({
        name: constructor.name,
        levelParams,
        type: constructor.type,
        safety: this.safety,
        details: {
          kind: 'constructor',
          inductive: type.name,
          parameters,
          fields: Math.max(0, arityOf(constructor.type) - parameters),
        },
      })),
    );
  }

  /** The block's constants without the auxiliary types, said in terms of the containers. */
  private restored(
    opened: OpenedTypes,
    types: readonly Constant[],
    constructors: readonly Constant[],
    family: RecursorFamily,
  ): Environment {
    const { auxiliaries } = this.eliminated;
    const recursorNames = this.recursorNames();
    const restore = restorer(auxiliaries, this.declaration.parameters, recursorNames);
    const containers = new Map(auxiliaries.map(({ name, container }) => [name, container]));
    const constructorsOf = new Map(
      auxiliaries.flatMap((auxiliary) => [...auxiliary.constructors].map(([name, copy]) => [copy, name])),
    );
    const own = new Set(types.slice(0, this.own).map((type) => type.name));
    const kept = [
      ...types.slice(0, this.own),
      ...constructors.filter(({ details }) => details.kind === 'constructor' && own.has(details.inductive)),
    ].map((constant) => ({ ...constant, type: restore(constant.type) }));
    const restored = mappedFamily(this.t, family, {
      term: restore,
      recursor: (name) => recursorNames.get(name) ?? name,
      inductive: (name) => containers.get(name) ?? name,
      constructor: (name) => constructorsOf.get(name) ?? name,
    });
    const result = this.environment.extend([...kept, ...this.recursorConstants(restored)]);
    this.checkRestored(result, opened, kept, restored);
    return result;
  }

  private recursorConstants(family: RecursorFamily): Constant[] {
    return closedFamily(this.t, family).map((constant) => ({ ...constant, safety: this.safety }));
  }

  /** Checks the nested occurrences that elimination dropped: the containers' arguments may not fit their parameters. */
  private checkRestored(
    environment: Environment,
    { head }: OpenedTypes,
    kept: readonly Constant[],
    family: RecursorFamily,
  ): void {
    this.t.forget(environment);
    const occurrences: Expr[] = nestedOccurrences(this.eliminated.auxiliaries, head.parameters);
    for (const occurrence of occurrences) checkType(this.t, occurrence);
    if (!this.t.rules.rechecksRecursors) return;
    for (const { levelParams, type } of kept) {
      this.t.use(levelParams);
      checkType(this.t, type);
    }
    checkRecursors(this.t, family, false);
  }
}

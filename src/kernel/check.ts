/** Checks declarations, one kind after the other. The order of the checks is that of the official kernel. */
import type { Declaration, Definition, MutualDefinitions, Safety } from '../ir/declaration.js';
import { hasFvar, hasMvar, type Expr } from '../ir/expr.js';
import type { Name } from '../ir/name.js';
import type { BrokenRule, KnowledgeGap } from '../ir/typing-rules.js';
import { Environment, type Constant, type Details } from './environment.js';
import { equalTerms } from './equality.js';
import { DontKnow, IllTyped } from './failure.js';
import { addInductive } from './inductive.js';
import { checkType, isProp, levelOfType } from './infer.js';
import { strict, type Mode } from './mode.js';
import { addQuotient } from './quotient.js';
import { rulesOf, strictRules, type Rules } from './rules.js';
import { Typing } from './typing.js';

/** The checker's verdict on a declaration. */
export type Opinion =
  | { readonly kind: 'accept'; readonly environment: Environment }
  | {
      readonly kind: 'reject';
      readonly rule: BrokenRule;
      /** The place where the rule is broken, a name where there is one. */
      readonly where?: string | undefined;
      /** Both in words. */
      readonly reason: string;
    }
  | { readonly kind: 'unknown'; readonly reason: KnowledgeGap };

export interface CheckOptions {
  /** strict by default. */
  readonly mode?: Mode;
  /** Steps of inference, reduction and comparison that one declaration may take. */
  readonly steps?: number;
  /** Nodes that a term may have, shared ones counted at each use. */
  readonly maxSize?: number;
  /** Whether levels are shared between declarations, as those read from one file are; false by default. */
  readonly sharesLevels?: boolean;
  /** Whether derived recursors are checked again; by default as the mode says. That is half of what a type costs. */
  readonly rechecksRecursors?: boolean;
}

/** Checks a declaration against an environment, which stays as it was. Never throws. */
export function checkDeclaration(
  environment: Environment,
  declaration: Declaration,
  options: CheckOptions = {},
): Opinion {
  const asked = rulesOf(options.mode ?? strict);
  const { sharesLevels = false, rechecksRecursors = asked.rechecksRecursors } = options;
  const rules = { ...asked, sharesLevels, rechecksRecursors };
  try {
    return { kind: 'accept', environment: new Check(environment, rules, options).add(declaration) };
  } catch (error) {
    if (error instanceof IllTyped) {
      const { rule, where, message: reason } = error;
      return isUnequal(rule) &&
        asked === strictRules &&
        holdsByTransitivity(environment, declaration, rules, options)
        ? { kind: 'reject', rule: byTransitivity, reason: byTransitivity }
        : { kind: 'reject', rule, where, reason };
    }
    if (error instanceof DontKnow) return { kind: 'unknown', reason: error.gap };
    // The stack is deep, or a number or a collection is larger than the language has them.
    if (error instanceof RangeError) return { kind: 'unknown', reason: 'too deep or too large' };
    throw error;
  }
}

const byTransitivity = 'an equality by transitivity alone';

/** Whether two types that should be equal were not. */
function isUnequal(rule: BrokenRule): boolean {
  return unequal.has(rule);
}

const unequal: ReadonlySet<BrokenRule> = new Set([
  'a value of another type',
  'a let value of another type',
  'an argument of another type',
]);

/** Whether a declaration would be in order if two terms were equal that have been found equal to a third. */
function holdsByTransitivity(
  environment: Environment,
  declaration: Declaration,
  rules: Rules,
  options: CheckOptions,
): boolean {
  try {
    new Check(environment, { ...rules, equalByTransitivity: true }, options).add(declaration);
    return true;
  } catch (error) {
    if (error instanceof IllTyped || error instanceof DontKnow || error instanceof RangeError) return false;
    throw error;
  }
}

interface Typed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

class Check {
  constructor(
    private readonly environment: Environment,
    private readonly rules: Rules,
    private readonly options: CheckOptions,
  ) {}

  add(declaration: Declaration): Environment {
    const { environment } = this;
    switch (declaration.kind) {
      case 'axiom': {
        const safety = declaration.unsafe ? 'unsafe' : 'safe';
        this.header(this.typing(declaration, safety), declaration);
        return environment.extend([constantOf(declaration, { kind: 'axiom' }, safety)]);
      }
      case 'definition':
        return this.definition(declaration);
      case 'theorem': {
        const t = this.typing(declaration, 'safe');
        this.header(t, declaration);
        if (!isProp(t, declaration.type)) throw new IllTyped('a theorem whose type is no proposition');
        this.value(t, declaration, declaration.value);
        return environment.extend([constantOf(declaration, { kind: 'theorem', value: declaration.value })]);
      }
      case 'opaque': {
        // Also an unsafe one is checked as if it were safe.
        const t = this.typing(declaration, 'safe');
        this.header(t, declaration);
        this.value(t, declaration, declaration.value);
        const safety = declaration.unsafe ? 'unsafe' : 'safe';
        const details = { kind: 'opaque', value: declaration.value } as const;
        return environment.extend([constantOf(declaration, details, safety)]);
      }
      case 'mutual':
        return this.mutual(declaration);
      case 'inductive': {
        const { steps, maxSize } = this.options;
        return addInductive(environment, declaration, {
          rules: this.rules,
          ...(steps === undefined ? {} : { steps }),
          ...(maxSize === undefined ? {} : { maxSize }),
        });
      }
      case 'quotient':
        return addQuotient(environment);
      case 'bare quotient':
        addQuotient(new Check(Environment.root([]), this.rules, this.options).add(declaration.equality));
        return environment;
    }
  }

  /** An unsafe definition may use itself; a partial one that stands alone is checked as a safe one. */
  private definition(declaration: Definition): Environment {
    const unsafe = declaration.safety === 'unsafe';
    const t = this.typing(declaration, unsafe ? 'unsafe' : 'safe');
    this.header(t, declaration);
    const extended = this.environment.extend([definitionOf(declaration)]);
    if (unsafe) t.grow(extended);
    this.value(t, declaration, declaration.value);
    return extended;
  }

  /** Definitions that may refer to each other. */
  private mutual({ definitions }: MutualDefinitions): Environment {
    const [first] = definitions;
    if (first === undefined) throw new IllTyped('no definitions');
    if (first.safety === 'safe') throw new IllTyped('mutual definitions that are safe');
    const t = this.typing(first, first.safety);
    const names = new Set<Name>();
    for (const one of definitions) {
      if (one.safety !== first.safety) throw new IllTyped('definitions of unlike safety');
      if (!sameNames(one.levelParams, first.levelParams))
        throw new IllTyped('definitions with other level parameters');
      if (names.has(one.name)) throw new IllTyped('a name twice', one.name);
      names.add(one.name);
      this.header(t, one);
    }
    const extended = this.environment.extend(definitions.map(definitionOf));
    t.grow(extended);
    for (const one of definitions) this.value(t, one, one.value);
    return extended;
  }

  private typing({ levelParams }: Typed, safety: Safety): Typing {
    const { steps, maxSize } = this.options;
    return new Typing(this.environment, new Set(levelParams), steps, {
      rules: this.rules,
      safety,
      ...(maxSize === undefined ? {} : { maxSize }),
    });
  }

  private header(t: Typing, { name, levelParams, type }: Typed): void {
    if (this.environment.find(name) !== undefined)
      throw new IllTyped('a name that is declared already', name);
    if (new Set(levelParams).size !== levelParams.length) throw new IllTyped('a level parameter twice');
    requireClosed(type);
    levelOfType(t, type, true);
  }

  private value(t: Typing, { type }: Typed, value: Expr): void {
    requireClosed(value);
    if (!equalTerms(t, checkType(t, value), type)) throw new IllTyped('a value of another type');
  }
}

function requireClosed(e: Expr): void {
  if ((e.has & hasMvar) !== 0) throw new IllTyped('a metavariable');
  if ((e.has & hasFvar) !== 0) throw new IllTyped('a free variable');
}

/** The constant of a declaration that adds one. */
export function constantOf(
  { name, levelParams, type }: Typed,
  details: Details,
  safety: Safety = 'safe',
): Constant {
  return { name, levelParams, type, details, ...(safety === 'safe' ? {} : { safety }) };
}

/** The constant of a definition. */
export function definitionOf(declaration: Definition): Constant {
  const { value, hint, safety } = declaration;
  return constantOf(declaration, { kind: 'definition', value, hint }, safety);
}

function sameNames(a: readonly Name[], b: readonly Name[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

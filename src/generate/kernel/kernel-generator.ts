import type { Unit } from '../../api/candidate.js';
import type { Declaration } from '../../ir/declaration.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { checkDeclaration } from '../../kernel/check.js';
import type { Environment } from '../../kernel/environment.js';
import { one, zero } from '../../ir/level.js';
import { kindOfMaking } from '../../ir/unit/facts.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Random } from '../../util/random.js';
import { bareQuotient } from './bare-quotient.js';
import { breakOne } from './breaker.js';
import { contextOf, declarationOf, extendContext, typingIn, type Context } from './context.js';
import { orUndefined } from './failure.js';
import { InductiveGenerator } from './inductive-generator.js';
import { isUnsafe, mutualDefinitions, safeUse, type UnsafeDeclaration } from './unsafe-definitions.js';
import { nameAPart } from './name-a-part.js';
import { noteParts } from './note-parts.js';
import { eliminationFunction, projectionFunction } from './readings.js';
import { restateLevels } from './restate.js';
import { chain, equation, link, linkProofs, mirror, provedProposition } from './statement.js';
import { KernelTermGenerator } from './term-generator.js';
import { lengthOf, levelNames } from './wide.js';

/** inductive, definition, theorem, opaque, mutual definitions, axiom */
const kindWeights = [3, 5, 4, 2, 0.8, 0.4];
/** How often a question about mutual definitions is whether something safe may use them. */
const safeUseShare = 0.4;
/** Tries at one declaration before another kind gets its turn. */
const attempts = 3;

/**
 * broken declaration, mirrored equation, chained equation, projection, elimination, linked equations, quotients once
 * more, quotients of an environment of their own
 */
const questionWeights = [14, 1, 1, 3, 1, 0.6, 0.1, 0.15];
/** How often linked equations are about a function of proofs. */
const ofProofsShare = 0.5;
/** How often a declaration says its levels in unusual ways. */
const restatedShare = 0.2;
/** How often a part of a declaration is named by a `let`. */
const namedPartShare = 0.12;
/** How often parts of a declaration that is said as it is have notes around them. */
const notedShare = 0.08;
/** How often an axiom is an unsafe one, which nothing safe may use. */
const unsafeAxiomShare = 0.2;

/** The same of inductive types, whose occurrences need not be positive. */
const unsafeTypeShare = 0.03;

/** Nodes that the expressions of one declaration may have together. */
const maxSize = 1500;

/** Makes declarations for the kernel, one after the other, each in the environment that the ones before it left. */
export class KernelGenerator {
  private counter = 0;

  /** `tag` makes the names of this generator's units differ from all others of the campaign. */
  constructor(
    private readonly random: Random,
    private readonly tag: string,
    private readonly depth: number,
    /** The constants of the Lean that is asked. */
    private readonly base: Environment,
  ) {}

  fresh(): Unit[] {
    return this.extend([], this.random.between(1, Math.max(1, Math.round(this.depth / 3))));
  }

  extend(units: readonly Unit[], count: number): Unit[] {
    let context = contextOf(this.base, units);
    const result = [...units];
    for (let i = 0; i < count; i++) {
      const declaration = this.declaration(context);
      result.push(kernelUnit(declaration.kind, 'any', declaration, context));
      context = extendContext(context, declaration);
    }
    return result;
  }

  /** The units with questions behind them whose answers are known: broken versions, and the same said otherwise. */
  withQuestions(units: readonly Unit[], count: number): Unit[] {
    const context = contextOf(this.base, units);
    const result = [...units];
    const kinds = [...new Set(units.map(({ kind }) => kind))].map((kind) =>
      units.filter((unit) => unit.kind === kind),
    );
    for (let i = 0; i < count; i++) {
      // Kinds are asked about alike: the kernel has code for each, however many units there are of it.
      const asked = this.random.pick(this.random.pick(kinds));
      result.push(...this.question(context, asked));
    }
    return result;
  }

  private question(context: Context, asked: Unit): Unit[] {
    switch (this.random.weighted(questionWeights)) {
      case 0:
        return this.broken(context, asked);
      case 1:
        return this.mirrored(context, asked);
      case 2:
        return this.chained(context, asked);
      case 3:
        return this.reading(context, 'projection', projectionFunction) ?? this.broken(context, asked);
      case 4:
        return this.reading(context, 'elimination', eliminationFunction) ?? this.broken(context, asked);
      case 5:
        return this.linked(context, asked);
      case 7:
        return this.bareQuotient(context);
      default:
        // The base environment has them: to declare them again changes nothing.
        return [KernelUnit.of({ kind: 'quotient' }, { declares: [], expected: 'accept' })];
    }
  }

  /**
   * Whether data may be read out of a type: where our own checker agrees with the kernel that they may, that is fine.
   */
  private reading(context: Context, kind: string, make: typeof projectionFunction): Unit[] | undefined {
    const declaration = orUndefined(() => make(this.random, context, this.name('p')));
    if (declaration === undefined || sizeOf(declaration) > 2 * maxSize) return undefined;
    return [kernelUnit(kind, 'reject', declaration, context)];
  }

  /** A declaration with one premise broken: it has to be refused. */
  private broken(context: Context, unit: Unit): Unit[] {
    const declaration = declarationOf(unit);
    if (declaration === undefined) return [];
    if (isUnsafe(declaration) && this.random.chance(safeUseShare))
      return this.safeUse(context, unit, declaration);
    const broken = breakOne(this.random, context, declaration, this.name('b') + '.');
    if (broken === undefined || sizeOf(broken.declaration) > 2 * maxSize) return [];
    const made = { how: 'broken', operator: broken.operator } as const;
    return [kernelUnit(kindOfMaking(made), 'reject', broken.declaration, context).with({ made })];
  }

  private safeUse(context: Context, unit: Unit, declaration: UnsafeDeclaration): Unit[] {
    const used = orUndefined(() => safeUse(this.random, context, declaration, this.name('b')));
    return used === undefined ? [] : [relying(kernelUnit('safe use', 'reject', used, context), unit)];
  }

  /** An accepted equation by reflexivity, the other way round: conversion has to be symmetric. */
  private mirrored(context: Context, unit: Unit): Unit[] {
    const declaration = declarationOf(unit);
    const mirrored = declaration === undefined ? undefined : mirror(declaration, this.name('m'));
    return mirrored === undefined ? [] : [relying(kernelUnit('mirrored', 'accept', mirrored, context), unit)];
  }

  /**
   * To an accepted a = b a step b = c, which may be accepted, and a = c, which then has to be. Kernels are not transitive
   * where proofs are taken apart: our own is asked whether a = c can be found out.
   */
  private chained(context: Context, unit: Unit): Unit[] {
    const declaration = declarationOf(unit);
    if (declaration?.kind !== 'theorem') return [];
    const g = KernelTermGenerator.behind(this.random, context, declaration.levelParams);
    const chained = orUndefined(() => chain(g, declaration, [this.name('s'), this.name('c')]));
    if (chained === undefined || chained.some((link) => sizeOf(link) > 2 * maxSize)) return [];
    const step = kernelUnit('rewritten', 'any', chained[0], context);
    const isFound = checkDeclaration(context.environment, chained[1]).kind === 'accept';
    const direct = kernelUnit('chained', isFound ? 'accept' : 'any', chained[1], context);
    return [step, relying(direct, unit, step)];
  }

  /** The same in one declaration: where our own checker agrees with the kernel that all hold, that is fine. */
  private linked(context: Context, unit: Unit): Unit[] {
    if (this.random.chance(ofProofsShare)) return this.linkedProofs(context);
    const declaration = declarationOf(unit);
    if (declaration?.kind !== 'theorem') return [];
    const g = KernelTermGenerator.behind(this.random, context, declaration.levelParams);
    const linked = orUndefined(() => link(g, declaration, this.name('l')));
    if (linked === undefined || sizeOf(linked) > 2 * maxSize) return [];
    return [kernelUnit('linked', 'reject', linked, context)];
  }

  /** Quotients over some Eq: our own checker is asked whether it is the right one. */
  private bareQuotient(context: Context): Unit[] {
    const declaration = bareQuotient(this.random);
    const isFine = checkDeclaration(context.environment, declaration).kind === 'accept';
    return [KernelUnit.of(declaration, { expected: isFine ? 'accept' : 'any' })];
  }

  private linkedProofs(context: Context): Unit[] {
    const g = KernelTermGenerator.behind(this.random, context, this.levelParams());
    const linked = orUndefined(() => linkProofs(g, [this.name('f'), this.name('l')], this.size));
    if (linked === undefined || linked.some((part) => sizeOf(part) > maxSize)) return [];
    const [made, theorem] = linked;
    const step = kernelUnit(made.kind, 'any', made, context);
    return [step, relying(kernelUnit('linked', 'reject', theorem, context), step)];
  }

  private declaration(context: Context): Declaration {
    for (;;) {
      const kind = this.random.weighted(kindWeights);
      for (let attempt = 0; attempt < attempts; attempt++) {
        const declaration = this.tryDeclaration(kind, context);
        if (declaration === undefined || sizeOf(declaration) > maxSize) continue;
        return this.saidOtherwise(context, declaration);
      }
    }
  }

  /** Now and then the same by definition: equal levels, notes, or a part that has a name of its own. */
  private saidOtherwise(context: Context, declaration: Declaration): Declaration {
    if (this.random.chance(restatedShare)) return restateLevels(this.random, declaration);
    if (this.random.chance(notedShare)) return noteParts(this.random, declaration);
    if (!this.random.chance(namedPartShare)) return declaration;
    return orUndefined(() => nameAPart(this.random, typingIn(context), declaration)) ?? declaration;
  }

  private tryDeclaration(kind: number, context: Context): Declaration | undefined {
    return orUndefined(() => {
      switch (kind) {
        case 0:
          return this.inductive(context);
        case 1:
          return this.definition(context, 'definition');
        case 2:
          return this.theorem(context);
        case 3:
          return this.definition(context, 'opaque');
        case 4:
          return this.mutual(context);
        default:
          return this.axiom(context);
      }
    });
  }

  private mutual(context: Context): Declaration | undefined {
    const names = Array.from({ length: 1 + this.random.weighted([2, 4, 1]) }, () => this.name('f'));
    const made = mutualDefinitions(this.random, context, names, this.levelParams(), this.size);
    const [alone, another] = made?.definitions ?? [];
    return another === undefined && alone !== undefined && this.random.chance(0.5) ? alone : made;
  }

  /** An axiom of a type that has a value: nothing false follows from it, and what rests on it proves nothing. */
  private axiom(context: Context): Declaration | undefined {
    const levelParams = this.levelParams();
    const g = KernelTermGenerator.behind(this.random, context, levelParams);
    const type = g.typeAt(this.random.pick([zero, one, g.level()]), this.size);
    if (type === undefined || g.prove(type, this.size) === undefined) return undefined;
    const unsafe = this.random.chance(unsafeAxiomShare);
    return { kind: 'axiom', name: this.name('a'), levelParams, type, unsafe };
  }

  private inductive(context: Context): Declaration {
    const count = lengthOf(this.random, 1 + this.random.weighted([8, 3, 0.6]));
    const names = Array.from({ length: count }, () => this.name('T'));
    const made = new InductiveGenerator(this.random, context, this.size).make(names);
    return this.random.chance(unsafeTypeShare) ? { ...made, unsafe: true } : made;
  }

  private definition(context: Context, kind: 'definition' | 'opaque'): Declaration | undefined {
    const levelParams = this.levelParams();
    const g = KernelTermGenerator.behind(this.random, context, levelParams);
    const type = g.typeAt(this.random.chance(0.8) ? one : g.level(), this.size);
    const value = type === undefined ? undefined : g.prove(type, this.size);
    if (type === undefined || value === undefined) return undefined;
    const common = { name: this.name('f'), levelParams, type, value };
    return kind === 'opaque'
      ? { kind, ...common, unsafe: false }
      : { kind, ...common, hint: this.random.pick(['abbreviation', 1, 2, 'opaque']), safety: 'safe' };
  }

  private theorem(context: Context): Declaration | undefined {
    const levelParams = this.levelParams();
    const g = KernelTermGenerator.behind(this.random, context, levelParams);
    const proved = this.random.chance(0.6) ? equation(g, this.size) : this.proposition(g);
    if (proved === undefined) return undefined;
    return {
      kind: 'theorem',
      name: this.name('t'),
      levelParams,
      type: proved.statement,
      value: proved.proof,
    };
  }

  private proposition(g: KernelTermGenerator): ReturnType<typeof equation> {
    const statement = g.typeAt(zero, this.size);
    return statement === undefined ? undefined : provedProposition(g, statement, this.size);
  }

  private levelParams(): Name[] {
    return levelNames(this.random, this.random.weighted([6, 3, 1]));
  }

  private get size(): number {
    return this.random.between(2, Math.max(3, Math.round(this.depth / 2)));
  }

  private name(prefix: string): string {
    return `${prefix}${this.tag}_${this.counter++}`;
  }
}

/** Nodes of all expressions of a declaration. */
function sizeOf(declaration: Declaration): number {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque':
      return declaration.type.size + declaration.value.size;
    case 'inductive':
      return declaration.types.reduce(
        (sum, type) => type.constructors.reduce((inner, c) => inner + c.type.size, sum + type.type.size),
        0,
      );
    case 'mutual':
      return declaration.definitions.reduce((sum, { type, value }) => sum + type.size + value.size, 0);
    case 'axiom':
      return declaration.type.size;
    case 'bare quotient':
      return sizeOf(declaration.equality);
    case 'quotient':
      return 0;
  }
}

/** A unit whose answer is known only where others were accepted. */
function relying(unit: Unit, ...others: readonly Unit[]): Unit {
  return unit.with({ uses: [...unit.uses, ...others.flatMap(({ declares }) => declares)] });
}

function kernelUnit(
  kind: string,
  expected: Unit['expected'],
  declaration: Declaration,
  context: Context,
): Unit {
  // A recursor comes with its type.
  const uses = new Set<string>();
  for (const name of context.owners.size === 0 ? [] : mentionedNames(declaration)) {
    const owner = name.endsWith('.rec') ? name.slice(0, -'.rec'.length) : name;
    if (context.owners.has(owner)) uses.add(owner);
  }
  return KernelUnit.of(declaration, { kind, uses: [...uses], expected });
}

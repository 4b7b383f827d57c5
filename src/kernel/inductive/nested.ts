/**
 * Nested occurrences: a type of the block inside the parameters of another inductive type, as in `node : List Tree ->
 * Tree`. Each gets an auxiliary type, a copy of the container at these parameters, and the block is checked with
 * these in their place. The resulting constants are translated back to the containers.
 */
import type { Constructor, Inductive, InductiveType } from '../../ir/declaration.js';
import { abstractAll, instantiateAll, unapply } from '../../ir/expr-ops.js';
import { app, constant, sameExpr, sameLevels, type Expr } from '../../ir/expr.js';
import { param, type Level } from '../../ir/level.js';
import { rebuild, rebuilder } from '../../ir/rebuild.js';
import type { Name } from '../../ir/name.js';
import type { Environment } from '../environment.js';
import { IllTyped } from '../failure.js';
import { instantiateLevels } from '../levels/instantiate.js';
import { minorName } from '../recursor/names.js';
import { close, open, type Opened } from '../telescope.js';
import { Typing } from '../typing.js';
import { mentions } from './occurrences.js';

/** An auxiliary type: which container it copies. */
export interface Auxiliary {
  readonly name: Name;
  readonly container: Name;
  readonly levels: readonly Level[];
  /** The container's parameters, with the block's own parameters abstracted: the last is loose variable 0. */
  readonly parameters: readonly Expr[];
  /** Constructors of the copy, by the container's in order. */
  readonly constructors: ReadonlyMap<Name, Name>;
}
export interface Eliminated {
  /** The block with auxiliary types in place of nested occurrences. */
  readonly declaration: Inductive;
  readonly auxiliaries: readonly Auxiliary[];
}

interface EliminationOptions {
  /** Whether loose variables are taken for parameters, as official kernels do. */
  readonly sloppy: boolean;
  /** Steps that it may take; as many as a Typing by default. */
  readonly steps?: number | undefined;
}

/** Nodes of a nested occurrence, each use of a shared one counted, that cost a step each. */
const maxCounted = 1 << 20;

/** Takes nested occurrences out of a block. Its first type and all constructors must show their parameters. */
export function eliminateNested(
  environment: Environment,
  declaration: Inductive,
  parameters: number,
  options: EliminationOptions,
): Eliminated {
  return new Elimination(environment, declaration, parameters, options).run();
}

class Elimination {
  private readonly auxiliaries: Auxiliary[] = [];
  private readonly types: InductiveType[];
  private readonly names: Set<Name>;
  private readonly t: Typing;
  private readonly sloppy: boolean;

  constructor(
    private readonly environment: Environment,
    private readonly declaration: Inductive,
    private readonly parameters: number,
    { sloppy, steps }: EliminationOptions,
  ) {
    this.types = [...declaration.types];
    this.names = new Set(declaration.types.map((type) => type.name));
    this.sloppy = sloppy;
    this.t = new Typing(environment, null, steps);
  }

  run(): Eliminated {
    return this.t.ask(() => this.eliminated());
  }

  private eliminated(): Eliminated {
    const [first] = this.types;
    if (first !== undefined) this.opened(first.type);
    // The list grows while it is walked: copies have nested occurrences of their own.
    for (let i = 0; i < this.types.length; i++) {
      const type = this.types[i];
      if (type === undefined) break;
      const constructors = type.constructors.map((c): Constructor => ({
        name: c.name,
        type: this.replaceIn(c.type),
      }));
      this.types[i] = { ...type, constructors };
    }
    return {
      declaration: { ...this.declaration, parameters: this.parameters, types: this.types },
      auxiliaries: this.auxiliaries,
    };
  }

  /** The parameters of a type as locals, and what is behind them. */
  private opened(type: Expr): { locals: Opened[]; rest: Expr } {
    const locals: Opened[] = [];
    const values: Expr[] = [];
    let rest = type;
    for (; locals.length < this.parameters; rest = rest.body) {
      if (rest.kind !== 'pi') throw new IllTyped('fewer binders than parameters');
      const local = open(this.t, rest.name, instantiateAll(rest.type, values), rest.info);
      locals.push(local);
      values.push(local.local);
    }
    return { locals, rest: instantiateAll(rest, values) };
  }

  private replaceIn(type: Expr): Expr {
    if (type.looseRange > 0 && !this.sloppy) throw new IllTyped('a loose bound variable');
    const { locals, rest } = this.opened(type);
    const replaced = this.replace(rest, locals);
    if (replaced === rest && type.looseRange === 0) return type;
    return this.closeSloppily(locals, replaced);
  }

  /**
   * Official kernels do not lift what is loose when they put the parameters on again: it becomes one of them. Strictly
   * there is nothing loose.
   */
  private closeSloppily(locals: readonly Opened[], body: Expr): Expr {
    if (body.looseRange === 0) return close('pi', locals, body);
    const captured = locals.map(({ local }) => local as Expr);
    const filled = instantiateAll(body, captured.slice(-body.looseRange));
    return close('pi', locals, filled);
  }

  private replace(expr: Expr, locals: readonly Opened[]): Expr {
    if (!mentions(expr, this.names)) return expr;
    // Where an application is none, what it is built on is none: a long one would be walked at each of its arguments.
    const plain = new Set<Expr>();
    const nested = (node: Expr): Expr | undefined => {
      const found = plain.has(node) ? undefined : this.nestedAt(node, locals);
      if (found === undefined && node.kind === 'app') plain.add(node.fn);
      return found;
    };
    return rebuild(expr, (node) => node, nested);
  }

  /** The auxiliary type in place of a nested occurrence; undefined where there is none. */
  private nestedAt(e: Expr, locals: readonly Opened[]): Expr | undefined {
    if (e.kind !== 'app') return undefined;
    const { head, args } = unapply(e);
    if (head.kind !== 'const') return undefined;
    const container = this.environment.find(head.name)?.details;
    if (container?.kind !== 'inductive' || args.length < container.parameters) return undefined;
    const given = args.slice(0, container.parameters);
    for (const { size } of given) this.t.take(Math.min(size, maxCounted));
    if (!given.some((arg) => mentions(arg, this.names))) return undefined;
    if (given.some((arg) => arg.looseRange > 0))
      throw new IllTyped('a nested occurrence whose parameters are not fixed', head.name);
    this.t.take(this.auxiliaries.length);
    const names = locals.map(({ local }) => local.name);
    const parameters = given.map((arg) => abstractAll(arg, names));
    const found =
      this.auxiliaries.find(
        (other) =>
          other.container === head.name &&
          sameLevels(other.levels, head.levels) &&
          other.parameters.every((parameter, i) => sameExpr(parameter, parameters[i] as Expr)),
      ) ?? this.copy(head.name, container.block, head.levels, given, parameters, locals);
    const levels = this.declaration.levelParams.map(param);
    const own = locals.map(({ local }) => local as Expr);
    return app(constant(found.name, levels), ...own, ...args.slice(container.parameters));
  }

  /** Copies all types of the container's block; the one that was asked for. */
  private copy(
    wanted: Name,
    block: readonly Name[],
    levels: readonly Level[],
    given: readonly Expr[],
    parameters: readonly Expr[],
    locals: readonly Opened[],
  ): Auxiliary {
    const made: Auxiliary[] = [];
    for (const container of block) {
      const found = this.t.constant(container);
      if (found.details.kind !== 'inductive')
        throw new IllTyped('a container that is no inductive type', container);
      const name = `${auxiliaryPrefix}${this.auxiliaries.length + 1}`;
      const constructors = new Map(
        found.details.constructors.map((c) => [c, `${name}.${minorName(c, container)}`] as const),
      );
      const at = (of: Name): Expr => close('pi', locals, this.instantiated(of, levels, given));
      this.types.push({
        name,
        type: at(container),
        constructors: [...constructors].map(([c, copy]) => ({ name: copy, type: at(c) })),
      });
      this.names.add(name);
      const auxiliary = { name, container, levels, parameters, constructors };
      this.auxiliaries.push(auxiliary);
      made.push(auxiliary);
    }
    const result = made.find((auxiliary) => auxiliary.container === wanted);
    if (result === undefined) throw new IllTyped('a container that is not in its own block', wanted);
    return result;
  }

  /** The type of a container or its constructor behind its parameters. */
  private instantiated(name: Name, levels: readonly Level[], given: readonly Expr[]): Expr {
    const found = this.t.constant(name);
    if (found.levelParams.length !== levels.length) throw new IllTyped('a container at other levels', name);
    let body = instantiateLevels(found.type, found.levelParams, levels, false, this.t);
    for (let left = given.length; left > 0; left--) {
      if (body.kind !== 'pi') throw new IllTyped('fewer binders than parameters', name);
      body = body.body;
    }
    return instantiateAll(body, given);
  }
}

/** Prefix of the names of auxiliary types. No declaration has such a name: numbers are written without a zero before. */
const auxiliaryPrefix = '00.';

/** Whether a name belongs to an auxiliary type. */
export function isAuxiliary(name: Name): boolean {
  return name.startsWith(auxiliaryPrefix);
}

/** The container that a name is an auxiliary type of; the name itself where it is none. */
export function containerOf(name: string, auxiliaries: readonly Auxiliary[]): string {
  if (!isAuxiliary(name)) return name;
  const container = auxiliaries[Number.parseInt(name.slice(auxiliaryPrefix.length)) - 1]?.container;
  return container === undefined ? name : `the nested ${container}`;
}

/** The nested occurrences as they were written, in the context of the block's parameters. */
export function nestedOccurrences(auxiliaries: readonly Auxiliary[], parameters: readonly Opened[]): Expr[] {
  const locals = parameters.map(({ local }) => local as Expr);
  return auxiliaries.map(({ container, levels, parameters: given }) =>
    app(constant(container, levels), ...given.map((arg) => instantiateAll(arg, locals))),
  );
}

/** Says terms about auxiliary types in terms of the containers again. */
export function restorer(
  auxiliaries: readonly Auxiliary[],
  parameters: number,
  recursorNames: ReadonlyMap<Name, Name>,
): (e: Expr) => Expr {
  const heads = new Map<Name, { name: Name; of: Auxiliary }>();
  for (const of of auxiliaries) {
    heads.set(of.name, { name: of.container, of });
    of.constructors.forEach((copy, name) => heads.set(copy, { name, of }));
  }
  /** Applications of auxiliary heads that lack parameters of the block, and how many arguments they have. */
  const partial = new Map<Expr, number>();
  const restored = (e: Expr, count: number): Expr => {
    const { head, args } = unapply(e);
    const found = head.kind === 'const' ? heads.get(head.name) : undefined;
    if (found === undefined || count < parameters) {
      partial.set(e, count);
      return e;
    }
    // A container's parameters may hold other nested occurrences: these stand as they were written.
    const given = found.of.parameters.map((parameter) => instantiateAll(parameter, args));
    return app(constant(found.name, found.of.levels), ...given);
  };
  return rebuilder((e) => {
    if (e.kind === 'const') {
      const recursor = recursorNames.get(e.name);
      if (recursor !== undefined) return constant(recursor, e.levels);
      return heads.has(e.name) ? restored(e, 0) : e;
    }
    const count = e.kind === 'app' ? partial.get(e.fn) : undefined;
    return count === undefined ? e : restored(e, count + 1);
  });
}

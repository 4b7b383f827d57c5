import type { Declaration } from '../../ir/declaration.js';
import { headKey, unapply } from '../../ir/expr-ops.js';
import { constant, type Expr } from '../../ir/expr.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { zero } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { isRecursive } from '../../kernel/inductive.js';
import { isNeverZero } from '../../kernel/level-order.js';
import type { Fact } from '../../kernel/refute/refuter.js';
import { domainsOf } from '../../ir/telescope.js';

/** A constant that may state what is false, and the step that brought it. */
export interface Statement extends Fact {
  readonly step: number;
}

/** Declarations that one step has added. */
export interface StepNews {
  readonly declarations: readonly Declaration[];
  /** The step was run now; otherwise it was looked at when it was. */
  readonly isFresh: boolean;
}

/** The statements among what a candidate's steps have brought. */
export class Statements {
  /** Declarations to read types with: those that are known in full. */
  readonly declarations: readonly Declaration[];
  readonly facts: readonly Statement[];
  /** Those that may be false, as far as a look at the end of their types tells. */
  readonly suspects: readonly Statement[];

  constructor(news: readonly StepNews[], isPlain: (type: Name) => boolean) {
    const all = news.flatMap(({ declarations }) => declarations);
    const own = new Set(plainTypes(all, isPlain));
    const made = madeByLean(all);
    const isKnownPlain = (name: Name): boolean => own.has(name) || isPlain(name);
    const maySay = ({ name, type }: Statement): boolean => {
      if (made.has(name)) return false;
      const result = headOfResult(type);
      if (result.kind === 'const') return !isKnownPlain(result.name);
      return !asksForResult(type, isKnownPlain);
    };
    this.declarations = all.filter(({ kind }) => kind !== 'axiom');
    this.facts = news.flatMap(({ declarations }, step) =>
      declarations.flatMap((declaration) => statementOf(step, declaration) ?? []),
    );
    const fresh = this.facts.filter(({ step }) => news[step]?.isFresh === true);
    this.suspects = this.facts.filter(
      (fact) =>
        maySay(fact) && (news[fact.step]?.isFresh === true || fresh.some((other) => denies(fact, other))),
    );
  }

  /** Names of what is stated, whose values nobody has asked for. */
  get names(): ReadonlySet<Name> {
    return new Set(this.facts.map(({ name }) => name));
  }
}

/** Whether a constant may be about an argument that another one gives, by a look at the type of the argument. */
function denies(fact: Statement, other: Statement): boolean {
  const wanted = headKey(other.type);
  if (domainsOf(fact.type).some((domain) => headKey(domain) === wanted)) return true;
  return fact.type.kind !== 'pi' && other !== fact && mayUnfold(fact.type);
}

/** A negation is one only when its definition is looked through. */
function mayUnfold(type: Expr): boolean {
  const { head } = unapply(type);
  return head.kind === 'const' && head.name === 'Not';
}

/** The statement of a declaration, level parameters put to zero; undefined if it makes a type, or is no proof. */
function statementOf(step: number, declaration: Declaration): Statement | undefined {
  switch (declaration.kind) {
    case 'definition':
      if (declaration.safety !== 'safe') return undefined;
      break;
    case 'opaque':
      if (declaration.unsafe) return undefined;
      break;
    case 'axiom':
    case 'theorem':
      break;
    case 'inductive':
    case 'mutual':
    case 'quotient':
    case 'bare quotient':
      return undefined;
  }
  const { name, levelParams } = declaration;
  if (headOfResult(declaration.type).kind === 'sort') return undefined;
  const levels = levelParams.map(() => zero);
  const type = instantiateLevels(declaration.type, levelParams, levels);
  return { step, name, term: constant(name, levels), type };
}

/** The head of a type's result, behind the arguments that are written out. */
function headOfResult(type: Expr): Expr {
  let result = type;
  for (;;) {
    if (result.kind === 'pi') result = result.body;
    else if (result.kind === 'mdata') result = result.of;
    else break;
  }
  return unapply(result).head;
}

/**
 * Inductive types that have a value whatever their parameters are, by a look at their constructors: one needs no
 * fields, or only such as are of a plain type or a sort.
 */
export function plainTypes(declarations: readonly Declaration[], isPlain: (type: Name) => boolean): Name[] {
  const inductives = declarations.filter((declaration) => declaration.kind === 'inductive');
  const plain = new Set<Name>();
  const isPlainField = (type: Expr): boolean => {
    const result = headOfResult(type);
    return (
      result.kind === 'sort' || (result.kind === 'const' && (plain.has(result.name) || isPlain(result.name)))
    );
  };
  for (let before = -1; before !== plain.size;) {
    before = plain.size;
    for (const { parameters, types } of inductives)
      for (const { name, type, constructors } of types)
        if (
          domainsOf(type).length === parameters &&
          constructors.some((made) => domainsOf(made.type).slice(parameters).every(isPlainField))
        )
          plain.add(name);
  }
  return [...plain];
}

/**
 * Whether a function gives whatever its variable stands for, and asks for the same itself, from arguments that exist:
 * what takes an inductive type apart does. No choice of the variable makes it false.
 */
function asksForResult(type: Expr, isPlain: (type: Name) => boolean): boolean {
  const domains = domainsOf(type);
  const result = headOfResult(type);
  if (result.kind !== 'bvar') return false;
  const variable = domains.length - 1 - result.index;
  const isVariable = (head: Expr, depth: number): boolean =>
    head.kind === 'bvar' && depth - 1 - head.index === variable;
  return domains.some((domain, at) => {
    const fields = domainsOf(domain);
    if (!isVariable(headOfResult(domain), at + fields.length)) return false;
    return fields.every((field, inner) => {
      const head = headOfResult(field);
      if (head.kind === 'bvar') return !isVariable(head, at + inner + domainsOf(field).length);
      return head.kind === 'sort' || (head.kind === 'const' && isPlain(head.name));
    });
  });
}

/**
 * Constants that Lean's elaborator always makes of an inductive type that is no proposition, by name. No text can
 * declare them, for they stand there before it can; they say nothing of their own, but what the type's recursor says.
 */
function madeByLean(declarations: readonly Declaration[]): ReadonlySet<Name> {
  const names = new Set<Name>();
  for (const declaration of declarations) {
    if (declaration.kind !== 'inductive') continue;
    const parts = isRecursive(declaration)
      ? ['noConfusion', 'brecOn', 'brecOn.go', 'brecOn.eq']
      : ['noConfusion'];
    for (const { name, type } of declaration.types) {
      const result = headOfResult(type);
      if (result.kind === 'sort' && isNeverZero(result.level))
        parts.forEach((part) => names.add(`${name}.${part}`));
    }
  }
  return names;
}

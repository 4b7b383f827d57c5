import type { Declaration } from '../../ir/declaration.js';
import { unapply } from '../../ir/expr-ops.js';
import { constant, type Expr } from '../../ir/expr.js';
import { instantiateLevels } from '../../ir/instantiate-levels.js';
import { zero } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import type { Fact } from '../../kernel/refute/refuter.js';

/** A constant that may state what is false, and the step that brought it. */
export interface Statement extends Fact {
  readonly step: number;
}

/** What one step has brought. */
export interface StepNews {
  readonly declarations: readonly Declaration[];
  /** The step was run now; otherwise it was looked at when it was. */
  readonly isFresh: boolean;
}

/** The statements among what a candidate's steps have brought. */
export class Statements {
  /** What to read types with: all that is known whole. */
  readonly declarations: readonly Declaration[];
  readonly facts: readonly Statement[];
  /** Those that may be false, as far as a look at the end of their types tells. */
  readonly suspects: readonly Statement[];

  constructor(news: readonly StepNews[], isPlain: (type: Name) => boolean) {
    const all = news.flatMap(({ declarations }) => declarations);
    const plain = new Set(plainTypes(all));
    const maySay = ({ type }: Statement): boolean => {
      const result = resultOf(type);
      return result.kind !== 'const' || !(plain.has(result.name) || isPlain(result.name));
    };
    this.declarations = all.filter(({ kind }) => kind !== 'axiom');
    this.facts = news.flatMap(({ declarations }, step) =>
      declarations.flatMap((declaration) => statementOf(step, declaration) ?? []),
    );
    const fresh = this.facts.filter(({ step }) => news[step]?.isFresh === true);
    this.suspects = this.facts.filter(
      (fact) => maySay(fact) && (news[fact.step]?.isFresh === true || fresh.some((other) => denies(fact, other))),
    );
  }

  /** Names of what is stated, whose values nobody has asked for. */
  get names(): ReadonlySet<Name> {
    return new Set(this.facts.map(({ name }) => name));
  }
}

/** Whether a constant may be about an argument that another one gives, by a look at the type of the argument. */
function denies(fact: Statement, other: Statement): boolean {
  const wanted = headName(other.type);
  for (let rest = fact.type; rest.kind === 'pi'; rest = rest.body) if (headName(rest.type) === wanted) return true;
  return fact.type.kind !== 'pi' && other !== fact && mayUnfold(fact.type);
}

/** A negation is one only when its definition is looked through. */
function mayUnfold(type: Expr): boolean {
  const { head } = unapply(type);
  return head.kind === 'const' && head.name === 'Not';
}

function headName(type: Expr): string {
  const { head } = unapply(type);
  return head.kind === 'const' ? head.name : head.kind;
}

/** What a declaration states, its level parameters put to zero; undefined for one that makes a type, or is no proof. */
export function statementOf(step: number, declaration: Declaration): Statement | undefined {
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
      return undefined;
  }
  const { name, levelParams } = declaration;
  if (resultOf(declaration.type).kind === 'sort') return undefined;
  const levels = levelParams.map(() => zero);
  const type = instantiateLevels(declaration.type, levelParams, levels);
  return { step, name, term: constant(name, levels), type };
}

/** What a type ends in, behind the arguments that are written out. */
export function resultOf(type: Expr): Expr {
  let result = type;
  for (;;) {
    if (result.kind === 'pi') result = result.body;
    else if (result.kind === 'mdata') result = result.of;
    else break;
  }
  return unapply(result).head;
}

/** Inductive types that have a value whatever their parameters are, by a look at their constructors. */
export function plainTypes(declarations: readonly Declaration[]): Name[] {
  return declarations.flatMap((declaration) => {
    if (declaration.kind !== 'inductive') return [];
    const { parameters, types } = declaration;
    return types
      .filter(({ type, constructors }) => {
        return binders(type) === parameters && constructors.some((made) => binders(made.type) === parameters);
      })
      .map(({ name }) => name);
  });
}

function binders(type: Expr): number {
  let count = 0;
  for (let rest = type; rest.kind === 'pi'; rest = rest.body) count++;
  return count;
}

import type { Unit } from '../../api/candidate.js';
import type { InputLevel } from '../../api/execution.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Environment } from '../../kernel/environment.js';
import type { Random } from '../../util/random.js';
import { contextOf, declarationOf } from '../kernel/context.js';
import { putInDeclaration } from './in-declaration.js';
import { putInText } from './in-text.js';
import { readDictionaries } from './read-dictionary.js';
import type { Token } from './token.js';

/** Name in lineages of what a dictionary has changed. */
export const dictionaryName = 'dictionary';

/** How often a candidate gets a token, and how often one more. */
const share = 0.4;
/** Tries at finding a token and a place that go together. */
const attempts = 4;

/** Tokens that the user wants to see in candidates: names, literals, universe levels and snippets. */
export class Dictionary {
  constructor(private readonly tokens: readonly Token[]) {}

  /** The dictionary of some files; undefined where none are named. UserError (2) for a bad one. */
  static of(files: readonly string[]): Dictionary | undefined {
    return files.length === 0 ? undefined : new Dictionary(readDictionaries(files));
  }

  /** A candidate's units with tokens in them; undefined where it is not their turn, or nothing takes one. */
  put(
    random: Random,
    level: InputLevel,
    units: readonly Unit[],
    base: Environment,
    tag: string,
  ): Unit[] | undefined {
    const into = (token: Token, before: readonly Unit[]): Unit[] | undefined =>
      level === 'source' ? putInText(random, token, before, tag) : putInUnits(random, token, before, base);
    let changed: Unit[] | undefined;
    while (random.chance(share)) {
      const next = this.putOne(random, (token) => into(token, changed ?? units));
      if (next === undefined) break;
      changed = next;
    }
    return changed;
  }

  private putOne(random: Random, into: (token: Token) => Unit[] | undefined): Unit[] | undefined {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const put = into(random.pick(this.tokens));
      if (put !== undefined) return put;
    }
    return undefined;
  }
}

/** Later units more often: what is before a change need not run again. */
function putInUnits(
  random: Random,
  token: Token,
  units: readonly Unit[],
  base: Environment,
): Unit[] | undefined {
  const index = Math.max(random.below(units.length), random.below(units.length));
  const unit = units[index];
  const declaration = unit === undefined ? undefined : declarationOf(unit);
  if (unit === undefined || declaration === undefined) return undefined;
  const context = contextOf(base, units.slice(0, index));
  const changed = putInDeclaration(random, token, declaration, context);
  if (changed === undefined) return undefined;
  const mentioned = [...mentionedNames(changed)].map((name) => name.replace(/\.rec$/, ''));
  const uses = [...new Set(mentioned)].filter((name) => context.owners.has(name));
  return units.with(index, KernelUnit.of(changed, { uses, expected: 'any' }));
}

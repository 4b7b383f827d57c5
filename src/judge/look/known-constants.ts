import type { Declared } from '../../api/execution.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { MalformedWords } from '../../ir/decode.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { child, type Name } from '../../ir/name.js';
import { decode } from '../../ir/tree-builder.js';
import { assume } from '../../kernel/assume.js';
import { baseEnvironment } from '../../kernel/base-environment.js';
import { Environment, type Constant } from '../../kernel/environment.js';
import { plainTypes } from './statements.js';

/** The quotient, which no terms declare. */
const quotient = ['Quot', 'Quot.mk', 'Quot.lift', 'Quot.ind'].flatMap(
  (name) => baseEnvironment.find(name) ?? [],
);

/** Brought by an answer besides imported constants: the others, and names that are mentioned and still unknown. */
export interface Learned {
  readonly own: readonly Declaration[];
  readonly mentioned: readonly Name[];
}

/**
 * The known ones of a Lean's imported constants: those that were asked for, as that Lean declares them. They are the
 * same for every candidate, so that each is asked for once.
 */
export class KnownConstants {
  /** Names that were looked for in vain since `forget`. */
  readonly unknown = new Set<Name>();
  private readonly declarations = new Map<Name, Declaration>();
  private readonly plain = new Set<Name>();
  private readonly recursors = new Map<Name, Constant>();
  private readonly hear = (name: Name): unknown => this.unknown.add(name);
  private imported = this.root();

  /** The imported constants with declarations on top. */
  with(added: readonly Declaration[]): Environment {
    return inOrder(added).reduce(assume, this.imported);
  }

  /** Whether an imported inductive type has a value whatever its parameters are; false where that is not known. */
  isPlain(type: Name): boolean {
    return this.plain.has(type);
  }

  /** Whether an imported constant is known. */
  has(name: Name): boolean {
    return this.imported.find(name) !== undefined;
  }

  /** Takes in the imported constants of an answer; returns the others, and what is mentioned and still unknown. */
  learn(declared: Declared): Learned {
    const imported = readDeclarations(declared.imported);
    const own = readDeclarations(declared.added);
    if (imported.length > 0) {
      for (const declaration of imported)
        this.declarations.set(declaredNames(declaration)[0] ?? '', declaration);
      plainTypes(imported, (name) => this.plain.has(name)).forEach((name) => this.plain.add(name));
      this.imported = this.flat(inOrder([...this.declarations.values()]).reduce(assume, this.root()));
    }
    const mentioned = [...imported, ...own]
      .filter(({ kind }) => kind === 'definition')
      .flatMap((declaration) => [...mentionedNames(declaration)])
      .filter((name) => this.imported.find(name) === undefined);
    return { own, mentioned };
  }

  /** The same as one layer: candidates extend it all the time. Deriving a recursor is dear: on request, and once. */
  private flat(environment: Environment): Environment {
    const recursors = environment.added
      .filter(({ details }) => details.kind === 'inductive')
      .map(({ name }) => child(name, 'rec'));
    const derive = (recursor: Name): Constant | undefined => {
      const derived = this.recursors.get(recursor) ?? environment.find(recursor);
      if (derived !== undefined) this.recursors.set(recursor, derived);
      return derived;
    };
    return Environment.root(
      environment.written,
      this.hear,
      new Map(recursors.map((name) => [name, () => derive(name)])),
    );
  }

  private root(): Environment {
    return Environment.root(quotient, this.hear);
  }
}

/** Declarations out of an environment; none where their words are beyond what we read. */
export function readDeclarations(words: Uint32Array): Declaration[] {
  try {
    return decode(words);
  } catch (error) {
    if (error instanceof MalformedWords) return [];
    throw error;
  }
}

/**
 * Declarations in an order in which each stands behind what it mentions: what is derived of a type needs that. Each
 * name once, as it was given last.
 */
function inOrder(declarations: readonly Declaration[]): Declaration[] {
  const byName = new Map(
    declarations.flatMap((declaration) => namesOf(declaration).map((name) => [name, declaration] as const)),
  );
  const ordered = new Set<Declaration>();
  const entered = new Set<Declaration>();
  for (const first of byName.values()) {
    // Without recursion: constants may build on each other as long as they like.
    const open = [first];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const isNew = !entered.has(top);
      entered.add(top);
      const needed = isNew ? [...mentionedNames(top)].flatMap((name) => byName.get(name) ?? []) : [];
      const missing = needed.filter((one) => !entered.has(one));
      if (missing.length > 0) open.push(...missing.reverse());
      else {
        open.pop();
        ordered.add(top);
      }
    }
  }
  return [...ordered];
}

/** The names that are known with a declaration. */
export function namesOf(declaration: Declaration): Name[] {
  const names = declaredNames(declaration);
  return declaration.kind === 'inductive'
    ? [...names, ...declaration.types.map((type) => child(type.name, 'rec'))]
    : names;
}

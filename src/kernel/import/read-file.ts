import { declaredNames, type Declaration, type Definition } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { noAnswer, refuses, type AnswerWith } from '../../util/answer.js';
import { never } from '../../util/errors.js';
import { readDeclaration, type Declared } from './declarations.js';
import { fieldsOf } from './fields.js';
import { Lines } from './lines.js';
import { FileProblem, malformed } from './problem.js';
import { ImportTables } from './tables.js';

/** The declarations of an open file in lean4export's format, in its order, as they are written: nothing is checked. */
export function readDeclarations(
  descriptor: number,
): AnswerWith<{ readonly declarations: readonly Declaration[] }> {
  const lines = new Lines(descriptor);
  const tables = new ImportTables();
  const reading = new Reading();
  try {
    for (const text of lines) {
      const line = fieldsOf(parsed(text), 'line');
      if (lines.at > 1 && !tables.take(line)) reading.take(readDeclaration(tables, line));
    }
    reading.end();
    return { kind: 'accepts', declarations: reading.declarations };
  } catch (error) {
    if (error instanceof FileProblem) {
      const why = `line ${lines.at}: ${error.message}`;
      return error.kind === 'refuses' ? refuses(why) : noAnswer(why);
    }
    if (error instanceof RangeError) return noAnswer(`line ${lines.at}: too deep or too large`);
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('no JSON');
  }
}

class Reading {
  readonly declarations: Declaration[] = [];
  /** Definitions that are not safe, by the names of their block: its lines stand apart. */
  private readonly open = new Map<string, Map<Name, Definition>>();
  private hasQuotient = false;

  take(declared: Declared): void {
    switch (declared.kind) {
      case 'single':
        return this.single(declared.declaration, declared.all);
      case 'inductive':
        this.declarations.push(declared.declaration);
        return;
      case 'quotient':
        if (!this.hasQuotient) this.declarations.push({ kind: 'quotient' });
        this.hasQuotient = true;
        return;
      default:
        never(declared);
    }
  }

  end(): void {
    for (const block of this.open.keys()) throw malformed(`the block ${block} is not whole`);
  }

  private single(declaration: Declaration, all: readonly Name[]): void {
    if (declaration.kind !== 'definition' || declaration.safety === 'safe' || all.length < 2) {
      this.declarations.push(declaration);
      return;
    }
    const key = all.join(', ');
    const found = (this.open.get(key) ?? new Map<Name, Definition>()).set(declaration.name, declaration);
    this.open.set(key, found);
    const definitions = all.flatMap((name) => found.get(name) ?? []);
    if (definitions.length < all.length) return;
    this.open.delete(key);
    this.declarations.push({ kind: 'mutual', definitions });
  }
}

/** Declarations without those whose names are all taken in a base environment: an export brings that along. */
export function withoutBase(
  declarations: readonly Declaration[],
  isBase: (name: Name) => boolean,
): Declaration[] {
  return declarations.filter((declaration) => !declaredNames(declaration).every(isBase));
}

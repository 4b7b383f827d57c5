/**
 * Checks a file of lean4export's NDJSON format: first the line that says what made it, then names, levels, expressions
 * and declarations, each behind what it is made of. Everything is read and checked line by line; what a file says
 * though a kernel derives it is compared, and never believed.
 */
import {
  declaredNames,
  type Declaration,
  type Inductive,
  type MutualDefinitions,
} from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { accepts, type Answer } from '../../util/answer.js';
import { never } from '../../util/errors.js';
import { Kernel } from '../kernel.js';
import type { Mode } from '../mode.js';
import { Blocks } from './blocks.js';
import { firstLie, headerLie } from './compare.js';
import { quotientParts, type Declared } from './declarations.js';
import { answerOf, declaredIn } from './declared-lines.js';
import { Lines } from './lines.js';
import { malformed, tooMuch } from './problem.js';
import type { WrittenInductive } from './written.js';

export interface CheckFileOptions {
  readonly mode: Mode;
  /** Steps that one declaration may take. */
  readonly steps: number;
  /** Axioms that a file may declare; null for any. */
  readonly permittedAxioms: ReadonlySet<Name> | null;
}

/** The answer of our kernel to a file. */
export interface FileAnswer {
  readonly answer: Answer;
  /** The line that decided; the last one of an accepted file. */
  readonly line: number;
  /** Constants that were declared before that. */
  readonly constants: number;
  readonly axioms: readonly Name[];
}

/** Checks what an open file declares. Never throws for what is in the file. */
export function checkFile(descriptor: number, options: CheckFileOptions): FileAnswer {
  const lines = new Lines(descriptor);
  const check = new FileCheck(options);
  const said = (answer: Answer): FileAnswer => ({
    answer,
    line: lines.at,
    constants: check.constants,
    axioms: check.axioms,
  });
  try {
    for (const declared of declaredIn(lines)) check.take(declared);
    check.end();
    return said(accepts);
  } catch (error) {
    return said(answerOf(error));
  }
}

/** The declarations of one file, in its order. */
class FileCheck {
  constants = 0;
  readonly axioms: Name[] = [];
  private readonly kernel: Kernel;
  private readonly blocks = new Blocks();
  private quotientParts = 0;

  constructor(private readonly options: CheckFileOptions) {
    this.kernel = new Kernel(options.mode, { steps: options.steps, sharesLevels: true });
  }

  /** Throws where a block or the quotient is incomplete at the end of the file. */
  end(): void {
    this.blocks.end();
    const lacking = quotientParts[this.quotientParts];
    if (this.quotientParts > 0 && lacking !== undefined) throw malformed(`quot: the ${lacking} is lacking`);
  }

  take(declared: Declared): void {
    switch (declared.kind) {
      case 'single':
        return this.declareSingle(declared.declaration, declared.all);
      case 'inductive':
        return this.declareInductive(declared.declaration, declared.written);
      case 'quotient':
        return this.declareQuotient(declared);
      default:
        return never(declared);
    }
  }

  private declareSingle(declaration: Declaration, all: readonly Name[]): void {
    if (declaration.kind === 'axiom') {
      const { permittedAxioms } = this.options;
      if (permittedAxioms !== null && !permittedAxioms.has(declaration.name))
        throw malformed(`the axiom ${declaration.name} is not permitted`);
      this.add(declaration);
      this.axioms.push(declaration.name);
    } else if (declaration.kind === 'definition' && declaration.safety !== 'safe')
      this.addBlock(this.blocks.take(declaration, all.length === 0 ? [declaration.name] : all));
    else this.add(declaration);
  }

  private addBlock(block: MutualDefinitions | undefined): void {
    if (block !== undefined) this.add(block);
  }

  private declareInductive(declaration: Inductive, written: WrittenInductive): void {
    this.add(declaration);
    const lie = firstLie(this.kernel.environment, declaration, written);
    if (lie !== undefined) throw malformed(lie);
    this.constants += written.recursors.length;
  }

  private declareQuotient({ part, header }: Extract<Declared, { kind: 'quotient' }>): void {
    const expected = quotientParts[this.quotientParts];
    if (part !== expected)
      throw malformed(
        `quot: got the ${part}, expected ${expected === undefined ? 'no more' : `the ${expected}`}`,
      );
    if (this.quotientParts === 0) this.add({ kind: 'quotient' });
    const name = declaredNames({ kind: 'quotient' })[this.quotientParts++] ?? '';
    const constant = this.kernel.environment.find(name);
    const lie = constant === undefined ? `${name} did not come of it` : headerLie(constant, header);
    if (lie !== undefined) throw malformed(lie);
  }

  private add(declaration: Declaration): void {
    const answer = this.kernel.add(declaration);
    const names = declaredNames(declaration);
    const about = names[0] === '' ? 'the anonymous name' : (names[0] ?? 'a block without definitions');
    if (answer.kind === 'refuses') throw malformed(`${about}: ${answer.why}`);
    if (answer.kind === 'noAnswer') throw tooMuch(`${about}: ${answer.why}`);
    this.constants += names.length;
  }
}

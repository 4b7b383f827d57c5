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
import { accepts, noAnswer, refuses, type Answer } from '../../util/answer.js';
import { never } from '../../util/errors.js';
import { assume } from '../assume.js';
import type { Opinion } from '../check.js';
import { Kernel } from '../kernel.js';
import type { Mode } from '../mode.js';
import { Blocks } from './blocks.js';
import { firstLie, headerLie } from './compare.js';
import { quotientParts, type Declared } from './declarations.js';
import { answerOf, declaredIn } from './declared-lines.js';
import { Lines } from './lines.js';
import { brief, malformed, tooMuch } from './problem.js';
import type { WrittenInductive } from './written.js';

export interface CheckFileOptions {
  readonly mode: Mode;
  /** Steps that one declaration may take. */
  readonly steps: number;
  /** Axioms that a file may declare; null for any. */
  readonly permittedAxioms: ReadonlySet<Name> | null;
  /**
   * Whether to go on behind a declaration that is not accepted, as if it had been: later ones may build on it. By
   * default the first decides.
   */
  readonly every?: boolean;
}

/** The answer of our kernel to a file. */
export interface FileAnswer {
  readonly answer: Answer;
  /** The line that decided; the last one of an accepted file. */
  readonly line: number;
  /** Constants that were declared before that. */
  readonly constants: number;
  readonly axioms: readonly Name[];
  /** Where every declaration was asked for. */
  readonly every?: EveryAnswer;
}

/** The answers to all declarations of a file: how many there are, and each that was not accepted. */
export interface EveryAnswer {
  readonly declarations: number;
  /** Those that were not accepted, in the file's order. */
  readonly others: readonly DeclarationAnswer[];
  /** Time that checking took, without reading the file. */
  readonly micros: number;
}

export interface DeclarationAnswer {
  /** The declaration's number in the file, from 0. */
  readonly at: number;
  /** The line that it ends in. */
  readonly line: number;
  readonly name: Name;
  readonly answer: Exclude<Answer, { kind: 'accepts' }>;
}

/** Checks what an open file declares. Never throws for what is in the file. */
export function checkFile(descriptor: number, options: CheckFileOptions): FileAnswer {
  const lines = new Lines(descriptor);
  const check = new FileCheck(options, lines);
  const said = (answer: Answer): FileAnswer => ({
    answer,
    line: lines.at,
    constants: check.constants,
    axioms: check.axioms,
    ...(options.every === true ? { every: check.every } : {}),
  });
  try {
    for (const declared of declaredIn(lines)) check.take(declared);
    check.end();
    return said(answerOfAll(check.every));
  } catch (error) {
    return said(answerOf(error));
  }
}

/** Why a declaration is not accepted, with its name in front, once. */
function whyNot(name: string, opinion: Exclude<Opinion, { kind: 'accept' }>): string {
  const isNamed = opinion.kind === 'reject' && opinion.where === name;
  return isNamed ? opinion.reason : `${name}: ${opinion.reason}`;
}

/** The answer to a file by those to its declarations. */
function answerOfAll({ declarations, others }: EveryAnswer): Answer {
  const [first] = others;
  if (first === undefined) return accepts;
  const refused = others.filter(({ answer }) => answer.kind === 'refuses');
  const [worst = first] = refused;
  const why = `${others.length} of ${declarations} declarations are not accepted, first ${worst.answer.why}`;
  return refused.length > 0 ? refuses(why) : noAnswer(why);
}

/** The declarations of one file, in its order. */
class FileCheck {
  constants = 0;
  readonly axioms: Name[] = [];
  private readonly kernel: Kernel;
  private readonly blocks = new Blocks();
  private quotientParts = 0;
  private declarations = 0;
  private micros = 0;
  private readonly others: DeclarationAnswer[] = [];

  constructor(
    private readonly options: CheckFileOptions,
    private readonly lines: { readonly at: number },
  ) {
    this.kernel = new Kernel(options.mode, { steps: options.steps, sharesLevels: true });
  }

  get every(): EveryAnswer {
    const { declarations, others, micros } = this;
    return { declarations, others, micros: Math.round(micros) };
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
      const isPermitted = permittedAxioms?.has(declaration.name) ?? true;
      this.add(declaration, () =>
        isPermitted ? undefined : `the axiom ${declaration.name} is not permitted`,
      );
      this.axioms.push(declaration.name);
    } else if (declaration.kind === 'definition' && declaration.safety !== 'safe')
      this.addBlock(this.blocks.take(declaration, all));
    else this.add(declaration);
  }

  private addBlock(block: MutualDefinitions | undefined): void {
    if (block !== undefined) this.add(block);
  }

  private declareInductive(declaration: Inductive, written: WrittenInductive): void {
    this.add(declaration, () => firstLie(this.kernel.environment, declaration, written));
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

  /** `objection` is asked about what was accepted. */
  private add(declaration: Declaration, objection: () => string | undefined = () => undefined): void {
    const names = declaredNames(declaration);
    const about = names[0] === '' ? 'the anonymous name' : (names[0] ?? 'a block without definitions');
    const before = this.kernel.environment;
    const startedAt = performance.now();
    const opinion = this.kernel.declare(declaration);
    this.micros += (performance.now() - startedAt) * 1000;
    const why = opinion.kind === 'accept' ? objection() : whyNot(about, opinion);
    const at = this.declarations++;
    this.constants += names.length;
    if (why === undefined) return;
    const isOpen = opinion.kind === 'unknown';
    if (this.options.every !== true) {
      this.constants -= names.length;
      throw isOpen ? tooMuch(why) : malformed(why);
    }
    const said = isOpen ? noAnswer(brief(why)) : refuses(brief(why));
    this.others.push({ at, line: this.lines.at, name: names[0] ?? '', answer: said });
    if (opinion.kind !== 'accept') this.kernel.continueIn(assume(before, declaration));
  }
}

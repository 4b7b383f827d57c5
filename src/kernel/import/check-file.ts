/**
 * Checks a file of lean4export's NDJSON format: first the line that says what made it, then names, levels, expressions
 * and declarations, each behind what it is made of. Everything is read and checked line by line; what a file says
 * though a kernel derives it is compared, and never believed.
 */
import { getHeapStatistics } from 'node:v8';
import { declaredNames, type Declaration, type Definition, type Inductive } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { accepts, noAnswer, refuses, type Answer } from '../../util/answer.js';
import { never } from '../../util/errors.js';
import { Kernel } from '../kernel.js';
import type { Mode } from '../mode.js';
import { firstLie, headerLie } from './compare.js';
import { quotientParts, readDeclaration, type Declared } from './declarations.js';
import { fieldsOf, shown, type Fields } from './fields.js';
import { Lines } from './lines.js';
import { FileProblem, malformed, tooMuch } from './problem.js';
import { ImportTables } from './tables.js';
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
    for (const text of lines) {
      if (lines.at % linesPerLook === 0) lookAtMemory();
      if (lines.at === 1) readMeta(text);
      else check.take(parsed(text));
    }
    if (lines.at === 0) throw malformed('an empty file, expected a line with meta first');
    check.end();
    return said(accepts);
  } catch (error) {
    if (error instanceof FileProblem)
      return said(error.kind === 'refuses' ? refuses(error.message) : noAnswer(error.message));
    if (error instanceof RangeError) return said(noAnswer('too deep or too large'));
    throw error;
  }
}

const linesPerLook = 1 << 12;
/** Part of the heap that the file may fill. */
const heapShare = 0.85;

function lookAtMemory(): void {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  if (used > limit * heapShare) throw tooMuch(`more than fits into ${Math.round(limit / 2 ** 20)} MiB`);
}

function parsed(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(text === '' ? 'an empty line' : 'no JSON');
  }
  return fieldsOf(value, 'line');
}

/** Of the first line, only the version of the format is looked at. */
function readMeta(text: string): void {
  const line = parsed(text);
  if (!Object.hasOwn(line, 'meta')) throw malformed('lacks "meta", which is the first line of a file');
  const meta = fieldsOf(line['meta'], 'meta');
  if (!Object.hasOwn(meta, 'format')) return;
  const { version } = fieldsOf(meta['format'], 'meta, format');
  if (typeof version !== 'string' || !/^3\.[1-9]/.test(version))
    throw tooMuch(`meta, format: got version ${shown(version)}, expected 3.1.0`);
}

/** The declarations of one file, in its order. */
class FileCheck {
  constants = 0;
  readonly axioms: Name[] = [];
  private readonly tables = new ImportTables();
  private readonly kernel: Kernel;
  /** Definitions of blocks that are not whole yet, by the names of the block. */
  private readonly open = new Map<string, Map<Name, Definition>>();
  private quotientParts = 0;

  constructor(private readonly options: CheckFileOptions) {
    this.kernel = new Kernel(options.mode, { steps: options.steps, sharesLevels: true });
  }

  take(line: Fields): void {
    if (!this.tables.take(line)) this.declare(readDeclaration(this.tables, line));
  }

  /** Throws where a block or the quotient is incomplete at the end of the file. */
  end(): void {
    for (const [block, found] of this.open)
      throw malformed(`of the block ${block}, only ${[...found.keys()].join(', ')} is there`);
    const lacking = quotientParts[this.quotientParts];
    if (this.quotientParts > 0 && lacking !== undefined) throw malformed(`quot: the ${lacking} is lacking`);
  }

  private declare(declared: Declared): void {
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
      this.gather(declaration, all.length === 0 ? [declaration.name] : all);
    else this.add(declaration);
  }

  /** Collects a block of unsafe or partial definitions, which may mention each other, and declares it once complete. */
  private gather(definition: Definition, all: readonly Name[]): void {
    const { name } = definition;
    if (!all.includes(name)) throw malformed(`${name} is not in its own block`);
    const key = all.join(', ');
    const found = this.open.get(key) ?? new Map<Name, Definition>();
    if (found.has(name)) throw malformed(`${name} is declared twice`);
    this.open.set(key, found.set(name, definition));
    const definitions = all.flatMap((one) => found.get(one) ?? []);
    if (definitions.length < all.length) return;
    this.open.delete(key);
    this.add({ kind: 'mutual', definitions });
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

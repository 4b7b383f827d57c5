/**
 * All that some declarations rest on, imported constants included, as an export needs it that leaves nothing
 * undeclared:
 *
 *   declarations -> names that they mention -> asked for -> names that those mention -> ... -> in order
 */
import { noAnswer, type AnswerWith } from '../../api/answer.js';
import type { InputLevel, Job, Step } from '../../api/execution.js';
import { environmentLimits } from '../../ir/codec.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { MalformedWords } from '../../ir/decode.js';
import { nameParts, nameOf, type Name } from '../../ir/name.js';
import { decode } from '../../ir/tree-builder.js';
import { neededNames } from '../../kernel/export/base-needed.js';
import { unfinished } from '../no-answer.js';
import type { JobRunner } from './job-runner.js';

/** Constants that are asked for at once. */
const batch = 150;
/** Constants that an export may have. */
const maxConstants = 20_000;

const quotientNames = new Set(declaredNames({ kind: 'quotient' }));

export interface Whole {
  /** Each behind what it needs. */
  readonly declarations: readonly Declaration[];
  /** Imported constants that this Lean knows the type of alone: its library has no proofs and not all values. */
  readonly assumed: readonly Name[];
}

/** Where the constants are asked for: in the state behind some steps. */
export interface StateAfter {
  readonly level: InputLevel;
  readonly steps: readonly Step[];
}

/** The declarations with all that they and `wanted` rest on; no answer where some of it can't be had. */
export async function wholeOf(
  runner: Pick<JobRunner, 'run'>,
  { level, steps }: StateAfter,
  own: readonly Declaration[],
  wanted: readonly Name[] = [],
): Promise<AnswerWith<Whole>> {
  const found = new Found(own);
  wanted.forEach((name) => found.want(name));
  for (let names = found.take(batch); names.length > 0; names = found.take(batch)) {
    const job: Job = { level, steps, claims: [], declare: names, large: true };
    const [execution] = await runner.run([job]);
    if (execution?.end.kind !== 'finished' || execution.declared === undefined) return unfinished(execution);
    const { imported, added } = execution.declared;
    try {
      found.learn(decode(imported, environmentLimits), true);
      found.learn(decode(added, environmentLimits), false);
    } catch (error) {
      if (!(error instanceof MalformedWords)) throw error;
      return noAnswer(`constants that can not be read as declarations: ${error.message}`);
    }
    const lacking = names.filter((name) => !found.has(name));
    if (lacking.length > 0) return noAnswer(`no declaration is to be had of ${lacking.join(', ')}`);
    if (found.size > maxConstants) return noAnswer(`it rests on more than ${maxConstants} constants`);
  }
  return { kind: 'accepts', declarations: found.inOrder(), assumed: found.assumed };
}

/** Declarations by the names that they declare, and the names that are still to be asked for. */
class Found {
  readonly assumed: Name[] = [];
  private readonly byName = new Map<Name, Declaration>();
  private readonly needs = new Map<Declaration, readonly Name[]>();
  private readonly asked = new Set<Name>();
  private open: Name[] = [];

  constructor(own: readonly Declaration[]) {
    own.forEach((declaration) => this.put(declaration));
    for (const declaration of this.needs.keys()) this.wantNeedsOf(declaration);
  }

  get size(): number {
    return this.needs.size;
  }

  has(name: Name): boolean {
    return this.owner(name) !== undefined;
  }

  want(name: Name): void {
    if (this.has(name) || this.asked.has(name)) return;
    this.asked.add(name);
    if (quotientNames.has(name)) this.learn([{ kind: 'quotient' }], false);
    else this.open.push(name);
  }

  /** Up to so many names to ask for, each once. */
  take(count: number): Name[] {
    this.open = this.open.filter((name) => !this.has(name));
    return this.open.splice(0, count);
  }

  learn(declarations: readonly Declaration[], areImported: boolean): void {
    for (const declaration of declarations) {
      if (declaredNames(declaration).some((name) => this.byName.has(name))) continue;
      this.put(declaration);
      if (areImported && declaration.kind === 'axiom') this.assumed.push(declaration.name);
      this.wantNeedsOf(declaration);
    }
  }

  /** Without recursion: constants may build on each other as long as they like. */
  inOrder(): Declaration[] {
    const ordered = new Set<Declaration>();
    const entered = new Set<Declaration>();
    for (const first of this.needs.keys()) {
      const open = [first];
      for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
        const isNew = !entered.has(top);
        entered.add(top);
        const missing = isNew
          ? (this.needs.get(top) ?? [])
              .flatMap((name) => this.owner(name) ?? [])
              .filter((one) => !entered.has(one))
          : [];
        if (missing.length > 0) open.push(...missing);
        else {
          open.pop();
          ordered.add(top);
        }
      }
    }
    return [...ordered];
  }

  private put(declaration: Declaration): void {
    this.needs.set(declaration, neededNames(declaration));
    for (const name of declaredNames(declaration)) this.byName.set(name, declaration);
  }

  private wantNeedsOf(declaration: Declaration): void {
    for (const name of this.needs.get(declaration) ?? []) this.want(name);
  }

  /** The declaration of a name; a recursor comes with its type. */
  private owner(name: Name): Declaration | undefined {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const parts = nameParts(name);
    const last = parts.at(-1);
    if (typeof last !== 'string' || !/^rec(_\d+)?$/.test(last)) return undefined;
    const type = this.byName.get(nameOf(parts.slice(0, -1)));
    return type?.kind === 'inductive' ? type : undefined;
  }
}

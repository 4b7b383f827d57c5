/**
 * One way to make something smaller, for entries and findings alike: passes of edits, the coarse before the fine
 * ones. Each edit is tested in the order in which its pass lists them, and the first that will do is kept, however
 * many are tested at once: what comes of it hangs on nobody's speed.
 */
import type { Answer } from '../../api/answer.js';
import { never } from '../../util/errors.js';

/** A way to make something smaller, worked out when it is tried; undefined where it does not apply after all. */
export type Edit<T> = () => T | undefined;

/** Edits of one kind. */
export interface Pass<T> {
  readonly name: string;
  /** The edits of a form, without the first `tried` of them. */
  edits(form: T, tried: number): Iterable<Edit<T>>;
}

/** How forms are tested, and when it ends. */
export interface ShrinkOptions<T> {
  /** Whether each of some forms will do, in their order. */
  readonly test: (forms: readonly T[]) => Promise<readonly Answer[]>;
  /** How many forms are tested at once. */
  readonly batch: number;
  /** Whether an edited form is less than the one before it; others are not tested. By default all are. */
  readonly isLess?: (edited: T, than: T) => boolean;
  /** Tests that may be spent. */
  readonly budget: number;
  /** Whether there is no time left. */
  readonly isOver?: () => boolean;
  /** Called for each form that is kept. */
  readonly onKept?: (pass: string, form: T, tried: number) => void;
}

/** Makes forms smaller, and counts what that took. */
export class Shrinker<T> {
  /** Forms that were tested. */
  tried = 0;
  /** How many of them got no answer, which is no sign that they would not do; and why, of the last one. */
  unanswered = 0;
  lastWhy = '';

  constructor(private readonly options: ShrinkOptions<T>) {}

  /** Whether work or time is spent. */
  get isOver(): boolean {
    return this.tried >= this.options.budget || this.options.isOver?.() === true;
  }

  /** One round of passes, each until none of its edits will do; the same form where there is nothing less. */
  async round(passes: readonly Pass<T>[], start: T): Promise<T> {
    let form = start;
    for (const pass of passes) form = await this.exhaust(pass, form);
    return form;
  }

  /** Rounds of passes until one finds nothing less, or work or time is spent. */
  async toEnd(passes: readonly Pass<T>[], start: T): Promise<T> {
    let form = start;
    for (let before: T | undefined; form !== before && !this.isOver;) {
      before = form;
      form = await this.round(passes, form);
    }
    return form;
  }

  private async exhaust(pass: Pass<T>, start: T): Promise<T> {
    let form = start;
    let edits = pass.edits(form, 0)[Symbol.iterator]();
    for (let tried = 0; !this.isOver;) {
      const next = take(edits, this.options.batch);
      if (next.length === 0) break;
      const found = await this.firstKept(form, next);
      if (found === undefined) {
        tried += next.length;
        continue;
      }
      // Edits that were tried before the successful one have failed and will hardly do now; a later round tries them
      // again.
      tried += found.index;
      ({ form } = found);
      edits = pass.edits(form, tried)[Symbol.iterator]();
      this.options.onKept?.(pass.name, form, this.tried);
    }
    return form;
  }

  /** The first edit, in their order, that makes the form less and will do. */
  private async firstKept(
    form: T,
    edits: readonly Edit<T>[],
  ): Promise<{ index: number; form: T } | undefined> {
    const { isLess } = this.options;
    const left = this.options.budget - this.tried;
    const less = edits
      .flatMap((edit, index) => {
        const edited = edit();
        return edited === undefined || isLess?.(edited, form) === false ? [] : [{ index, form: edited }];
      })
      .slice(0, left);
    this.tried += less.length;
    const answers = await this.options.test(less.map((edited) => edited.form));
    return less.filter((_, at) => this.willDo(answers[at]))[0];
  }

  private willDo(answer: Answer | undefined): boolean {
    switch (answer?.kind) {
      case 'accepts':
        return true;
      case 'refuses':
        return false;
      case 'noAnswer':
      case undefined:
        // Left out for now, and counted: nobody knows whether it would have done.
        this.unanswered++;
        this.lastWhy = answer?.why ?? 'no result';
        return false;
      default:
        return never(answer);
    }
  }
}

/** Edits without the first of them, for passes that list all. */
export function* skip<T>(edits: Iterable<T>, count: number): Generator<T> {
  let index = 0;
  for (const edit of edits) if (index++ >= count) yield edit;
}

function take<T>(from: Iterator<T>, count: number): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = from.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/**
 * Makes a finding smaller as long as the judge says the same of it: passes of edits, the coarse before the fine ones,
 * until no edit of any pass is left that does, or the time is over.
 */
import { noAnswer, type Answer, type AnswerWith } from '../../api/answer.js';
import type { Signature } from '../../api/signature.js';
import { confirm, type JobRunner } from '../../judge/ask/confirm.js';
import type { OwnKernel } from '../../judge/own-kernel.js';
import { never } from '../../util/errors.js';
import { kernelPasses } from './kernel-passes.js';
import { keepsProperty, propertyOf, signatureOf, type Property } from './property.js';
import { weigh, type Edit, type Pass, type Subject } from './subject.js';
import { textPasses } from './text-passes.js';

export interface MinimizeOptions {
  /** When to stop, on the clock of performance.now(). */
  readonly deadline: number;
  /** Our own kernel beside the Lean that runs. */
  readonly own: OwnKernel;
  /** Ends it early, with what it has. */
  readonly signal?: AbortSignal;
  /** Called now and then. */
  progress(state: MinimizeProgress): void;
}

export interface MinimizeProgress {
  readonly pass: string;
  readonly tried: number;
  readonly units: number;
  readonly weight: number;
}

export interface Minimized {
  readonly subject: Subject;
  /** What the result is about: the cause as it shows there. */
  readonly signature: Signature;
  readonly tried: number;
  /** Every edit of every pass was tried on the result. */
  readonly complete: boolean;
  readonly axioms: readonly string[];
  /** How many edits had no answer, which is no sign that the property went; and why, of the last one. */
  readonly unanswered: number;
  readonly lastWhy: string;
  /** Why a smaller form that edits led to was given up: fresh executors did not say the same of it. Or null. */
  readonly givenUp: string | null;
}

type Confirmed = Pick<Minimized, 'subject' | 'axioms'>;

/** Edits that one executor gets at once: a kernel-level job takes a fraction of a millisecond, a text many. */
const batchOf = { kernel: 24, source: 1 } as const;

/** Minimises over all runners. Refused where the finding does not reproduce to begin with. */
export async function minimize(
  runners: readonly [JobRunner, ...JobRunner[]],
  subject: Subject,
  options: MinimizeOptions,
): Promise<AnswerWith<Minimized>> {
  const stands = await propertyOf(runners[0], subject, options.own);
  return stands.kind === 'accepts' ? new Minimizer(runners, stands.property, options).run(subject) : stands;
}

class Minimizer {
  private tried = 0;
  private unanswered = 0;
  private lastWhy = '';

  constructor(
    private readonly runners: readonly [JobRunner, ...JobRunner[]],
    private readonly property: Property,
    private readonly options: MinimizeOptions,
  ) {}

  async run(original: Subject): Promise<AnswerWith<Minimized>> {
    const stands = await this.confirmed(original);
    if (stands.kind !== 'accepts') return stands;
    let best: Confirmed = stands;
    const passes = original.candidate.level === 'kernel' ? kernelPasses : textPasses;
    for (;;) {
      let smaller: Subject = best.subject;
      for (const pass of passes) smaller = await this.exhaust(pass, smaller);
      if (smaller === best.subject) return this.result(best, null);
      // The result of a long series of runs in one process is believed only when fresh ones confirm it.
      const confirmed = await this.confirmed(smaller);
      if (confirmed.kind !== 'accepts') return this.result(best, confirmed.why);
      best = confirmed;
    }
  }

  private result({ subject, axioms }: Confirmed, givenUp: string | null): AnswerWith<Minimized> {
    const { tried, unanswered, lastWhy } = this;
    const complete = givenUp === null && !this.isLate;
    const signature = signatureOf(subject, this.property, this.options.own);
    return { kind: 'accepts', subject, signature, axioms, tried, complete, unanswered, lastWhy, givenUp };
  }

  /** Applies edits of one pass until none is left that keeps the property. */
  private async exhaust(pass: Pass, start: Subject): Promise<Subject> {
    const batch = batchOf[start.candidate.level] * this.runners.length;
    let subject = start;
    let edits = pass.edits(subject)[Symbol.iterator]();
    for (let tried = 0; !this.isLate;) {
      const next = take(edits, batch);
      if (next.length === 0) break;
      const found = await this.firstKept(subject, next);
      if (found === undefined) {
        tried += next.length;
        continue;
      }
      // Edits that were tried before the successful one have failed and will hardly succeed now; a later round retries them.
      tried += found.index;
      ({ subject } = found);
      edits = pass.edits(subject)[Symbol.iterator]();
      take(edits, tried);
      const { length: units } = subject.candidate.units;
      this.options.progress({ pass: pass.name, tried: this.tried, units, weight: weigh(subject) });
    }
    return subject;
  }

  /** The first edit, in their order, that makes the subject smaller and keeps the property. */
  private async firstKept(
    subject: Subject,
    edits: readonly Edit[],
  ): Promise<{ index: number; subject: Subject } | undefined> {
    const weight = weigh(subject);
    const smaller = edits.flatMap((edit, index) => {
      const edited = edit();
      return edited === undefined || weigh(edited) >= weight ? [] : [{ index, subject: edited }];
    });
    const shares = this.runners.map((_, runner) =>
      smaller.filter((_, index) => index % this.runners.length === runner),
    );
    this.tried += smaller.length;
    const kept = await Promise.all(
      shares.map(async (share, index) => {
        const runner = this.runners[index] ?? this.runners[0];
        if (share.length === 0) return [];
        const subjects = share.map((edit) => edit.subject);
        const answers = await keepsProperty(runner, this.property, subjects, this.options.own);
        return share.filter((_, at) => this.isKept(answers[at] ?? noAnswer('no result')));
      }),
    );
    return kept.flat().sort((a, b) => a.index - b.index)[0];
  }

  private isKept(answer: Answer): boolean {
    switch (answer.kind) {
      case 'accepts':
        return true;
      case 'refuses':
        return false;
      case 'noAnswer':
        // Left out for now, and counted: nobody knows whether it would have done.
        this.unanswered++;
        this.lastWhy = answer.why;
        return false;
      default:
        return never(answer);
    }
  }

  /** A proof of False has to stand on fresh executors; for a lead the property itself is asked again there. */
  private async confirmed(subject: Subject): Promise<AnswerWith<Confirmed>> {
    const [runner] = this.runners;
    if (this.property.kind === 'solution' && subject.claim !== undefined) {
      const confirmation = await confirm(runner, subject.candidate, subject.claim);
      return confirmation.kind === 'accepts' ? { ...confirmation, subject } : confirmation;
    }
    await runner.replace();
    const [kept = noAnswer('no result')] = await keepsProperty(
      runner,
      this.property,
      [subject],
      this.options.own,
    );
    return kept.kind === 'accepts' ? { ...kept, subject, axioms: [] } : kept;
  }

  private get isLate(): boolean {
    return performance.now() >= this.options.deadline || this.options.signal?.aborted === true;
  }
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

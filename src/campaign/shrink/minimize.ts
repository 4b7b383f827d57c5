/**
 * Makes a finding smaller as long as the judge says the same of it: passes of edits, the coarse before the fine ones,
 * until no edit of any pass is left that does, or the time is over.
 */
import { confirm, type JobRunner } from '../../judge/ask/confirm.js';
import { kernelPasses } from './kernel-passes.js';
import { keepsProperty, propertyOf, type Property } from './property.js';
import { weigh, type Edit, type Pass, type Subject } from './subject.js';
import { textPasses } from './text-passes.js';

export interface MinimizeOptions {
  /** When to stop, on the clock of performance.now(). */
  readonly deadline: number;
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
  readonly tried: number;
  /** Every edit of every pass was tried on the result. */
  readonly complete: boolean;
  readonly axioms: readonly string[];
}

type Confirmed = Pick<Minimized, 'subject' | 'axioms'>;

/** Edits that one executor gets at once: a kernel-level job takes a fraction of a millisecond, a text many. */
const batchOf = { kernel: 24, source: 1 } as const;

/** Minimises over all runners; undefined where the finding does not reproduce to begin with. */
export async function minimize(
  runners: readonly [JobRunner, ...JobRunner[]],
  subject: Subject,
  options: MinimizeOptions,
): Promise<Minimized | undefined> {
  const property = await propertyOf(runners[0], subject);
  if (property === undefined) return undefined;
  return new Minimizer(runners, property, options).run(subject);
}

class Minimizer {
  private tried = 0;

  constructor(
    private readonly runners: readonly [JobRunner, ...JobRunner[]],
    private readonly property: Property,
    private readonly options: MinimizeOptions,
  ) {}

  async run(original: Subject): Promise<Minimized | undefined> {
    let best = await this.confirmed(original);
    if (best === undefined) return undefined;
    const passes = original.candidate.level === 'kernel' ? kernelPasses : textPasses;
    for (;;) {
      let smaller: Subject = best.subject;
      for (const pass of passes) smaller = await this.exhaust(pass, smaller);
      const complete = smaller === best.subject && !this.isLate;
      // What a long series of runs in one process says is believed when fresh ones say it too.
      const confirmed: Confirmed | undefined =
        smaller === best.subject ? undefined : await this.confirmed(smaller);
      if (confirmed === undefined) return { ...best, tried: this.tried, complete };
      best = confirmed;
    }
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
      // What was tried before the edit that did failed already and hardly does now; a later round looks again.
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
        const holds = await keepsProperty(
          runner,
          this.property,
          share.map((edit) => edit.subject),
        );
        return share.filter((_, at) => holds[at]);
      }),
    );
    return kept.flat().sort((a, b) => a.index - b.index)[0];
  }

  /** A proof of False has to stand on fresh executors; for a lead the property itself is asked again there. */
  private async confirmed(subject: Subject): Promise<Confirmed | undefined> {
    const [runner] = this.runners;
    if (this.property.kind === 'solution' && subject.claim !== null) {
      const { confirmed, axioms } = await confirm(runner, subject.candidate, subject.claim);
      return confirmed ? { subject, axioms } : undefined;
    }
    await runner.replace();
    const [kept] = await keepsProperty(runner, this.property, [subject]);
    return kept === true ? { subject, axioms: [] } : undefined;
  }

  private get isLate(): boolean {
    return performance.now() >= this.options.deadline;
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

/**
 * Makes a finding smaller as long as the judge says the same of it: passes of edits, the coarse before the fine ones,
 * until no edit of any pass is left that does, or the time is over.
 */
import { noAnswer, type Answer, type AnswerWith } from '../../api/answer.js';
import type { InputLevel } from '../../api/execution.js';
import type { Signature } from '../../api/signature.js';
import { confirm } from '../../judge/ask/confirm.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import type { OwnKernel } from '../../judge/own-kernel.js';
import { sizeOf } from '../../store/finding-size.js';
import { halveTerms, kernelPasses } from './kernel-passes.js';
import { hangMillis, keepsProperty, propertyOf, shownBy, type Haste, type Property } from './property.js';
import { Shrinker, type Pass } from './shrink.js';
import { weigh, type Subject } from './subject.js';
import { textPasses } from './text-passes.js';
import { whereItEnded } from './where-it-ended.js';

export interface MinimizeOptions {
  /** Our own kernel beside the Lean that runs. */
  readonly own: OwnKernel;
  /** Whether it is to end with what it has. */
  readonly isOver: () => boolean;
  /** Edits that may be tried; by default as many as there is time for. */
  readonly budget?: number;
  /**
   * Of what is known to end an executor by its time, the milliseconds that the runners give each form: all of that is
   * waited for once, with the last form.
   */
  readonly hangsFor?: number | undefined;
  /** Called for each edit that made it smaller. */
  progress?(state: MinimizeProgress): void;
}

export interface MinimizeProgress {
  readonly pass: string;
  readonly tried: number;
  readonly units: number;
  readonly weight: number;
}

export interface Minimized {
  readonly subject: Subject;
  /** The cause as it shows in the result. */
  readonly signature: Signature;
  /** The judge's reasons for the result; none where that was not asked again. */
  readonly reasons: readonly string[];
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

/** By how much more than it seems to need something is to take longer than a limit: time does not grow with size alone. */
const safety = 1.5;

/** Edits that one executor gets at once: a kernel-level job takes a fraction of a millisecond, a text many. */
const batchOf = { kernel: 24, source: 1 } as const;

/** Minimises over all runners. Refused where the finding does not reproduce to begin with. */
export async function minimize(
  runners: readonly [JobRunner, ...JobRunner[]],
  subject: Subject,
  options: MinimizeOptions,
): Promise<AnswerWith<Minimized>> {
  const { level } = subject.candidate;
  const { hangsFor } = options;
  const haste = hangsFor === undefined ? {} : { millis: hangMillis[level] };
  const stands = await propertyOf(runners[0], subject, options.own, haste);
  if (stands.kind !== 'accepts') return stands;
  return new Minimizer(runners, stands.property, level, haste, options).run(subject);
}

class Minimizer {
  private readonly shrinker: Shrinker<Subject>;
  /** The forms that were kept, in their order. */
  private readonly kept: Subject[] = [];

  constructor(
    private readonly runners: readonly [JobRunner, ...JobRunner[]],
    private readonly property: Property,
    level: InputLevel,
    private readonly haste: Haste,
    private readonly options: MinimizeOptions,
  ) {
    this.shrinker = new Shrinker<Subject>({
      test: (subjects) => this.test(subjects),
      // Forms that each end an executor go one by one to a runner: none is tried in vain behind one that will do.
      batch: (property.at === null ? batchOf[level] : 1) * runners.length,
      budget: options.budget ?? Infinity,
      isLess: (edited, than) => weigh(edited) < weigh(than),
      isOver: () => options.isOver(),
      onKept: (pass, subject, tried) => {
        this.kept.push(subject);
        options.progress?.({ pass, tried, units: subject.candidate.units.length, weight: weigh(subject) });
      },
    });
  }

  /**
   * Makes a subject smaller, and then confirms the last form. Forms that are kept on the way come of a long series of
   * runs in one process, and a fresh one costs as much as hundreds of them: it is asked once, in the end.
   */
  async run(original: Subject): Promise<AnswerWith<Minimized>> {
    const { at } = this.property;
    // A subject that ended an executor begins at the step that it was at.
    const begun = at === null ? original : await this.shrinker.round([whereItEnded(original, at)], original);
    const last = await this.shrinker.toEnd(this.passesOf(original), begun);
    let givenUp: string | null = null;
    for (let form = last; ;) {
      const begins = performance.now();
      const answer = await this.confirmed(form);
      if (answer.kind === 'accepts') return this.result(answer, givenUp);
      if (form === original) return answer;
      givenUp ??= answer.why;
      form = this.before(form, performance.now() - begins) ?? original;
    }
  }

  /** Of the forms that were kept, the one that is tried where a smaller one, in so many milliseconds, did not stand. */
  private before(form: Subject, millis: number): Subject | undefined {
    const { isOver, hangsFor } = this.options;
    if (hangsFor !== undefined) return isOver() ? undefined : this.larger(form, hangsFor / millis);
    // It may have gone wrong at any of them: half are left out each time, also where time is over, for what was found
    // by then is wanted.
    const at = this.kept.indexOf(form);
    return at <= 0 ? undefined : this.kept[at >> 1];
  }

  /**
   * A form that only took long may have become one that comes to an end: then the last that was kept is tried which
   * should take longer than the limit, by what this one took, and some more; where none is, the first that is larger at
   * all, or undefined. A smaller one may do, too, and each that is tried may take all of the limit: that is left.
   */
  private larger(than: Subject, times: number): Subject | undefined {
    const size = sizeOf(than);
    const enough = Math.max(size + 1, size * times * safety);
    const { kept } = this;
    return kept.findLast((form) => sizeOf(form) >= enough) ?? kept.find((form) => sizeOf(form) > size);
  }

  private passesOf({ candidate }: Subject): readonly Pass<Subject>[] {
    if (candidate.level === 'source') return textPasses;
    return this.options.hangsFor === undefined ? kernelPasses : [halveTerms, ...kernelPasses];
  }

  private async result(
    { subject, axioms }: Confirmed,
    givenUp: string | null,
  ): Promise<AnswerWith<Minimized>> {
    const { tried, unanswered, lastWhy, isOver } = this.shrinker;
    const shown = await shownBy(this.runners[0], subject, this.property, this.options.own);
    const complete = givenUp === null && !isOver;
    return { kind: 'accepts', subject, ...shown, axioms, tried, complete, unanswered, lastWhy, givenUp };
  }

  /** Each runner tests its share. */
  private async test(subjects: readonly Subject[]): Promise<Answer[]> {
    const { runners, property, options } = this;
    const count = runners.length;
    const answers = await Promise.all(
      runners.map(async (runner, at) => {
        const share = subjects.filter((_, index) => index % count === at);
        return share.length === 0 ? [] : keepsProperty(runner, property, share, options.own, this.haste);
      }),
    );
    return subjects.map(
      (_, index) => answers[index % count]?.[Math.floor(index / count)] ?? noAnswer('no result'),
    );
  }

  /**
   * A proof of False has to stand on fresh executors; for a lead the property itself is asked again there, with all the
   * time that it may take.
   */
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
}

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
import { kernelPasses } from './kernel-passes.js';
import { hangMillis, keepsProperty, propertyOf, shownBy, type Property } from './property.js';
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
  /** Whether it is known to end an executor by its time, so that there is no need to wait for all of that at first. */
  readonly hangs?: boolean;
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
  /** What the judge says of the result; nothing where that was not asked again. */
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

/** Edits that one executor gets at once: a kernel-level job takes a fraction of a millisecond, a text many. */
const batchOf = { kernel: 24, source: 1 } as const;

/** Minimises over all runners. Refused where the finding does not reproduce to begin with. */
export async function minimize(
  runners: readonly [JobRunner, ...JobRunner[]],
  subject: Subject,
  options: MinimizeOptions,
): Promise<AnswerWith<Minimized>> {
  const stands = await propertyOf(runners[0], subject, options.own, hasteOf(options));
  return stands.kind === 'accepts'
    ? new Minimizer(runners, stands.property, subject.candidate.level, options).run(subject)
    : stands;
}

function hasteOf({ hangs }: MinimizeOptions): { readonly millis?: number } {
  return hangs === true ? { millis: hangMillis } : {};
}

class Minimizer {
  private readonly shrinker: Shrinker<Subject>;
  /** How long a form may run: in the beginning no longer than it takes to see that it hangs. */
  private haste: { readonly millis?: number };

  constructor(
    private readonly runners: readonly [JobRunner, ...JobRunner[]],
    private readonly property: Property,
    level: InputLevel,
    private readonly options: MinimizeOptions,
  ) {
    this.haste = hasteOf(options);
    this.shrinker = new Shrinker<Subject>({
      test: (subjects) => this.test(subjects),
      // What ends an executor each time is not tried in vain behind one that will do.
      batch: (property.at === null ? batchOf[level] : 1) * runners.length,
      budget: options.budget ?? Infinity,
      isLess: (edited, than) => weigh(edited) < weigh(than),
      isOver: () => options.isOver(),
      onKept: (pass, subject, tried) =>
        options.progress?.({ pass, tried, units: subject.candidate.units.length, weight: weigh(subject) }),
    });
  }

  async run(original: Subject): Promise<AnswerWith<Minimized>> {
    const stands = await this.confirmed(original);
    if (stands.kind !== 'accepts') return stands;
    let best: Confirmed = stands;
    const passes = original.candidate.level === 'kernel' ? kernelPasses : textPasses;
    const { at } = this.property;
    let round: readonly Pass<Subject>[] = at === null ? passes : [whereItEnded(original, at)];
    for (;;) {
      const smaller = await this.shrinker.round(round, best.subject);
      this.haste = {};
      if (smaller === best.subject) {
        if (round === passes) return await this.result(best, null);
        round = passes;
        continue;
      }
      round = passes;
      // The result of a long series of runs in one process is believed only when fresh ones confirm it.
      const confirmed = await this.confirmed(smaller);
      if (confirmed.kind !== 'accepts') return await this.result(best, confirmed.why);
      best = confirmed;
    }
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
      this.haste,
    );
    return kept.kind === 'accepts' ? { ...kept, subject, axioms: [] } : kept;
  }
}

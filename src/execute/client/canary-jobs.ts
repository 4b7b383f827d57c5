import type { Execution, Job, Step } from '../../api/execution.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { app, constant, nat, sort, type Expr } from '../../ir/expr.js';
import { arrows, inductiveType } from '../../ir/hoas.js';
import { one } from '../../ir/level.js';
import { Call, type Asked } from './job-queue.js';

/** A step whose answer is known. */
interface Known {
  readonly about: string;
  readonly step: Step;
  readonly isGood: boolean;
}

const [Nat, True, False] = ['Nat', 'True', 'False'].map((name) => constant(name)) as [Expr, Expr, Expr];
const intro = constant('True.intro');

/** An executor that has answered otherwise than a fresh one does. */
export interface WrongExecutor {
  /** Its wrong answer, in words. */
  readonly about: string;
  /** How many jobs were answered since all was right. */
  readonly doubted: number;
}

/**
 * Asks an executor every so many jobs what is known, by which it is noticed that it is not in its right mind any more:
 * executed code may have changed it from inside. What is good must be accepted and what is bad refused, by the kernel
 * and, where texts are run, by the elaborator. Behind a wrong answer a fresh executor is asked the same: one that
 * agrees shows that the Lean itself is so.
 */
export class Canaries {
  /** Whether the executor is to be replaced before anything else is asked, and what else it says is not to count. */
  needsFresh = false;
  /** Canaries that were answered. */
  answered = 0;
  /** Executors that gave a wrong answer which a fresh one did not give. */
  wrong = 0;
  private asked = 0;
  private isAsking = false;
  /** Whether a fresh executor is to be asked at once. */
  private isUrgent = false;
  private jobs = 0;
  private hasTexts = false;
  /** Jobs before the canary that is in flight, or was answered wrongly. */
  private before = 0;
  /** The wrong answer for which an executor is replaced, in words, until a fresh one was asked the same. */
  private suspected: string | undefined;
  /** Wrong answers of the Lean itself, in words: a fresh executor gave them, too. */
  private readonly ofTheLean = new Set<string>();

  constructor(
    private readonly everyJobs: number,
    private readonly onWrong: (wrong: WrongExecutor) => void,
  ) {}

  /** A job is handed over. */
  count({ level }: Job): void {
    this.jobs++;
    this.hasTexts ||= level === 'source';
  }

  /** The canaries, where it is time for them. */
  due(): Asked[] {
    if (this.isAsking || (!this.isUrgent && this.jobs < this.everyJobs)) return [];
    this.isAsking = true;
    this.before += this.jobs;
    this.jobs = 0;
    const canaries = canaryJobs(++this.asked, this.hasTexts);
    const answered = (executions: readonly Execution[]): void => {
      this.answered += canaries.length;
      this.take(executions.flatMap((execution, i) => canaries[i]?.wrong(execution) ?? []));
    };
    const call = new Call(
      canaries.length,
      () => true,
      answered,
      () => {
        // Nobody has answered. They are asked again in their turn: what can't be answered would be asked for ever.
        this.isAsking = false;
        this.isUrgent = false;
      },
    );
    return canaries.map(({ job }, index) => ({ kind: 'job', job, call, index, neverBegun: 0, killed: 0 }));
  }

  private take(said: readonly string[]): void {
    this.isAsking = false;
    const { suspected } = this;
    const wrong = said.find((about) => !this.ofTheLean.has(about));
    if (suspected === undefined && wrong !== undefined) {
      this.suspected = wrong;
      this.isUrgent = true;
      this.needsFresh = true;
      // Jobs that were handed over behind the canary run again.
      this.jobs = 0;
      return;
    }
    if (suspected !== undefined && said.includes(suspected)) this.ofTheLean.add(suspected);
    else if (suspected !== undefined) {
      this.wrong++;
      this.onWrong({ about: suspected, doubted: this.before });
    }
    this.suspected = undefined;
    this.isUrgent = false;
    this.before = 0;
  }
}

/** The jobs; `number` makes them new, so that no answer is one that was kept. */
export function canaryJobs(number: number, withText: boolean): CanaryJob[] {
  const kernel = new CanaryJob('kernel', kernelSteps(`canary.${number}`));
  return withText ? [kernel, new CanaryJob('source', textSteps(`canary_${number}`))] : [kernel];
}

/** One of them, and what is wrong with an answer to it. */
export class CanaryJob {
  readonly job: Job;

  constructor(
    level: Job['level'],
    private readonly known: readonly Known[],
  ) {
    this.job = { level, steps: known.map(({ step }) => step), claims: [] };
  }

  /** The wrong answers, in words. No answer is no wrong one. */
  wrong({ steps }: Execution): string[] {
    return steps.flatMap(({ outcome }, i) => {
      const known = this.known[i];
      if (known === undefined || known.isGood === (outcome.kind === 'accepted')) return [];
      return `${known.about} was ${known.isGood ? 'refused' : 'accepted'}`;
    });
  }
}

function kernelSteps(name: string): Known[] {
  const equal = (a: Expr, b: Expr): Expr => app(constant('Eq', [one]), Nat, a, b);
  const refl = (a: Expr): Expr => app(constant('Eq.refl', [one]), Nat, a);
  const theorem = (type: Expr, value: Expr, isGood: boolean): Declaration => ({
    ...{ kind: 'theorem', name: `${name}.${isGood ? 'good' : 'bad'}`, levelParams: [], type, value },
  });
  const negative = inductiveType(
    `${name}.Negative`,
    [],
    [],
    () => sort(one),
    (self) => ({ mk: arrows(arrows(self, False), self) }),
  );
  const known = (about: string, declaration: Declaration, isGood: boolean): Known => ({
    ...{ about, isGood, step: { kind: 'declaration', words: encode([declaration]) } },
  });
  const sum = app(constant('Nat.add'), nat(2), nat(2));
  return [
    known('a proof of True', theorem(True, intro, true), true),
    known('a proof of True for False', theorem(False, intro, false), false),
    known('two and two for five', theorem(equal(sum, nat(5)), refl(sum), false), false),
    known('a negative occurrence', negative, false),
    known('a theorem that is no proposition', theorem(Nat, nat(1), false), false),
  ];
}

function textSteps(name: string): Known[] {
  const known = (about: string, text: string, isGood: boolean): Known => ({
    ...{ about, isGood, step: { kind: 'text', text } },
  });
  return [
    known('a text with a proof of True', `theorem ${name}_good : True := True.intro`, true),
    known('a text with a proof of True for False', `theorem ${name}_bad : False := True.intro`, false),
    known('a text with an unknown constant', `theorem ${name}_bad : True := ${name}_nowhere`, false),
  ];
}

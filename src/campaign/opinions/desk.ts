import { accepts, noAnswer, refuses, type Answer } from '../../api/answer.js';
import type { Candidate, KernelUnit } from '../../api/candidate.js';
import type { Finding } from '../../api/entries.js';
import { finished, type Execution } from '../../api/execution.js';
import type { Opinion, OpinionCounts } from '../../api/opinion.js';
import { describeSignature, type Signature } from '../../api/signature.js';
import { canaries } from '../../execute/native/canaries.js';
import { assume } from '../../kernel/assume.js';
import { contentHash } from '../../ir/unit/content-hash.js';
import { KernelUnit as Unit } from '../../ir/unit/kernel-unit.js';
import { questionsFor } from '../../judge/ask/ask-about-terms.js';
import { questionJob } from '../../judge/ask/job.js';
import {
  answersOf,
  differencesBetween,
  type LeanDifference,
} from '../../judge/differential/between-leans.js';
import { incomparableUnits } from '../../judge/differential/comparable.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import { shapeOf } from '../../judge/signature.js';
import { contentId, decodeCandidate } from '../../share/entry-codec.js';
import { declarationsOf } from '../../store/declarations-of.js';
import { MalformedBytes } from '../../util/bytes.js';
import type { AskedChecker } from './asked-checker.js';
import type { AskedLean } from './asked-lean.js';
import { CheckerStream } from './checker-stream.js';
import { leadOf } from './difference-lead.js';
import { DifferenceGroups } from './groups.js';
import { kernelUnitsOf } from './kernel-units.js';
import { maxWaiting, type FromDesk, type Question } from './protocol.js';
import { QuestionQueue } from './question-queue.js';
import { shrinkDifference } from './shrink-difference.js';
import { VerdictTable } from './verdict-table.js';

/** Questions that are asked at once. */
const batch = 32;
/** Milliseconds that making one difference smaller may take. */
const shrinkMillis = 4000;
/** Differences that wait to be made smaller. */
const maxPending = 64;
/** One candidate in so many is asked about with questions about its terms. */
const questionedOneIn = 4;
/** Candidates that are remembered as asked. */
const maxRemembered = 50_000;

/** A candidate with what the campaign's Lean said to it, where a worker has asked. */
interface Open {
  readonly candidate: Candidate;
  readonly units: readonly KernelUnit[];
  readonly answers: Question['answers'] | undefined;
}

/** A difference that is to be made smaller. */
interface Pending {
  readonly candidate: Candidate;
  readonly signature: Signature;
  readonly other: AskedLean;
}

/** Asks others than the campaign's Lean what workers have asked it, and looks where they differ. */
export class Desk {
  private readonly queue = new QuestionQueue(maxWaiting);
  private readonly findings: { readonly id: string; readonly finding: Finding }[] = [];
  private readonly pending: Pending[] = [];
  private readonly groups = new DifferenceGroups();
  private readonly table = new VerdictTable();
  private readonly stream: CheckerStream | undefined;
  private isStreaming = false;
  /** Leads that the primary has not stored yet. */
  private unstored = 0;
  private readonly known = new Set<string>();
  /** Units that the table has, by the hash of what stands before them and their own. */
  private readonly counted = new Set<string>();
  private taken = 0;
  private asked = 0;
  private notAsked = 0;
  private different = 0;
  private deadline = Infinity;
  private wake: (() => void) | undefined;

  constructor(
    private readonly own: AskedLean,
    private readonly others: readonly AskedLean[],
    private readonly checkers: readonly AskedChecker[],
    private readonly tell: (message: FromDesk) => void,
  ) {
    if (checkers.length === 0) return;
    this.isStreaming = true;
    this.stream = new CheckerStream(own, checkers, this.table, (bytes) => this.found(bytes));
  }

  add(questions: readonly Question[]): void {
    for (const question of questions)
      if (!this.queue.add(question)) {
        this.notAsked++;
        this.taken++;
      }
    this.wake?.();
  }

  askAbout(id: string, finding: Finding): void {
    this.findings.push({ id, finding });
    this.wake?.();
  }

  /** Ends when all that is there is done, or after so many milliseconds. */
  finish(millis: number): void {
    this.deadline = performance.now() + millis;
    this.wake?.();
  }

  /** A lead was stored; where it is a new one, everybody is asked about it, which has been said before. */
  stored(): void {
    this.unstored--;
    this.wake?.();
  }

  /** Works until it is to finish; what is not done by then counts as not asked. */
  async run(): Promise<void> {
    const streamed = this.stream?.run().finally(() => {
      this.isStreaming = false;
      this.wake?.();
    });
    await this.ask(canaryQuestions());
    while (performance.now() < this.deadline) {
      if (await this.turn()) continue;
      if (this.deadline < Infinity) {
        this.stream?.finish(this.deadline);
        if (!this.isStreaming && this.unstored === 0) break;
      }
      await this.sleep();
    }
    this.stream?.finish(this.deadline);
    await streamed;
    const left = this.queue.length;
    this.notAsked += left;
    this.taken += left;
    this.tellCounts();
  }

  /** Until there is something to do, or it is time to end. */
  private async sleep(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.deadline < Infinity)
        timer = setTimeout(resolve, Math.max(0, this.deadline - performance.now()));
    });
    clearTimeout(timer);
  }

  /** One thing of each kind, findings first; false where there is nothing. */
  private async turn(): Promise<boolean> {
    const finding = this.findings.shift();
    if (finding !== undefined) {
      this.tell({ type: 'opinions', id: finding.id, opinions: await this.opinionsOn(finding.finding) });
      return true;
    }
    const questions = this.queue.take(batch);
    if (questions.length > 0) await this.ask(questions.flatMap((question) => this.open(question)));
    this.taken += questions.length;
    const pending = this.pending.shift();
    if (pending !== undefined) await this.shrink(pending);
    if (questions.length === 0 && pending === undefined) return false;
    this.tellCounts();
    return true;
  }

  private tellCounts(): void {
    const counts: OpinionCounts = {
      asked: this.asked,
      notAsked: this.notAsked,
      different: this.different,
      verdicts: this.table.takeAll(),
    };
    this.tell({ type: 'counts', taken: this.taken, ...counts });
    this.taken = this.asked = this.notAsked = this.different = 0;
  }

  /** A question as it can be asked; none where it was asked before, or can't be read. */
  private open({ candidate: bytes, answers }: Question): Open[] {
    try {
      const candidate = decodeCandidate(bytes);
      const id = contentId(candidate);
      if (this.known.has(id)) return [];
      if (this.known.size >= maxRemembered) this.known.clear();
      this.known.add(id);
      return [this.withQuestions({ candidate, units: kernelUnitsOf(candidate), answers })];
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      this.notAsked++;
      return [];
    }
  }

  /** Now and then, behind what was accepted, questions about terms: so values are compared, too. */
  private withQuestions(open: Open): Open {
    const { candidate, units, answers } = open;
    if (candidate.lineage.run % questionedOneIn !== 0) return open;
    const accepted = units.filter((_, index) => answers?.[index]?.kind === 'accepted');
    const own = ownKernelFor(this.own.lean);
    const environment = accepted.reduce(
      (before, { declaration }) => assume(before, declaration),
      own.environment,
    );
    const asked = [
      ...accepted,
      ...questionsFor({ lineage: candidate.lineage, units: accepted }, environment, own),
    ];
    if (asked.length === accepted.length) return open;
    return { candidate: { ...candidate, units: asked }, units: asked, answers: undefined };
  }

  private async ask(open: readonly Open[]): Promise<void> {
    const jobs = open.map(({ units }) => questionJob(units));
    const answered = await Promise.all(this.others.map((other) => other.run(jobs)));
    const isToAskAgain = open.map(
      ({ answers, units }, index) =>
        answers === undefined || answered.some((executions) => isOdd(units, answers, executions[index])),
    );
    const again = await this.own.run(jobs.filter((_, index) => isToAskAgain[index]));
    for (const [index, { candidate, units, answers }] of open.entries()) {
      this.asked++;
      const execution = isToAskAgain[index] === true ? again.shift() : asExecution(answers ?? []);
      const executions = answered.map((all) => all[index]);
      this.count(units, execution, executions);
      this.stream?.add(candidate, units, execution);
      for (const [which, other] of this.others.entries()) {
        const theirs = { lean: other.lean, execution: executions[which] };
        const found = differencesBetween(units, { lean: this.own.lean, execution }, theirs);
        if (found.length > 0) this.different++;
        found.forEach((difference) => this.differs(candidate, difference, other));
      }
    }
  }

  /** Each declaration behind the same others counts once. What differs and can't be compared is no answer. */
  private count(
    units: readonly KernelUnit[],
    own: Execution | undefined,
    others: readonly (Execution | undefined)[],
  ): void {
    const said = [own, ...others].map((execution) => answersOf(units, execution));
    const leans = [this.own, ...this.others];
    const leftOut = leans.map(({ lean }) => incomparableUnits(units, this.own.lean, lean));
    let place = '';
    for (const [index, unit] of units.entries()) {
      place = contentHash(`${place} ${unit.hash}`);
      if (this.counted.has(place)) continue;
      if (this.counted.size >= maxRemembered) this.counted.clear();
      this.counted.add(place);
      for (const [which, { label }] of leans.entries()) {
        const answer = said[which]?.[index]?.kind;
        const isUnlike = answer !== said[0]?.[index]?.kind && leftOut[which]?.has(index) === true;
        this.table.count(shapeOf(unit.declaration), label, isUnlike ? 'noAnswer' : (answer ?? 'noAnswer'));
      }
    }
  }

  private differs(candidate: Candidate, { signature, unit }: LeanDifference, other: AskedLean): void {
    if (!this.groups.meets(describeSignature(signature)) || this.pending.length >= maxPending) return;
    const units = candidate.units.slice(0, unit + 1);
    this.pending.push({ candidate: { ...candidate, units }, signature, other });
  }

  private async shrink({ candidate, signature, other }: Pending): Promise<void> {
    const deadline = Math.min(performance.now() + shrinkMillis, this.deadline);
    const small = await shrinkDifference(candidate, signature, [this.own, other], deadline);
    if (small === undefined) return;
    this.found(leadOf(small, this.own, other));
  }

  private found(bytes: Uint8Array): void {
    this.unstored++;
    this.tell({ type: 'lead', bytes });
  }

  // ---- findings

  private async opinionsOn(finding: Finding): Promise<Opinion[]> {
    const leans = [this.own, ...this.others];
    const asked = [
      ...leans.map((lean) => ({ by: lean.by, answer: this.opinionOf(lean, finding) })),
      ...this.checkers.map((checker) => ({ by: checker.by, answer: opinionOfChecker(checker, finding) })),
    ];
    return Promise.all(asked.map(async ({ by, answer }) => ({ by, answer: await answer })));
  }

  private async opinionOf(asked: AskedLean, finding: Finding): Promise<Answer> {
    if (finding.candidate.level === 'source') return noAnswer('not asked: it is of the source level');
    const units = declarationsOf(finding).map((declaration) => Unit.of(declaration));
    const [execution] = await asked.run([questionJob(units)]);
    const answers = answersOf(units, execution);
    const at = answers.findIndex(({ kind }) => kind !== 'accepts');
    const answer = answers[at];
    if (answer === undefined || answer.kind === 'accepts') return accepts;
    const name = units[at]?.declares[0] ?? '';
    return answer.kind === 'refuses' ? refuses(`${name}: ${answer.why}`) : answer;
  }
}

async function opinionOfChecker(checker: AskedChecker, finding: Finding): Promise<Answer> {
  if (finding.candidate.level === 'source') return noAnswer('not asked: it is of the source level');
  return (await checker.ask(declarationsOf(finding))) ?? noAnswer('not asked: its export is not whole');
}

/** Whether the campaign's Lean has to be asked again: somebody differs, or there is something that was made. */
function isOdd(
  units: readonly KernelUnit[],
  answers: Question['answers'],
  execution: Execution | undefined,
): boolean {
  return units.some(({ declaration }, index) => {
    const theirs = execution?.steps[index]?.outcome;
    if (theirs === undefined) return false;
    const isAccepted = answers[index]?.kind === 'accepted';
    return isAccepted !== (theirs.kind === 'accepted') || (isAccepted && declaration.kind === 'inductive');
  });
}

function asExecution(answers: Question['answers']): Execution {
  const steps = answers.map((outcome) => ({ outcome, micros: 0, heartbeats: 0 }));
  return { steps, claims: [], shapes: [], end: finished };
}

/** Declarations whose answers follow from the rules of the kernel: nobody has asked them yet. */
function canaryQuestions(): Open[] {
  const lineage = { seed: 0, run: 0, parents: [], mutators: ['canary'], categories: [] };
  return canaries.map(({ declarations }) => {
    const units = declarations.map((declaration) => Unit.of(declaration));
    return { candidate: { level: 'kernel', lineage, units }, units, answers: undefined };
  });
}

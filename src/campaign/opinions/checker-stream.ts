/**
 * Gives other kernels a sample of what the campaign's Lean accepts, as whole environments, and of what it refuses.
 * Their answers are slow to come by: many candidates go into one file, and only where that is not accepted are they
 * asked about in smaller lots, down to the one that it hangs on.
 */
import type { Candidate, KernelUnit } from '../../api/candidate.js';
import { refusalIn, type Execution } from '../../api/execution.js';
import { isNameTaken, isNoAnswer } from '../../judge/no-answer.js';
import type { AskedChecker } from './asked-checker.js';
import type { AskedLean } from './asked-lean.js';
import { checkerLead, shrinkDispute } from './checker-dispute.js';
import { DifferenceGroups } from './groups.js';
import { batches, exportableUnits, unitsOfAll, type Sample } from './samples.js';
import type { VerdictTable } from './verdict-table.js';

/** Samples that wait; others are left out. */
const maxWaiting = 128;
/** Samples that go into one file. */
const lot = 16;
/** One candidate with a refusal in so many is asked about. */
const refusedOneIn = 4;
/** Milliseconds that making one dispute smaller may take. */
const shrinkMillis = 15_000;

/** The table's name for what checkers are asked about. */
const rows = { accepts: 'whole environment', refuses: 'environment with a refused declaration' } as const;

export class CheckerStream {
  private readonly waiting: Sample[] = [];
  private readonly groups = new DifferenceGroups();
  private refusals = 0;
  private deadline = Infinity;
  private wake: (() => void) | undefined;

  constructor(
    private readonly own: AskedLean,
    private readonly checkers: readonly AskedChecker[],
    private readonly table: VerdictTable,
    /** Hears of a lead, as encodeFinding makes it. */
    private readonly found: (bytes: Uint8Array) => void,
  ) {}

  /** Takes a sample of a candidate that the campaign's Lean has answered to, where there is room. */
  add(candidate: Candidate, units: readonly KernelUnit[], execution: Execution | undefined): void {
    if (execution === undefined || execution.end.kind !== 'finished') return;
    const isAccepted = (index: number): boolean => execution.steps[index]?.outcome.kind === 'accepted';
    const accepted = exportableUnits(
      units.filter((_, index) => isAccepted(index)),
      this.own.lean,
    );
    if (accepted.length > 0) this.put({ candidate, units: accepted, expected: 'accepts' });
    const at = units.findIndex((_, index) => {
      const refusal = refusalIn(execution.steps[index]);
      return refusal !== undefined && !isNoAnswer(refusal) && !isNameTaken(refusal);
    });
    const refused = units[at];
    if (refused === undefined || this.refusals++ % refusedOneIn !== 0) return;
    const before = units.slice(0, at).filter((_, index) => isAccepted(index));
    const all = exportableUnits([...before, refused], this.own.lean);
    if (all.at(-1) === refused) this.put({ candidate, units: all, expected: 'refuses' });
  }

  /** Ends when all samples are done, or at a time on the clock of performance.now(). */
  finish(deadline: number): void {
    this.deadline = deadline;
    this.wake?.();
  }

  async run(): Promise<void> {
    while (performance.now() < this.deadline) {
      const samples = this.waiting.splice(0, lot);
      if (samples.length > 0) {
        await Promise.all(this.checkers.map((checker) => this.askAll(checker, samples)));
        continue;
      }
      if (this.deadline < Infinity) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private put(sample: Sample): void {
    if (this.waiting.length < maxWaiting) this.waiting.push(sample);
    this.wake?.();
  }

  private async askAll(checker: AskedChecker, samples: readonly Sample[]): Promise<void> {
    for (const batch of batches(samples.filter(({ expected }) => expected === 'accepts')))
      await this.askOf(checker, batch);
    for (const sample of samples.filter(({ expected }) => expected === 'refuses'))
      await this.askOf(checker, [sample]);
  }

  private async askOf(checker: AskedChecker, samples: readonly Sample[]): Promise<void> {
    if (performance.now() >= this.deadline) return;
    const answer = await checker.ask(unitsOfAll(samples).map(({ declaration }) => declaration));
    const [sample] = samples;
    if (sample === undefined) return;
    if (samples.length > 1 && answer?.kind !== 'accepts') {
      const half = Math.ceil(samples.length / 2);
      await this.askOf(checker, samples.slice(0, half));
      await this.askOf(checker, samples.slice(half));
      return;
    }
    if (answer === undefined) return; // nobody knows what is right
    this.table.count(rows[sample.expected], checker.label, answer.kind, samples.length);
    this.table.count(rows[sample.expected], this.own.label, sample.expected, samples.length);
    if (answer.kind === 'noAnswer' || answer.kind === sample.expected) return;
    const why = answer.kind === 'refuses' ? answer.why : '';
    if (this.groups.meets(`${checker.label} ${answer.kind} ${why.replace(/\d+/g, '0')}`))
      await this.dispute(checker, sample);
  }

  private async dispute(checker: AskedChecker, sample: Sample): Promise<void> {
    const deadline = Math.min(performance.now() + shrinkMillis, this.deadline);
    const small = await shrinkDispute(sample, this.own, checker, deadline);
    if (small !== undefined) this.found(checkerLead(small, this.own, checker));
  }
}

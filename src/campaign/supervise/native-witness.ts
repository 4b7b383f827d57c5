import { existsSync } from 'node:fs';
import { noAnswer, type Answer } from '../../api/answer.js';
import type { Finding } from '../../api/entries.js';
import { describeLean, identityOf, type Lean, type NativeLean } from '../../api/lean.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { listNativeLeans } from '../../execute/native/known-leans.js';
import { questionJob } from '../../judge/ask/job.js';
import { answersOf } from '../../judge/differential/between-leans.js';
import { writeOpinions } from '../../store/opinions-file.js';
import { messageOf } from '../../util/errors.js';
import { withLean } from '../offline/with-lean.js';
import { kernelUnitsOf } from '../opinions/kernel-units.js';

/** Milliseconds that the native Lean may take. */
const jobMillis = 20_000;

/**
 * Asks a native Lean that is at hand about declarations that have ended the embedded one: limits of a 32-bit build say
 * nothing about Lean. What it says stands in the finding's folder.
 */
export class NativeWitness {
  private queue: Promise<void> = Promise.resolve();
  private readonly stopped = new AbortController();
  private native: Promise<NativeLean | undefined> | undefined;

  constructor(
    private readonly own: Lean,
    private readonly notice: (text: string) => void,
  ) {}

  /** Whether a finding is one that it is asked about. */
  static isFor({ candidate, verdict: { signature } }: Finding): boolean {
    return candidate.level === 'kernel' && signature.class === 'failure' && signature.rule.kind === 'ends';
  }

  add(finding: Finding, folder: string): void {
    this.queue = this.queue.then(() => this.ask(finding, folder));
  }

  /** Resolves when all findings so far have an answer. */
  answered(): Promise<void> {
    return this.queue;
  }

  stop(): void {
    this.stopped.abort();
  }

  /** A call, so that the compiler knows that it may change while a promise is awaited. */
  private isStopping(): boolean {
    return this.stopped.signal.aborted;
  }

  private async ask(finding: Finding, folder: string): Promise<void> {
    if (this.isStopping() || !existsSync(folder)) return;
    try {
      const native = await (this.native ??= aNativeLean());
      if (native === undefined) return;
      const answer = await this.answerOf(native, finding);
      const [reason = 'it was ended'] = finding.verdict.reasons;
      writeOpinions(folder, [
        { by: { kind: 'lean', lean: identityOf(this.own) }, answer: noAnswer(reason) },
        { by: { kind: 'lean', lean: identityOf(native) }, answer },
      ]);
      this.notice(
        `Lean ${describeLean(native)} on what ended the embedded one: ${inWords(answer)} (${folder})`,
      );
    } catch (error) {
      if (!this.isStopping()) this.notice(`no native Lean could be asked: ${messageOf(error)} (${folder})`);
    }
  }

  /** Its answer to the last declaration, which the embedded Lean did not come behind. */
  private async answerOf(native: NativeLean, { candidate }: Finding): Promise<Answer> {
    const units = kernelUnitsOf(candidate);
    const zygote = await zygoteOf(native, { level: 'kernel', mutant: null });
    const limits = { jobMillis, signal: this.stopped.signal };
    const [execution] = await withLean(zygote, limits, (executor) => executor.run([questionJob(units)]));
    const answers = answersOf(units, execution);
    return answers.find(({ kind }) => kind === 'noAnswer') ?? answers.at(-1) ?? noAnswer('nothing to ask');
  }
}

/** The newest native Lean that can be loaded here. */
async function aNativeLean(): Promise<NativeLean | undefined> {
  const all = (await listNativeLeans()).flatMap(({ lean }) => ('problem' in lean ? [] : lean));
  return all.sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))[0];
}

function inWords(answer: Answer): string {
  return answer.kind === 'accepts'
    ? 'accepts it'
    : `${answer.kind === 'refuses' ? 'refuses it' : 'no answer'} (${answer.why})`;
}

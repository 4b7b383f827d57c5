import type { CandidateError } from '../../api/candidate-error.js';
import { messageTemplate } from '../../judge/refusal-categories.js';
import { writeErrorFile } from '../../store/error-file.js';
import { messageOf } from '../../util/errors.js';

/** Errors of one kind that are kept and shown, in one run of the campaign; the rest are counted. */
const maxKept = 20;

/** Characters of a message that are shown; its file has all. */
const maxMessage = 1000;

/**
 * The errors that candidates came to: counts all, keeps and shows the first of each kind, and every file of the
 * user's.
 */
export class ErrorLog {
  private readonly kept = new Map<string, number>();

  constructor(
    private readonly folder: string,
    /** How many there were of each stage and name, as `counts` gave it to an earlier run. */
    readonly counts: Record<string, number>,
    private readonly notice: (text: string) => void,
  ) {}

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  add(error: CandidateError): void {
    const { stage, name, message, run } = error;
    const row = `${stage} ${name}`;
    this.counts[row] = (this.counts[row] ?? 0) + 1;
    const kind = `${row} ${messageTemplate(message)}`;
    const before = this.kept.get(kind) ?? 0;
    this.kept.set(kind, before + 1);
    if (before >= maxKept && !error.isImport) return;
    const more = before + 1 === maxKept ? '; more of this kind are only counted' : '';
    const where = `${this.keep(error)}${more}`;
    const what = `${name}: ${message.slice(0, maxMessage)}`;
    this.notice(`candidate ${run} ended in an error at "${stage}": ${what} (${where})`);
  }

  /** Where it is kept, or why it is not: the machine's trouble is not the candidate's. */
  private keep(error: CandidateError): string {
    try {
      return writeErrorFile(this.folder, error);
    } catch (trouble) {
      return `not kept: ${messageOf(trouble)}`;
    }
  }
}

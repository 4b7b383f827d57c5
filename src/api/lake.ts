import type { Answer } from './answer.js';

/** An answer as rows and tables say it. */
export type AnswerWord = 'pass' | 'fail' | 'none';
const answerWords: readonly AnswerWord[] = ['pass', 'fail', 'none'];

/** The three answers to a claim as one word; also the name of a folder in solutions/. */
export type AnswersRow = `lake_${AnswerWord}_comp_${AnswerWord}_safe_${AnswerWord}`;

export function rowOfWords(lake: AnswerWord, comparator: AnswerWord, safe: AnswerWord): AnswersRow {
  return `lake_${lake}_comp_${comparator}_safe_${safe}`;
}

/** Every combination of answers: of Lake, comparator and SafeVerify. */
export const answersTable: readonly {
  readonly row: AnswersRow;
  readonly words: readonly [AnswerWord, AnswerWord, AnswerWord];
}[] = answerWords.flatMap((lake) =>
  answerWords.flatMap((comparator) =>
    answerWords.map((safe) => ({
      row: rowOfWords(lake, comparator, safe),
      words: [lake, comparator, safe] as const,
    })),
  ),
);

/** Answers of the programs of a native toolchain to one attempt. */
export interface Checks {
  readonly lake: Answer;
  readonly comparator: Answer;
  readonly safeVerify: Answer;
  /** Their messages, where they are not plain success; one line each. */
  readonly remarks: readonly string[];
}

/** Programs beside Lake, by their full paths; undefined where there is none. */
export interface Checkers {
  readonly comparator?: string | undefined;
  readonly safeVerify?: string | undefined;
  /** For comparator. */
  readonly lean4export?: string | undefined;
  /** A second kernel for comparator. */
  readonly nanoda?: string | undefined;
}

/** The native toolchain and its project: where candidates of the Lake target run, and where solutions are cross-checked. */
export interface LakeOptions extends Omit<Checkers, 'nanoda'> {
  /** Other kernels, as NAME=COMMAND; the program of the one named nanoda is given to comparator. */
  readonly checkers: readonly string[];
  /**
   * The Lake project that candidates are built in; it is read once, and never written to. Default: the package's own.
   */
  readonly template: string;
  /** The `lake` to run: a path, or a name on the PATH. Default: `lake`. */
  readonly lake: string;
}

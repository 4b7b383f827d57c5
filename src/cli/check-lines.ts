/** The lines that `check` prints: one, and more where every declaration is asked for. */
import type { BothAnswers } from '../campaign/offline/both-kernels.js';
import { brief } from '../kernel/import/problem.js';
import type { FileAnswer } from '../kernel/import/check-file.js';
import type { Answer } from '../util/answer.js';
import { asJson } from '../util/printable.js';

const words = { accepts: 'accepted', refuses: 'rejected', noAnswer: 'declined' } as const;

/** An answer as it is printed: of a text, lines say nothing, and some of the library may stand without its value. */
export type Shown = Omit<FileAnswer, 'line'> & {
  readonly line: number | null;
  readonly assumed?: number;
  /** Where another kernel was asked, too. */
  readonly both?: BothAnswers;
};

/** The lines for people; `every` names each declaration that was not accepted. */
export function linesOf(shown: Shown, every: boolean): string[] {
  const others = every ? (shown.every?.others ?? []) : [];
  return [
    ...others.map(({ line, answer }) => `line ${line}: ${words[answer.kind]}: ${answer.why}`),
    ...(shown.both === undefined ? [] : linesOfBoth(shown.both)),
    summaryOf(shown),
  ];
}

function linesOfBoth(both: BothAnswers): string[] {
  const { lean, accepted, refused, noAnswer, differences, oursPerSecond, theirsPerSecond } = both;
  return [
    ...differences.map(
      ({ line, name, ours, theirs }) => `line ${line}: ${name}: ${said(ours)}; Lean: ${said(theirs)}`,
    ),
    `both accept ${accepted} declarations and reject ${refused}; they differ about ${differences.length}, ` +
      `and about ${noAnswer} one of them says nothing`,
    `declarations a second: ${oursPerSecond}, Lean ${theirsPerSecond}`,
    `Lean ${lean}`,
  ];
}

function said(answer: Answer): string {
  return answer.kind === 'accepts' ? words.accepts : `${words[answer.kind]}: ${answer.why}`;
}

function summaryOf({ answer, line, constants, axioms, assumed = 0, every }: Shown): string {
  // Where every declaration was asked for, the last line says nothing.
  const where = line === null || every !== undefined ? '' : `line ${line}: `;
  if (answer.kind !== 'accepts') return `${words[answer.kind]}: ${where}${answer.why}`;
  const about = axioms.length === 0 ? 'no axioms' : `axioms: ${listOf(axioms)}`;
  const rest =
    assumed === 0 ? '' : `; ${assumed} of the library are taken on trust: this Lean has no values of them`;
  return `accepted: ${constants} constants${line === null ? '' : ` in ${line} lines`}, ${about}${rest}`;
}

/** Names that a line for people lists; JSON has them all. */
const maxListed = 20;

function listOf(names: readonly string[]): string {
  const listed = names.slice(0, maxListed).map(brief).join(', ');
  return names.length > maxListed ? `${listed} and ${names.length - maxListed} more` : listed;
}

/** All of it as one line of JSON. */
export function jsonOf({ answer, line, constants, axioms, assumed, every, both }: Shown): string {
  const reasonOf = (one: Answer): string | null => (one.kind === 'accepts' ? null : one.why);
  return asJson({
    result: words[answer.kind],
    line,
    why: reasonOf(answer),
    constants,
    axioms,
    ...(assumed === undefined ? {} : { assumed }),
    ...(every === undefined
      ? {}
      : {
          declarations: every.declarations,
          notAccepted: every.others.map((other) => ({
            ...{ line: other.line, name: other.name },
            ...{ result: words[other.answer.kind], why: other.answer.why },
          })),
        }),
    ...(both === undefined
      ? {}
      : {
          against: {
            ...both,
            differences: both.differences.map(({ line: at, name, ours, theirs }) => ({
              ...{ line: at, name, ours: words[ours.kind], theirs: words[theirs.kind] },
              why: reasonOf(ours) ?? reasonOf(theirs),
            })),
          },
        }),
  });
}

import { accepts, noAnswer, refuses, type Answer } from '../api/answer.js';
import { rowOfWords, type AnswersRow, type AnswerWord, type Checks } from '../api/lake.js';
import type { Discovery } from '../api/verdict.js';
import { never } from '../util/errors.js';
import { checkedSignature } from './signature.js';

/** The three answers of a row. */
export type Answers = Omit<Checks, 'remarks'>;

/** An answer as rows and tables say it. */
export function wordOf(answer: Answer): AnswerWord {
  switch (answer.kind) {
    case 'accepts':
      return 'pass';
    case 'refuses':
      return 'fail';
    case 'noAnswer':
      return 'none';
    default:
      return never(answer);
  }
}

/** A row of the table of answers, e.g. `lake_pass_comp_fail_safe_pass`; also the name of a folder in solutions/. */
export function rowOf({ lake, comparator, safeVerify }: Answers): AnswersRow {
  return rowOfWords(wordOf(lake), wordOf(comparator), wordOf(safeVerify));
}

/** The combined answer of all programs to a claim; `disputed` where some accept and others refuse it. */
export type Together = Answer | { readonly kind: 'disputed'; readonly why: string };

/**
 * All that answered must agree, and a checker must be among them: Lake itself accepts another statement or an axiom
 * just as well.
 */
export function together(answers: Answers): Together {
  const accepting = named(answers, 'accepts');
  const refusing = named(answers, 'refuses');
  const accepted = `accepted by ${accepting.join(', ')}`;
  const refused = `${refusing.join(' and ')} refuse it`;
  if (refusing.length > 0 && accepting.length > 0)
    return { kind: 'disputed', why: `${accepted}, but ${refused}` };
  if (refusing.length > 0) return refuses(refused);
  if (accepting.length === 0) return noAnswer('nobody answered');
  const isBuilt = answers.lake.kind === 'accepts';
  return isBuilt && accepting.length > 1 ? accepts : noAnswer(`${accepted}, but no checker answered`);
}

/**
 * The verdict on a claim, `built` by Lake before or not. Undefined where all that answered refuse it, and where nobody
 * answered about one that nothing speaks for.
 */
export function judgeChecks(claim: string, checks: Checks, built: boolean): Discovery | undefined {
  const said = together(checks);
  const accepting = named(checks, 'accepts');
  const verdict = (kind: 'solution' | 'lead', why: string): Discovery => {
    const found = {
      reasons: [`"${claim}" is ${why}`, ...checks.remarks],
      claim,
      signature: checkedSignature(rowOf(checks), claim),
    };
    return kind === 'lead' ? { kind, ...found } : { kind, ...found, axioms: [] };
  };
  switch (said.kind) {
    case 'accepts':
      return verdict('solution', `accepted by ${accepting.join(', ')}`);
    case 'disputed':
      return verdict('lead', said.why);
    case 'noAnswer':
      if (accepting.length > 0) return verdict('lead', said.why);
      return built ? verdict('lead', `built, but ${said.why} when it was checked`) : undefined;
    case 'refuses':
      return undefined;
    default:
      return never(said);
  }
}

const names = { lake: 'Lake', comparator: 'comparator', safeVerify: 'SafeVerify' } as const;

function named(answers: Answers, kind: Answer['kind']): string[] {
  return (['lake', 'comparator', 'safeVerify'] as const)
    .filter((who) => answers[who].kind === kind)
    .map((who) => names[who]);
}

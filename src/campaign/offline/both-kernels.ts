/** Our own kernel's answers to the declarations of a file beside those of a Lean's. */
import type { Answer } from '../../api/answer.js';
import { describeLean, type Lean } from '../../api/lean.js';
import type { JudgedFile, DeclarationPlace } from '../../execute/embedded/judge-file.js';
import { answerTo } from '../../judge/no-answer.js';
import type { EveryAnswer } from '../../kernel/import/check-file.js';
import { accepts, noAnswer } from '../../util/answer.js';

/** A declaration to which one says yes and the other no. */
export interface FileDifference extends DeclarationPlace {
  readonly ours: Answer;
  readonly theirs: Answer;
}

export interface BothAnswers {
  /** The Lean, in full. */
  readonly lean: string;
  /** Declarations by what both said: the same, or one of them nothing. */
  readonly accepted: number;
  readonly refused: number;
  readonly noAnswer: number;
  readonly differences: readonly FileDifference[];
  /** Declarations a second inside each kernel. */
  readonly oursPerSecond: number;
  readonly theirsPerSecond: number;
}

/** Compares the answers declaration by declaration. */
export function bothAnswers(ours: EveryAnswer, theirs: JudgedFile, lean: Lean): BothAnswers {
  const own = new Map(ours.others.map((other) => [other.at, other]));
  const official = new Map(theirs.refused.map((one) => [one.at, one]));
  const counts = { accepted: 0, refused: 0, noAnswer: 0 };
  const differences: FileDifference[] = [];
  for (let at = 0; at < ours.declarations; at++) {
    const [mine, its] = [own.get(at), official.get(at)];
    const place = mine ?? its;
    const [a, b] = [mine?.answer ?? accepts, officialAnswer(theirs, at)];
    if (a.kind === 'noAnswer' || b.kind === 'noAnswer') counts.noAnswer++;
    else if (a.kind === b.kind) counts[a.kind === 'accepts' ? 'accepted' : 'refused']++;
    else if (place !== undefined)
      differences.push({ at, line: place.line, name: place.name, ours: a, theirs: b });
  }
  return {
    lean: describeLean(lean),
    ...counts,
    differences,
    oursPerSecond: perSecond(ours),
    theirsPerSecond: perSecond(theirs),
  };

  function officialAnswer({ lost, declarations }: JudgedFile, at: number): Answer {
    const refused = official.get(at);
    if (refused !== undefined) return answerTo({ outcome: refused.refusal });
    if (lost !== undefined && at >= lost.at)
      return noAnswer(at === lost.at ? lost.why : `not asked: Lean was lost at ${lost.name}`);
    return at < declarations ? accepts : noAnswer('not asked: the file ended before');
  }
}

function perSecond({ declarations, micros }: Pick<EveryAnswer, 'declarations' | 'micros'>): number {
  return Math.round(declarations / (Math.max(1, micros) / 1e6));
}

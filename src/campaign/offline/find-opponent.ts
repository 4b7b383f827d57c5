import { dirname } from 'node:path';
import { statSync } from 'node:fs';
import { checkerIn } from '../../api/checker.js';
import { describeLean, isSameLean, type Lean } from '../../api/lean.js';
import type { FindingFile } from '../../store/finding-files.js';
import { readOpinions, type StoredOpinion } from '../../store/opinions-file.js';
import { leanOfRecord } from '../../execute/native/chosen-lean.js';
import { invalid, unusable } from '../../util/errors.js';
import { chosenLean, type TellNote } from './lean-of-finding.js';
import type { Opponent } from './opponent.js';

/** Who is named as the other of the two: another Lean, or NAME=COMMAND of another kernel. */
export interface NamedOpponent {
  readonly against?: string | undefined;
  readonly checker?: string | undefined;
}

/** How the user knows the options that name them. */
interface OptionNames {
  readonly against: string;
  readonly checker: string;
}

/**
 * The other of the two that a finding is about; undefined for a finding of another class. UserError (2) where nobody
 * knows who that is, or it is not here. A checker is run only where it is named: a finding may come from anybody.
 */
export async function findOpponent(
  path: string,
  file: FindingFile,
  own: Lean,
  { against, checker }: NamedOpponent,
  names: OptionNames,
  tell: TellNote,
): Promise<Opponent | undefined> {
  if (file.class !== 'difference') {
    if (against === undefined && checker === undefined) return undefined;
    throw invalid(
      against === undefined ? names.checker : names.against,
      against ?? checker,
      `a finding of class difference with it, not of ${file.class ?? 'none'}`,
    );
  }
  if (against !== undefined && checker !== undefined)
    throw invalid(names.checker, checker, `either it or ${names.against}`);
  if (checker !== undefined) {
    const known = checkerIn(checker);
    if (known === undefined) throw invalid(names.checker, checker, 'NAME=COMMAND');
    return { kind: 'checker', checker: known };
  }
  const { lean, mutant } =
    against === undefined
      ? await storedOpponent(path, file, names)
      : {
          lean: await chosenLean(against, { level: 'kernel', mutant: null }, names.against, tell),
          mutant: null,
        };
  if (isSameLean(lean, own) && mutant === file.kernelMutant)
    throw invalid(names.against, against ?? describeLean(lean), `another Lean than ${describeLean(own)}`);
  return { kind: 'lean', lean, mutant };
}

/** By the folder's opinions: the first Lean that answers otherwise than the finding's own, or else the only other. */
async function storedOpponent(
  path: string,
  { signature }: FindingFile,
  names: OptionNames,
): Promise<{ lean: Lean; mutant: string | null }> {
  const [own, ...others] = readOpinions(statSync(path).isDirectory() ? path : dirname(path));
  const leans = others.flatMap((one) => (one.by.kind === 'lean' ? [{ ...one, by: one.by }] : []));
  const isOtherwise = ({ answer }: StoredOpinion): boolean =>
    answer.kind !== 'noAnswer' && answer.kind !== own?.answer.kind;
  const otherwise = others.find(isOtherwise)?.by;
  const other = leans.find(isOtherwise) ?? (otherwise === undefined ? leans[0] : undefined);
  if (other === undefined) {
    const named =
      otherwise?.kind === 'checker'
        ? `${names.checker} ${otherwise.name}=COMMAND`
        : `${names.against} or ${names.checker}`;
    throw invalid('finding', `${path} (${signature})`, `${named} with it: who differs from its Lean`);
  }
  const { lean: record, mutant = null } = other.by;
  const lean = await leanOfRecord('finding', record, { level: 'kernel', mutant }, names.against);
  if (isSameLean(lean, record)) return { lean, mutant };
  const expected = `the Lean that differs, ${describeLean(record)}; ${names.against} names another`;
  throw unusable('finding', describeLean(lean), expected);
}

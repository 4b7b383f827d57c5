/** Who is asked beside a finding's own Lean where the finding is a difference between two: for `replay` and `minimize`. */
import { dirname } from 'node:path';
import { statSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { checkerIn } from '../api/checker.js';
import { describeLean, isSameLean, type Lean } from '../api/lean.js';
import type { Opponent } from '../campaign/offline/opponent.js';
import type { FindingFile } from '../store/finding-files.js';
import { readOpinions, type StoredOpinion } from '../store/opinions-file.js';
import { invalid } from '../util/errors.js';
import { chosenLean } from './lean-option.js';

export interface RawOpponent {
  readonly against?: string;
  readonly checker?: string;
}

/** Adds the options that name the other of the two. */
export function addOpponentOptions(command: Command): Command {
  return command
    .option(
      '--against <which>',
      'of a difference: the other Lean, named as for --lean (default: as its opinions.json says)',
    )
    .addOption(
      new Option(
        '--checker <name=command>',
        'of a difference: the other kernel, with the file in $IN',
      ).conflicts('against'),
    );
}

/**
 * The other of the two that a finding is about; undefined for a finding of another class. UserError (2) where nobody
 * knows who that is, or it is not here. A checker is run only where it is named: a finding may come from anybody.
 */
export async function opponentOf(
  path: string,
  file: FindingFile,
  own: Lean,
  { against, checker }: RawOpponent,
): Promise<Opponent | undefined> {
  const named = against === undefined ? '--checker' : '--against';
  if (file.class !== 'difference') {
    if (against === undefined && checker === undefined) return undefined;
    throw invalid(
      named,
      against ?? checker,
      `a finding of class difference with it, not of ${file.class ?? 'none'}`,
    );
  }
  if (checker !== undefined) {
    const known = checkerIn(checker);
    if (known === undefined) throw invalid('--checker', checker, 'NAME=COMMAND');
    return { kind: 'checker', checker: known };
  }
  const stored = against === undefined ? storedOpponent(path, file) : { which: against, mutant: null };
  const lean = await chosenLean(stored.which, { level: 'kernel', mutant: stored.mutant }, '--against');
  if (isSameLean(lean, own) && stored.mutant === file.kernelMutant)
    throw invalid('--against', stored.which, `another Lean than ${describeLean(own)}`);
  return { kind: 'lean', lean, mutant: stored.mutant };
}

/** By the folder's opinions: the first Lean that answers otherwise than the finding's own, or else the only other. */
function storedOpponent(path: string, { signature }: FindingFile): { which: string; mutant: string | null } {
  const [own, ...others] = readOpinions(statSync(path).isDirectory() ? path : dirname(path));
  const leans = others.flatMap((one) => (one.by.kind === 'lean' ? [{ ...one, by: one.by }] : []));
  const isOtherwise = ({ answer }: StoredOpinion): boolean =>
    answer.kind !== 'noAnswer' && answer.kind !== own?.answer.kind;
  const otherwise = others.find(isOtherwise)?.by;
  const other = leans.find(isOtherwise) ?? (otherwise === undefined ? leans[0] : undefined);
  if (other === undefined) {
    const named =
      otherwise?.kind === 'checker' ? `--checker ${otherwise.name}=COMMAND` : '--against or --checker';
    throw invalid('finding', `${path} (${signature})`, `${named} with it: who differs from its Lean`);
  }
  const { lean, mutant = null } = other.by;
  return { which: lean.kind === 'embedded' ? 'embedded' : dirname(lean.path), mutant };
}

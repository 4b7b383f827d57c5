/** Who is asked beside a finding's own Lean where the finding is a difference between two: for `replay` and `minimize`. */
import { Option, type Command } from 'commander';
import type { Lean } from '../api/lean.js';
import { findOpponent, type NamedOpponent } from '../campaign/offline/find-opponent.js';
import type { Opponent } from '../campaign/offline/opponent.js';
import type { FindingFile } from '../store/finding-files.js';
import { printError } from './output.js';

export type RawOpponent = NamedOpponent;

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

/** The other of the two that a finding is about; undefined for a finding of another class. */
export function opponentOf(
  path: string,
  file: FindingFile,
  own: Lean,
  raw: RawOpponent,
): Promise<Opponent | undefined> {
  return findOpponent(path, file, own, raw, { against: '--against', checker: '--checker' }, printError);
}

import { relative, sep } from 'node:path';
import type { FoundInRun, Summary } from '../../api/campaign.js';
import { ownCommand, pathArgument } from '../../util/shell.js';
import { fails, type FailOn } from './fail-on.js';

/** A campaign as a pipeline sees it. */
export interface CiOutcome {
  readonly summary: Summary;
  readonly finds: readonly Find[];
}

/** A find, and what it means for the pipeline. */
export interface Find {
  readonly shown: FoundInRun;
  readonly isFailing: boolean;
  /** Such as `new solution` or `known lead (soundness)`. */
  readonly title: string;
  readonly message: string;
  /** The command that replays it. */
  readonly replay: string;
  /** The file to look at, from the current folder, with slashes. */
  readonly file: string;
}

/** The outcome for a pipeline of a campaign that has ended; `from` is the folder that its files are named from. */
export function outcomeOf(
  summary: Summary,
  failOn: readonly FailOn[],
  from: string = process.cwd(),
): CiOutcome {
  return { summary, finds: summary.findings.map((shown) => findOf(shown, summary, failOn, from)) };
}

function findOf(
  shown: FoundInRun,
  { campaignFolder }: Summary,
  failOn: readonly FailOn[],
  from: string,
): Find {
  const { kind, leadClass, known, signature, folder, id, written } = shown;
  const words = [
    known === undefined ? 'new' : 'known',
    kind,
    ...(leadClass === undefined ? [] : [`(${leadClass})`]),
  ];
  const where = written ? [folder] : [campaignFolder, id];
  const replay = ownCommand(['replay', ...where.map(pathArgument)], from);
  const note = known === undefined ? '' : ` (${known})`;
  return {
    shown,
    isFailing: fails(shown, failOn),
    title: words.join(' '),
    message: `${signature}${note}; replay with: ${replay}`,
    replay,
    file: relative(from, written ? `${folder}/Finding.lean` : campaignFolder).replaceAll(sep, '/') || '.',
  };
}

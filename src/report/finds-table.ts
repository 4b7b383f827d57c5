import type { FoundInRun, Summary } from '../api/campaign.js';
import { ownCommand, pathArgument } from '../util/shell.js';

/** Findings of which the last table has a row each; the others are counted. */
const shownFinds = 12;

/** The last table of a run: what was found, known or new, how large it is, and what to do with it. */
export function findsTable({ findings, campaignFolder, checks }: Summary): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, shownFinds);
  const left = findings.length - shown.length;
  const list = pathArgument(campaignFolder);
  return [
    'found in this run:',
    ...shown.flatMap((find) => rowsOf(find, campaignFolder, checks !== undefined)),
    ...(left === 0
      ? []
      : [`  and ${left} more; all of them: ${ownCommand(['report', list], process.cwd())}`]),
  ];
}

function rowsOf(find: FoundInRun, campaignFolder: string, isLake: boolean): string[] {
  const { kind, known, declarations, size, signature, id, folder, written } = find;
  const news = known === undefined ? `new ${kind}` : `known ${kind} (${known})`;
  const many = `${declarations} ${declarations === 1 ? 'declaration' : 'declarations'}`;
  const command = (...words: string[]): string => ownCommand(words, process.cwd());
  const where = written ? [folder] : [campaignFolder, id];
  return [
    `  ${news}, ${many}, size ${size}: ${signature}`,
    `    replay with: ${command('replay', ...where.map(pathArgument))}`,
    // On the Lake target nothing is made smaller, and of an unwritten one there is no folder to put it into.
    ...(isLake || !written ? [] : [`    minimise with: ${command('minimize', pathArgument(folder))}`]),
  ];
}

import { Option, type Command } from 'commander';
import { corpusStatistics } from '../../campaign/offline/corpus/corpus-statistics.js';
import { minimizeCorpus } from '../../campaign/offline/corpus/minimize-corpus.js';
import {
  shownByEntries,
  storedEntries,
  withCorpus,
  type Stored,
} from '../../campaign/offline/corpus/open-corpus.js';
import { exportCorpus, importCorpus } from '../../campaign/offline/corpus/transfer.js';
import { asText } from '../../store/candidate-text.js';
import type { CampaignDatabase } from '../../store/database.js';
import { invalid } from '../../util/errors.js';
import { printError, printJson, printLine, printText } from '../output.js';

const campaign = ['<campaign>', "a campaign's folder"] as const;

/** `corpus list|show|export|import|cmin|stats`: looks into and changes what a campaign has collected. */
export function addCorpus(program: Command): void {
  const corpus = program
    .command('corpus')
    .description("look into a campaign's corpus and change it")
    .addHelpText('after', example('list campaigns/smoke'));
  corpus
    .command('list')
    .description('one line an entry, oldest first')
    .addHelpText('after', example('list campaigns/smoke'))
    .argument(...campaign)
    .option('--json', 'one JSON object a line', false)
    .action((folder: string, { json }: { json: boolean }) =>
      read(folder, json, (stored) => stored.map(summaryOf)),
    );
  corpus
    .command('show')
    .description('print an entry: where it comes from, and its text')
    .addHelpText('after', example('show campaigns/smoke 12'))
    .argument(...campaign)
    .argument('<entry>', 'its number or id, as `list` shows them')
    .action(show);
  corpus
    .command('stats')
    .description('entries by level, outcome and mutator; features')
    .addHelpText('after', example('stats campaigns/smoke'))
    .argument(...campaign)
    .option('--json', 'as JSON', false)
    .action(stats);
  corpus
    .command('export')
    .description('write each entry to a folder: all of it as .entry, the text as .lean or .txt')
    .addHelpText('after', example('export campaigns/smoke entries'))
    .argument(...campaign)
    .argument('<folder>', 'where to; created where it is missing')
    .action((folder: string, to: string) => {
      const entries = withCorpus(folder, 'read', entriesOf);
      exportCorpus(entries, to);
      printLine(`exported ${entries.length} entries to ${to}`);
    });
  corpus
    .command('import')
    .description('add what others have: a campaign, or .entry, .lean and .ndjson files (of lean4export)')
    .addHelpText('after', example('import campaigns/smoke entries'))
    .argument(...campaign)
    .argument('<path>', 'a campaign, or a file or folder of such files')
    .action((folder: string, from: string) => {
      const { added, found, notes } = withCorpus(folder, 'change', (database) =>
        importCorpus(database, from),
      );
      notes.forEach((note) => printError(`import: ${note}`));
      printLine(`imported ${added} of ${found} entries; the others were known`);
    });
  corpus
    .command('cmin')
    .description('keep the fewest entries that show all features, without running any')
    .addHelpText('after', example('cmin campaigns/smoke --dry-run'))
    .argument(...campaign)
    .option('--in-place', 'delete the others from the campaign and give their room back (also without this)')
    .addOption(new Option('--dry-run', 'only say what would go').default(false).conflicts('inPlace'))
    .action(cmin);
}

/** The entries that can be read; the others are named on standard error. */
function entriesOf(database: CampaignDatabase): Stored[] {
  return storedEntries(database, printError);
}

function example(of: string): string {
  return `\nExample:\n  $ npx lean-fuzz corpus ${of}`;
}

function read(folder: string, json: boolean, select: (stored: Stored[]) => readonly object[]): void {
  for (const value of select(withCorpus(folder, 'read', entriesOf)))
    if (json) printJson(value);
    else printLine(pairs(value).join('  '));
}

function stats(folder: string, { json }: { json: boolean }): void {
  const statistics = corpusStatistics(withCorpus(folder, 'read', entriesOf));
  if (json) return printJson(statistics);
  const { entries, units, bytes, features, rareFeatures, byLevel, byOutcome, byMutator } = statistics;
  printLine(`${entries} entries of ${units} units in ${bytes} bytes`);
  printLine(`${features} features, ${rareFeatures} of them shown by one entry alone`);
  printLine(`levels: ${counted(byLevel)}`);
  printLine(`what came of them: ${counted(inWords(byOutcome))}`);
  printLine('made last by:');
  const mutators = Object.entries(byMutator).sort(([, one], [, other]) => other.entries - one.entries);
  const width = Math.max(0, ...mutators.map(([name]) => name.length));
  for (const [name, made] of mutators)
    printLine(`  ${name.padEnd(width)}  ${made.entries} entries, ${made.newFeatures} new features`);
}

const outcomeWords: Readonly<Record<string, string>> = {
  accepted: 'all accepted',
  rejected: 'some declarations refused',
  imported: 'imported and not run yet',
};

/** Counts of outcomes, under words that say them to people. */
function inWords(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [outcomeWords[name] ?? name, count]),
  );
}

/** Counts by name, the largest first; `none` where there are none. */
function counted(counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  return rows.length === 0 ? 'none' : rows.map(([name, count]) => `${name} ${count}`).join(', ');
}

function show(folder: string, wanted: string): void {
  const entries = withCorpus(folder, 'read', entriesOf);
  const stored = entries.find(({ number, id }) => String(number) === wanted || id === wanted);
  if (stored === undefined) throw invalid('entry', wanted, `a number or id of the ${entries.length} entries`);
  const { seed, run } = stored.entry.candidate.lineage;
  pairs({ ...summaryOf(stored), seed, run }).forEach(printLine);
  printText(`\n${asText(stored.entry.candidate.units)}\n`);
}

function cmin(folder: string, { dryRun }: { dryRun: boolean }): void {
  withCorpus(folder, dryRun ? 'read' : 'change', (database) => {
    const entries = shownByEntries(database, printError);
    const kept = new Set(minimizeCorpus(entries));
    const gone = entries.filter((entry) => !kept.has(entry));
    if (!dryRun) database.deleteEntries(gone.map(({ number }) => number));
    const features = new Set(entries.flatMap((entry) => [...entry.features])).size;
    printLine(
      `${dryRun ? 'would keep' : 'kept'} ${kept.size} of ${entries.length} entries, which show all ${features} features`,
    );
    if (dryRun) return;
    const { before, after } = database.compact();
    printLine(`the database has ${after} bytes now, of ${before}`);
  });
}

function summaryOf({ number, id, level, elapsedSeconds, entry }: Stored): object {
  const { parents, mutators } = entry.candidate.lineage;
  return {
    number,
    id,
    level,
    outcome: entry.outcome,
    units: entry.candidate.units.length,
    features: entry.features.length,
    new: entry.newFeatures,
    seconds: Math.round(elapsedSeconds * 10) / 10,
    mutators: mutators.join(' '),
    parents: parents.join(' '),
  };
}

/** `name value` pairs; what is empty is left out. */
function pairs(value: object): string[] {
  return Object.entries(value)
    .filter(([, part]) => part !== '')
    .map(([name, part]) => `${name} ${typeof part === 'object' ? JSON.stringify(part) : String(part)}`);
}

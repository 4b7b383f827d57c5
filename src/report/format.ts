import type { BootPhase, BootStep, CanaryCounts, Snapshot, StartInfo, Summary } from '../api/campaign.js';
import type { Finding } from '../api/entries.js';
import { describeLean } from '../api/lean.js';
import type { MachineCounts } from '../api/machine.js';
import type { OpinionCounts } from '../api/opinion.js';
import { describeSignature } from '../api/signature.js';
import type { Yield } from '../api/yields.js';
import { ownCommand, pathArgument } from '../util/shell.js';
import { checksTable } from './checks-table.js';
import { findsTable } from './finds-table.js';
import { opinionLines } from './opinions-table.js';

/** Seconds as people read them: 7s, 3m07s, 2h05m. */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole}s`;
  const pad = (n: number): string => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)}m${pad(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h${pad(Math.floor((whole % 3600) / 60))}m`;
}

/**
 * A share of a whole, "-" of nothing. It is 100% only where it is all and 0% only where it is none: near both ends it has
 * a digit more.
 */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '-';
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.1) return '<0.1%';
  if (share > 99.9 && share < 100) return '>99.9%';
  const digits = share < 1 || share > 99 ? 10 : 1;
  return `${Math.round(share * digits) / digits}%`;
}

/** Start message of a campaign, as one line. */
export function startLine(info: StartInfo): string {
  const { lean, bootSeconds, bootPhases = [], seed, campaignFolder, joinedWorkers } = info;
  const from = `seed ${seed}, campaign ${campaignFolder}`;
  if (joinedWorkers === undefined)
    return `lean-fuzz: Lean ${describeLean(lean)} ready after ${bootSeconds}s${phasesIn(bootPhases)}, ${from}`;
  const workers = `worker${joinedWorkers.length === 1 ? '' : 's'} ${joinedWorkers.join(', ')}`;
  return `lean-fuzz: joined as ${workers} after ${bootSeconds}s, Lean ${describeLean(lean)}, ${from}`;
}

function phasesIn(phases: readonly BootPhase[]): string {
  if (phases.length < 2) return '';
  return ` (${phases.map(({ phase, seconds }) => `${phase} ${seconds}s`).join(', ')})`;
}

/** The phase and the step that a boot is at, with the seconds since it began, as one line. */
export function bootLine({ phase, step, seconds }: BootStep): string {
  return `${phase}: ${step} (${Math.floor(seconds)}s)`;
}

/** Known bugs by which this Lean proves False, as one line for the start; undefined where none is known. */
function knownBugsLine({ lean, knownBugs = [] }: StartInfo): string | undefined {
  if (knownBugs.length === 0) return undefined;
  return `Lean ${lean.version} has known bugs that prove False (${knownBugs.join(', ')}): what is found of them is marked as known`;
}

/** The words with which a campaign begins. */
export function startLines(info: StartInfo): string[] {
  const bugs = knownBugsLine(info);
  return [startLine(info), ...(bugs === undefined ? [] : [bugs])];
}

/** Words for a run that found nothing new: what was tried, and what to try next. */
function nextLines({ findings, campaignFolder, leanVersion, mendedBugs, ...summary }: Summary): string[] {
  if (summary.candidates === 0 || findings.some(({ known }) => known === undefined)) return [];
  const command = (...words: string[]): string => ownCommand(words, process.cwd());
  const folder = pathArgument(campaignFolder);
  return [
    ...(mendedBugs.length === 0
      ? []
      : [
          `Lean ${leanVersion} has no more of these bugs that proved False: ${mendedBugs.join(', ')}; tried were ` +
            `${summary.candidates} candidates of ${summary.declarations} declarations`,
        ]),
    'nothing new was found; to go on:',
    `  ${command('--campaign', folder, '--time', '1h')}  # resumes it`,
    `  ${command('report', folder)}  # shows what it came to`,
    `  ${command('doctor')}  # says which other Leans are there for --lean and --against`,
  ];
}

/** A snapshot as one line. */
export function statusLine(snapshot: Snapshot): string {
  const states = snapshot.workers.map((worker) => worker.state[0]?.toUpperCase() ?? '?').join('');
  return [
    duration(snapshot.elapsedSeconds),
    `tests ${snapshot.tests} (${snapshot.testsPerMinute}/min)`,
    // Imported candidates run, and have no tests of their own.
    ...(snapshot.tests === 0 && snapshot.candidates > 0 ? [`candidates ${snapshot.candidates}`] : []),
    `workers ${states}`,
    `accepted ${percent(snapshot.declarationsAccepted, snapshot.declarations)}`,
    `features ${snapshot.features}`,
    ...(snapshot.blocksInAll === 0 ? [] : [`blocks ${snapshot.blocks}/${snapshot.blocksInAll}`]),
    `corpus ${snapshot.corpus}`,
    `leads ${signatures(snapshot.newLeads, snapshot.knownLeads, snapshot.unnamedLeads)}`,
    `solutions ${signatures(snapshot.newSolutions, snapshot.knownSolutions, snapshot.unnamedSolutions)}`,
    `restarts ${snapshot.restarts}`,
    `errors ${snapshot.errors}`,
    `dropped ${snapshot.dropped}`,
    ...(snapshot.machines === undefined ? [] : [`machines ${machinesSeen(snapshot.machines)}`]),
    ...(snapshot.opinions === undefined ? [] : [`others ${othersAsked(snapshot.opinions)}`]),
  ].join('  ');
}

/** How many different signatures there are; what is known stands apart, and what has no name yet. */
export function signatures(fresh: number, known: number, unnamed = 0): string {
  const others = [
    ...(known === 0 ? [] : [`${known} known`]),
    ...(unnamed === 0 ? [] : [`${unnamed} unnamed`]),
  ];
  return others.length === 0 ? String(fresh) : `${fresh} (+${others.join(', +')})`;
}

/** How many machines share the campaign, this one included; the findings of the others stand apart. */
function machinesSeen({ others, leads, solutions, isAway }: MachineCounts): string {
  const found = leads + solutions === 0 ? [] : [`others: leads ${leads}, solutions ${solutions}`];
  const remarks = [...found, ...(isAway ? ['not reached'] : [])];
  return `${others + 1}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`;
}

/** How many candidates others were asked about; those that nobody was asked about stand apart. */
export function othersAsked({ asked, notAsked }: OpinionCounts): string {
  return notAsked === 0 ? String(asked) : `${asked} (+${notAsked} not asked)`;
}

/**
 * A finding of a new signature as one line; `known` is what a baseline says of it. A known lead is short: nobody has
 * to do anything about it.
 */
export function findingLine(finding: Finding, folder: string, known: string | undefined): string {
  const { verdict } = finding;
  if (known !== undefined && verdict.kind === 'lead')
    return `known lead (${known}): ${describeSignature(verdict.signature)}`;
  const where = folder === '' ? '' : `; ${folder}`;
  const kind = known === undefined ? verdict.kind : `known ${verdict.kind} (${known})`;
  return `${kind}: ${verdict.reasons.join('; ')} (seed ${finding.candidate.lineage.seed}, candidate ${finding.candidate.lineage.run}${where})`;
}

/** Rows of a summary's yields that are shown of each kind; the database has all. */
const shownYields = 4;

/** The best mutators and categories, for each level and kind on a line; empty where nothing was found. */
function yieldLines(yields: readonly Yield[]): string[] {
  const found = yields.filter(({ newFeatures }) => newFeatures > 0);
  const groups = new Set(found.map(({ level, kind }) => `${level} ${kind}`));
  return [...groups].map((group) => {
    const best = found.filter(({ level, kind }) => `${level} ${kind}` === group).slice(0, shownYields);
    const shown = best.map(
      ({ name, newFeatures, candidates }) => `${name} ${newFeatures} (of ${candidates})`,
    );
    return `new features by ${group} (of its candidates): ${shown.join(', ')}`;
  });
}

/** Whether executors were still themselves behind the candidates that had run in them. */
export function canariesAsked({ asked, wrong }: CanaryCounts): string {
  return `state between candidates: ${asked} canaries asked, ${wrong} wrong`;
}

/** Causes of the restarts. The rest are workers, and executors that failed at what the judge has asked. */
function restartsOf({ restarts, timeouts, crashes, outOfMemory, killed }: Summary): string {
  const others = restarts - timeouts - crashes - outOfMemory - killed;
  const known = `${timeouts} timeouts, ${crashes} crashes, ${outOfMemory} out of memory, ${killed} killed from outside`;
  return others > 0 ? `${known}, ${others} of workers or while judging` : known;
}

/** Where all was imported, or ended before its first test, candidates are what there is to count. */
function workDone({ tests, testsPerMinute, candidates }: Summary): string {
  if (tests === 0 && candidates > 0) return `${candidates} candidates, none with a test of its own`;
  return `${tests} tests, ${testsPerMinute} a minute`;
}

/** Summary of a campaign, in a few lines. */
export function summaryLines(summary: Summary): string[] {
  const lines = [
    `stopped by ${summary.stoppedBy} after ${duration(summary.elapsedSeconds)}: ${workDone(summary)}, ` +
      `${percent(summary.declarationsAccepted, summary.declarations)} of ${summary.declarations} declarations accepted, ` +
      `${percent(summary.shareInsideLean, 1)} of the time inside Lean`,
    `corpus ${summary.corpus}, leads ${signatures(summary.newLeads, summary.knownLeads)}, ` +
      `solutions ${signatures(summary.newSolutions, summary.knownSolutions)}, restarts ${summary.restarts} ` +
      `(${restartsOf(summary)}), errors ${summary.errors}, dropped ${summary.dropped}`,
    ...(summary.checks === undefined ? [canariesAsked(summary.canaries)] : []),
    `seed ${summary.seed}, campaign ${summary.campaignFolder}`,
  ];
  const classes = Object.entries(summary.leadClasses).map(([name, count]) => `${name} ${count}`);
  if (classes.length > 0) lines.push(`leads by class: ${classes.join(', ')}`);
  if (summary.opinions !== undefined) lines.push(...opinionLines(summary.opinions));
  if (summary.unlooked > 0) lines.push(`${summary.unlooked} constants were not looked at to the end`);
  lines.push(...yieldLines(summary.yields));
  if (summary.checks !== undefined) lines.push(...checksTable(summary.checks));
  lines.push(...findsTable(summary), ...nextLines(summary));
  return lines;
}

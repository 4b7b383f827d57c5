import type { CampaignRecord, FindingRow } from '../api/report.js';
import { describeLean } from '../api/lean.js';
import { pathArgument } from '../util/shell.js';
import { canariesAsked, duration, othersAsked, percent, signatures } from './format.js';
import { machineLines } from './machines-text.js';
import { newest, recent, secondsWithoutNews } from './recent.js';
import { sparkline } from './sparkline.js';

/** Findings that have a line each; the others are counted. */
const shownFindings = 8;

/** How a campaign stands, for people: what it found first; `stopped` is its process, where somebody has stopped that. */
export function statusLines(record: CampaignRecord, isRunning: boolean, stopped?: number): string[] {
  const { folder, lean, seed, findings, errors, canaries, opinions, machines } = record;
  const now = newest(record);
  const head = `${pathArgument(folder)}: ${stateOf(isRunning, stopped)}, Lean ${describeLean(lean)}, seed ${seed}`;
  if (now === undefined) return [head, 'nothing was counted yet'];
  const { seconds, tests, byWorker } = recent(record);
  const perMinute = (count: number, inSeconds: number): number =>
    Math.round((count * 60) / Math.max(inSeconds, 0.001));
  const workers = [...byWorker].map(([worker, count]) => `${worker}: ${perMinute(count, seconds)} tests/min`);
  return [
    head,
    `solutions ${counted(findings, 'solution')}, leads ${counted(findings, 'lead')}`,
    ...findings.slice(0, shownFindings).map(findingLine),
    ...(findings.length > shownFindings ? [`  and ${findings.length - shownFindings} more`] : []),
    `time ${duration(now.elapsedSeconds)}, tests ${now.tests} (${perMinute(now.tests, now.elapsedSeconds)}/min, ` +
      `${perMinute(tests, seconds)}/min lately), candidates ${now.candidates}, ` +
      `accepted ${percent(now.declarationsAccepted, now.declarations)} of ${now.declarations} declarations`,
    `corpus ${now.corpus}, features ${now.features}${now.blocks === 0 ? '' : `, blocks ${now.blocks}`}, ` +
      `nothing new for ${duration(secondsWithoutNews(record))}`,
    `features over time ${sparkline(record.statistics.map((point) => [point.elapsedSeconds, point.features]))}`,
    `workers ${workers.length === 0 ? 'none' : workers.join(', ')}; ${percent(now.shareInsideLean, 1)} of their time ` +
      `inside Lean, ${percent(now.shareJudging, 1)} judging`,
    `restarts ${now.restarts} (${now.timeouts} timeouts, ${now.crashes} crashes, ${now.outOfMemory} out of memory), ` +
      `errors ${Object.values(errors).reduce((sum, count) => sum + count, 0)}, dropped ${now.dropped}`,
    canariesAsked(canaries),
    ...machineLines(machines),
    ...(opinions === undefined ? [] : [`others were asked about ${othersAsked(opinions)} candidates`]),
  ];
}

function stateOf(isRunning: boolean, stopped: number | undefined): string {
  if (stopped !== undefined) return `stopped (kill -CONT ${stopped} lets it go on)`;
  return isRunning ? 'running' : 'not running';
}

function counted(findings: readonly FindingRow[], kind: string): string {
  const rows = findings.filter((row) => row.kind === kind);
  const unnamed = rows.filter(({ isUnnamed }) => isUnnamed === true).length;
  const known = rows.filter((row) => row.known !== undefined && row.isUnnamed !== true).length;
  return signatures(rows.length - known - unnamed, known, unnamed);
}

function findingLine({ kind, signature, times, known, isUnnamed, folder, id, machine }: FindingRow): string {
  const where = machine === undefined ? '' : ` of ${machine}`;
  const standing = isUnnamed === true ? 'unnamed ' : known === undefined ? '' : 'known ';
  const news = `${standing}${kind}${where}`;
  const often = times === 1 ? '' : `, ${times} times`;
  return `  ${news}: ${signature}${often}; ${folder === undefined ? id : pathArgument(folder)}`;
}

import { describeLean } from '../api/lean.js';
import type { CampaignRecord, FindingRow, StatisticsPoint } from '../api/report.js';
import type { Yield } from '../api/yields.js';
import { asMarkdown, asMarkdownCode } from '../util/markup.js';
import { ownCommand, pathArgument } from '../util/shell.js';
import { duration, percent } from './format.js';
import { opinionHeads, opinionRows, opinionSentence } from './opinions-table.js';

/** Workers that a chart has lines for; more would not be told apart. */
const maxWorkers = 8;

/** Headline values of the report, the same in every output format. */
export function headlines(record: CampaignRecord): (readonly [name: string, value: string])[] {
  const last = record.statistics.at(-1);
  const of = (kind: string, known: boolean): number =>
    record.findings.filter((row) => row.kind === kind && (row.known !== undefined) === known).length;
  return [
    ['fuzzing time', duration(record.elapsedSeconds)],
    ['seed', String(record.seed)],
    ['level', typeof record.options['level'] === 'string' ? record.options['level'] : 'unknown'],
    ['Lean', describeLean(record.lean)],
    ...plantedIn(record),
    ['lean-fuzz', record.packageVersion],
    ['tests', String(last?.tests ?? 0)],
    ['tests a minute', String(ratePerMinute(record.statistics))],
    ['declarations accepted', percent(last?.declarationsAccepted ?? 0, last?.declarations ?? 0)],
    ['features', String(last?.features ?? 0)],
    ['corpus', String(last?.corpus ?? 0)],
    ['new solutions', String(of('solution', false))],
    ['known solutions', String(of('solution', true))],
    ['new lead signatures', String(of('lead', false))],
    ['known lead signatures', String(of('lead', true))],
    ['canaries asked', String(record.canaries.asked)],
    ['executors that answered them wrongly', String(record.canaries.wrong)],
    ['time inside Lean', percent(last?.shareInsideLean ?? 0, 1)],
    ['time judging', percent(last?.shareJudging ?? 0, 1)],
  ];
}

/** The headline that names a bug planted in the kernel: it must not be taken for Lean's own. */
function plantedIn({ options }: CampaignRecord): [string, string][] {
  const { kernelMutant } = options;
  return typeof kernelMutant === 'string' ? [['planted bug', kernelMutant]] : [];
}

function ratePerMinute(statistics: readonly StatisticsPoint[]): number {
  const last = statistics.at(-1);
  return last === undefined ? 0 : Math.round((last.tests * 60) / Math.max(last.elapsedSeconds, 1));
}

interface OutcomeShare {
  readonly name: string;
  readonly count: number;
  /** The number that it is a share of. */
  readonly whole: number;
  readonly share: string;
}

/** How many candidates and declarations ended in which way. */
export function outcomes(record: CampaignRecord): OutcomeShare[] {
  const last = record.statistics.at(-1);
  if (last === undefined) return [];
  const { candidates, timeouts, crashes, outOfMemory, declarations, declarationsAccepted } = last;
  const finished = candidates - timeouts - crashes - outOfMemory;
  const row = (name: string, count: number, whole: number): OutcomeShare => ({
    ...{ name, count, whole },
    share: percent(count, whole),
  });
  return [
    row('candidates finished', finished, candidates),
    row('candidates timed out', timeouts, candidates),
    row('candidates crashed', crashes, candidates),
    row('candidates out of memory', outOfMemory, candidates),
    ...Object.entries(record.errors).map(([kind, count]) => row(`errors: ${kind}`, count, candidates)),
    row('declarations accepted', declarationsAccepted, declarations),
    row('declarations refused', declarations - declarationsAccepted, declarations),
  ];
}

/** Tests a minute of each worker between two times; where a campaign was resumed its counts begin anew. */
export function workerRates(
  record: CampaignRecord,
): { name: string; points: (readonly [x: number, y: number])[] }[] {
  const workers = [...new Set(record.workers.map(({ worker }) => worker))].slice(0, maxWorkers);
  return workers.map((worker) => {
    const own = record.workers.filter((point) => point.worker === worker);
    const points = own.slice(1).map((point, index) => {
      const before = own[index] ?? point;
      const since = point.tests >= before.tests ? before.tests : 0;
      const seconds = Math.max(point.elapsedSeconds - before.elapsedSeconds, 0.001);
      return [point.elapsedSeconds, ((point.tests - since) * 60) / seconds] as const;
    });
    return { name: `worker ${worker}`, points };
  });
}

/** Yields of mutators or of categories, with the best first. */
export function byYield(record: CampaignRecord, kind: Yield['kind']): Yield[] {
  return record.yields.filter((row) => row.kind === kind).sort((a, b) => b.newFeatures - a.newFeatures);
}

/** The command that replays a finding, from the campaign's database: its folder need not be there. */
export function replayCommand({ folder }: Pick<CampaignRecord, 'folder'>, { id }: FindingRow): string {
  return ownCommand(['replay', pathArgument(folder), id], process.cwd());
}

type Table = (heads: readonly string[], rows: readonly (readonly string[])[]) => string;

function opinions({ opinions: counts }: CampaignRecord, table: Table): string {
  if (counts === undefined) return '';
  const rows = opinionRows(counts).map((row) => row.map(asMarkdown));
  return `## Who answers what\n\n${opinionSentence(counts)}\n\n${table(opinionHeads, rows)}\n\n`;
}

/** The report as Markdown. */
export function markdownReport(record: CampaignRecord): string {
  const table: Table = (heads, rows) =>
    [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const findings = (kind: string): string => {
    const rows = record.findings.filter((row) => row.kind === kind);
    if (rows.length === 0) return 'None.';
    return table(
      ['signature', 'times', 'size', 'after', 'known', 'replay'],
      rows.map((row) => [
        ...[asMarkdown(row.signature), String(row.times), String(row.size), duration(row.elapsedSeconds)],
        ...[asMarkdown(row.known ?? 'new'), asMarkdownCode(replayCommand(record, row), 'cell')],
      ]),
    );
  };
  const yields = (kind: Yield['kind']): string => {
    const rows = byYield(record, kind);
    if (rows.length === 0) return 'None.';
    return table(
      ['name', 'level', 'new features', 'candidates', 'kept', 'leads', 'solutions'],
      rows.map((row) => [
        ...[asMarkdown(row.name), asMarkdown(row.level), String(row.newFeatures), String(row.candidates)],
        ...[String(row.interesting), String(row.leads), String(row.solutions)],
      ]),
    );
  };
  return `# Campaign ${asMarkdown(record.folder)}

${table(
  ['what', 'value'],
  headlines(record).map(([name, value]) => [name, asMarkdown(value)]),
)}

## Solutions

${findings('solution')}

## Leads by signature

${findings('lead')}

${opinions(record, table)}## Outcomes

${table(
  ['outcome', 'count', 'share'],
  outcomes(record).map(({ name, count, share }) => [name, String(count), asMarkdown(share)]),
)}

## Mutators by yield

${yields('mutator')}

## Categories by yield

${yields('category')}
`;
}

import type { Snapshot, WorkerSnapshot } from '../../api/campaign.js';
import type { Yield } from '../../api/yields.js';
import { bootLine, duration, othersAsked, percent, signatures } from '../format.js';
import { sparkline } from '../sparkline.js';
import { fitRows, labelled, rowText, type Piece, type Row } from './row.js';
import { rateNow, secondsSinceNews, type ScreenFind, type ScreenState } from './screen-state.js';

/** The terminal that is drawn on. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
  readonly colours: boolean;
}

/** Columns of a chart of what grows, beside its number. */
const chartWidth = 32;
/** Seconds without news after which that is worth a colour. */
const longWithoutNews = 300;

/** The status screen: at most `rows` lines of at most `columns` columns. */
export function screenLines(state: ScreenState, { columns, rows, colours }: ScreenSize): string[] {
  return fitRows(allRows(state), rows).map((row) => rowText(row, columns, colours));
}

function allRows(state: ScreenState): Row[] {
  const now = state.recent.at(-1);
  const notices = state.notices.map((text, index): Row => ({
    rank: index === 0 ? 3 : 20 + 4 * index,
    pieces: [{ text, tone: index === 0 ? 'warning' : 'dim' }],
  }));
  if (now === undefined) return [headRow(state), ...bootRows(state), ...notices];
  return [
    headRow(state),
    ...findRows(state, now),
    { rank: 19, pieces: [] },
    ...progressRows(state, now),
    { rank: 22, pieces: [] },
    ...workerRows(state, now),
    ...machineRows(now),
    ...yieldRows(now.bestYields),
    ...notices,
  ];
}

function headRow({ info, recent, isEnding }: ScreenState): Row {
  const elapsed = recent.at(-1)?.elapsedSeconds;
  return {
    rank: 0,
    pieces: [
      { text: isEnding ? 'lean-fuzz is ending' : 'lean-fuzz', tone: isEnding ? 'warning' : 'bold' },
      ...(elapsed === undefined ? [] : [{ text: duration(elapsed) }]),
      ...(info === undefined
        ? []
        : [{ text: `Lean ${info.lean.version} (${info.lean.kind})` }, { text: `seed ${info.seed}` }]),
    ],
    right: isEnding ? 'q again: at once' : 'q ends',
  };
}

function bootRows({ boot, info }: ScreenState): Row[] {
  if (info !== undefined || boot === undefined) return [];
  return [{ rank: 1, pieces: [{ text: bootLine(boot) }] }];
}

function findRows({ finds, info }: ScreenState, now: Snapshot): Row[] {
  const count = (name: string, fresh: number, known: number, unnamed: number): Piece => ({
    text: `${name} ${signatures(fresh, known, unnamed)}`,
    tone: fresh === 0 ? 'plain' : name === 'solutions' ? 'alarm' : 'warning',
  });
  const classes = Object.entries(now.leadClasses).map(([name, many]) => `${name} ${many}`);
  // News stand above what is known, and solutions above leads, whatever came last.
  const weight = ({ kind, isKnown }: ScreenFind): number => (isKnown ? 2 : 0) + (kind === 'solution' ? 0 : 1);
  const shown = [...finds].sort((one, other) => weight(one) - weight(other));
  return [
    {
      rank: 1,
      pieces: [
        count('solutions', now.newSolutions, now.knownSolutions, now.unnamedSolutions),
        count('leads', now.newLeads, now.knownLeads, now.unnamedLeads),
        ...(classes.length === 0 ? [] : [{ text: classes.join(', '), tone: 'dim' } as const]),
      ],
    },
    ...shown.map((find, index) => ({ rank: (find.isKnown ? 16 : 4) + 3 * index, pieces: findPieces(find) })),
    ...bugRows(info),
  ];
}

/** Known bugs of this Lean that prove False; issues without their repository, so that they all fit. */
function bugRows(info: ScreenState['info']): Row[] {
  const { knownBugs = [], lean } = info ?? {};
  if (lean === undefined || knownBugs.length === 0) return [];
  const texts = [
    `Lean ${lean.version} has bugs that prove False:`,
    ...knownBugs.map((bug) => bug.replace(/^.*#/, '#')),
  ];
  return [{ rank: 18, pieces: texts.map((text) => ({ text, tone: 'dim' })) }];
}

function findPieces({ kind, signature, isKnown, seconds }: ScreenFind): Piece[] {
  const text = `  ${duration(seconds).padStart(6)}  ${isKnown ? `known ${kind}` : kind}: ${signature}`;
  return [{ text, tone: isKnown ? 'dim' : kind === 'solution' ? 'alarm' : 'warning' }];
}

function progressRows(state: ScreenState, now: Snapshot): Row[] {
  const still = secondsSinceNews(state);
  const grown = (value: (point: ScreenState['history'][number]) => number): string =>
    sparkline(
      state.history.map((point) => [point.seconds, value(point)]),
      chartWidth,
    );
  const part = (count: number): string => percent(count, now.candidates);
  const { timeouts, crashes, outOfMemory } = now;
  const finished = now.candidates - timeouts - crashes - outOfMemory;
  const share = (value: number): string => percent(value, 1);
  const lost = (text: string, count: number): Piece => ({
    text: `${text} ${count}`,
    tone: count === 0 ? 'plain' : 'warning',
  });
  const leans = now.workers.map(({ leanMiB }) => leanMiB).filter((size) => size > 0);
  const { freeMiB, totalMiB } = now.memory;
  const gib = (mib: number): string => (mib / 1024).toFixed(1);
  const rows: (Row | undefined)[] = [
    labelled(
      ...[2, 'tests'],
      { text: `${rateNow(state)}/min now`, tone: 'bold' },
      `${now.testsPerMinute}/min overall`,
      `${now.tests} in all`,
      `${now.candidates} candidates`,
    ),
    labelled(
      ...[7, 'accepted'],
      `${percent(now.declarationsAccepted, now.declarations)} of ${now.declarations} declarations`,
    ),
    labelled(
      ...[8, 'outcomes'],
      `finished ${part(finished)}`,
      `timeout ${part(timeouts)}`,
      `crash ${part(crashes)}`,
      `out of memory ${part(outOfMemory)}`,
    ),
    labelled(
      5,
      'features',
      String(now.features).padEnd(8),
      grown(({ features }) => features),
      {
        text: `new ${duration(still)} ago`,
        tone: still > longWithoutNews ? 'warning' : 'dim',
      },
    ),
    now.blocksInAll === 0
      ? undefined
      : labelled(
          ...[6, 'blocks'],
          String(now.blocks).padEnd(8),
          grown(({ blocks }) => blocks),
          `${percent(now.blocks, now.blocksInAll)} of the kernel`,
        ),
    labelled(10, 'corpus', String(now.corpus)),
    labelled(
      ...[11, 'time'],
      `inside Lean ${share(now.shareInsideLean)}`,
      `making ${share(now.shareGenerating)}`,
      `judging ${share(now.shareJudging)}`,
    ),
    labelled(
      ...[9, 'restarts'],
      `${now.restarts} (${timeouts} timeouts, ${crashes} crashes, ${outOfMemory} memory)`,
      ...(now.killed === 0 ? [] : [lost('killed', now.killed)]),
      lost('errors', now.errors),
      lost('dropped', now.dropped),
    ),
    labelled(
      ...[14, 'memory'],
      {
        text: `${gib(freeMiB)} of ${gib(totalMiB)} GiB free`,
        tone: freeMiB < totalMiB / 10 ? 'alarm' : 'plain',
      },
      ...(leans.length === 0 ? [] : [`a Lean has up to ${Math.max(...leans)} MiB`]),
    ),
    now.opinions === undefined
      ? undefined
      : labelled(15, 'others', `asked about ${othersAsked(now.opinions)}`),
  ];
  return rows.filter((row) => row !== undefined);
}

const workerHeads = ['worker', 'state', 'tests/min', 'tests', 'candidates', 'Lean MiB', 'pid'] as const;
const workerWidths = [6, 8, 9, 9, 10, 8, 8] as const;

function workerRows(state: ScreenState, { workers }: Snapshot): Row[] {
  const cells = (row: readonly (string | number)[]): Piece[] =>
    row.map((cell, column) => {
      const width = workerWidths[column] ?? 0;
      return { text: column === 1 ? String(cell).padEnd(width) : String(cell).padStart(width) };
    });
  const row = (one: WorkerSnapshot): Piece[] =>
    cells([
      ...[one.worker, one.state, rateNow(state, one.worker), one.tests, one.candidates],
      ...[one.leanMiB === 0 ? '-' : one.leanMiB, one.pid],
    ]);
  return [
    { rank: 12, pieces: cells(workerHeads).map((piece) => ({ ...piece, tone: 'dim' })) },
    ...workers.map((one, index) => ({ rank: 12.5 + 3 * index, pieces: row(one) })),
  ];
}

const machineHeads = ['machine', 'host', 'cores', 'tests/min', 'last seen', 'leads', 'solutions'] as const;
const machineWidths = [28, 16, 5, 9, 9, 5, 9] as const;

/** A row for each of the other machines that share the campaign. */
function machineRows({ machines }: Snapshot): Row[] {
  if (machines === undefined) return [];
  const cells = (row: readonly (string | number)[]): Piece[] =>
    row.map((cell, column) => {
      const width = machineWidths[column] ?? 0;
      const text = String(cell).slice(0, width);
      return { text: column < 2 ? text.padEnd(width) : text.padStart(width) };
    });
  const { others, testsPerMinute, isAway, seen } = machines;
  return [
    labelled(
      ...[12.2, 'machines'],
      `${others + 1}`,
      `the others ${testsPerMinute} tests/min`,
      ...(isAway ? [{ text: 'not reached', tone: 'warning' } as const] : []),
    ),
    ...(seen.length === 0
      ? []
      : [{ rank: 12.3, pieces: cells(machineHeads).map((piece): Piece => ({ ...piece, tone: 'dim' })) }]),
    ...seen.map(({ secondsAgo, state, ...one }, index) => {
      const last = state === 'ended' ? 'ended' : secondsAgo === undefined ? 'running' : duration(secondsAgo);
      return {
        rank: 12.6 + 3 * index,
        pieces: cells([
          ...[one.machine, one.host, one.cores, one.testsPerMinute, last, one.leads, one.solutions],
        ]),
      };
    }),
  ];
}

/** A row for each level and kind: who found most, with the new features of so many candidates. */
function yieldRows(yields: readonly Yield[]): Row[] {
  const found = yields.filter(({ newFeatures }) => newFeatures > 0);
  const groups = [...new Set(found.map(({ level, kind }) => `${level} ${kind}`))];
  return groups.map((group, index) => ({
    rank: 13 + 3 * index,
    pieces: [
      { text: group.replace(/y$/, 'ie') + 's', tone: 'dim' },
      ...found
        .filter(({ level, kind }) => `${level} ${kind}` === group)
        .map(({ name, newFeatures, candidates }) => ({ text: `${name} ${newFeatures}/${candidates}` })),
    ],
  }));
}

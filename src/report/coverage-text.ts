import type { Coverage, FunctionCoverage, FunctionDifference } from './coverage.js';
import { duration, percent } from './format.js';

/** Functions whose missing parts are listed where nobody asks for all. */
const maxFunctions = 12;
const maxNever = 6;

/** A campaign's coverage as lines; `all` leaves nothing out. */
export function coverageLines(coverage: Coverage, all: boolean): string[] {
  const { functions, overTime } = coverage;
  const groups = [...new Set(functions.map(({ group }) => group))].sort();
  const ofGroup = (name: string): FunctionCoverage[] => functions.filter(({ group }) => group === name);
  const missing = functions.filter(({ never }) => never.length > 0);
  const shown = all ? missing : missing.slice(0, maxFunctions);
  return [
    `${shareOf(coverage)} blocks of the kernel's code`,
    ...groups.map((group) => `  ${shareOf(sumOf(ofGroup(group)))}  ${group}`),
    '',
    `over time: ${milestones(overTime, coverage.reached).join(', ')}`,
    '',
    'by function:',
    ...functions.map((one) => `  ${shareOf(one).padEnd(15)} ${one.name}`),
    '',
    'never reached, at the edge of what was:',
    ...shown.flatMap((one) => neverLines(one, all)),
    ...(shown.length < missing.length
      ? [`  ... and of ${missing.length - shown.length} more functions (--all)`]
      : []),
  ];
}

/** The difference of two campaigns as lines. */
export function differenceLines(differences: readonly FunctionDifference[]): string[] {
  if (differences.length === 0) return ['both have reached the same'];
  return differences.map(({ name, blocks, reached, only }) => {
    const side = (index: 0 | 1): string =>
      blocks[index] === null ? 'not there' : `${reached[index]}/${blocks[index]}`;
    const apart = only === null ? '' : `  (only the first: ${only[0]}, only the second: ${only[1]})`;
    return `${name}: ${side(0)}, ${side(1)}${apart}`;
  });
}

/** When half, nine tenths and all of what was reached had been. */
function milestones(overTime: Coverage['overTime'], reached: number): string[] {
  return ([50, 90, 99, 100] as const).flatMap((share) => {
    const point = overTime.find(([, blocks]) => blocks * 100 >= reached * share);
    return point === undefined ? [] : [`${share}% of it after ${duration(point[0])}`];
  });
}

function neverLines({ name, never }: FunctionCoverage, all: boolean): string[] {
  const shown = all ? never : never.slice(0, maxNever);
  return [
    `  ${name}`,
    ...shown.map(({ at, when, calls }) => {
      const what = calls.length === 0 ? '' : `: ${calls.join(', ')}`;
      return `    +0x${at.toString(16)}${what}; when ${when.join(', or ')}`;
    }),
    ...(shown.length < never.length ? [`    ... and ${never.length - shown.length} more (--all)`] : []),
  ];
}

function sumOf(list: readonly FunctionCoverage[]): { blocks: number; reached: number } {
  const sum = (key: 'blocks' | 'reached'): number => list.reduce((total, one) => total + one[key], 0);
  return { blocks: sum('blocks'), reached: sum('reached') };
}

function shareOf({ blocks, reached }: { blocks: number; reached: number }): string {
  return `${reached}/${blocks} (${percent(reached, blocks)})`;
}

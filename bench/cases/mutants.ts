import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeMapOf } from '../../src/execute/native/code/cached-map.js';
import { patchOf } from '../../src/execute/native/kernel-mutants.js';
import { leanOfFolder } from '../../src/execute/native/library-folder.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import { UserError } from '../../src/util/errors.js';
import { packageRoot } from '../../src/util/package.js';
import { Random } from '../../src/util/random.js';
import type { BenchCase, BenchContext, Measurement } from '../case.js';
import { answersOf, commonJobs, differenceOf, type Difference } from '../mutants/common-run.js';
import { drawMutant, type DrawnMutant } from '../mutants/draw.js';
import { hunt, type Hunt } from '../mutants/hunt.js';

const commonDeclarations = 10_000;

/** A mutant that counts, and what campaigns came to on it: with coverage, and where they are compared without. */
interface Counted extends DrawnMutant {
  readonly difference: Difference;
  readonly kernel: Hunt;
  readonly off: Hunt | undefined;
}

/**
 * Planted bugs of a native kernel, drawn by --seed: how many a campaign notices, how many it brings to False, and how
 * soon. Ground truth beyond bugs that are known.
 */
export const mutants: BenchCase = {
  name: 'mutants',
  about:
    'share of planted bugs of a native kernel that campaigns notice and bring to False (--seed, --mutants, --seconds, --cores, --paired)',
  slow: true,
  async run(context) {
    const { note, mutants: wanted } = context;
    const lean = await leanOfFolder('native Lean', fetchedToolchain());
    const map = codeMapOf(lean);
    if (typeof map === 'string') throw new UserError(`mutants: ${map}`);
    const jobs = commonJobs(commonDeclarations);
    const answers = await answersOf(lean, jobs);
    const random = Random.of(context.seed);
    const drawn = { same: 0, crashes: 0 };
    const counted: Counted[] = [];
    while (counted.length < wanted) {
      const one = drawMutant(random, map);
      const patch = patchOf(lean, one.mutant);
      const difference = await differenceOf(lean, patch, jobs, answers);
      if (difference === 'same' || difference === 'crashes') {
        drawn[difference]++;
        note(`${one.mutant} (${one.function}): ${difference}`);
        continue;
      }
      const at = { ...context, seed: counted.length + 1 };
      const kernel = await hunt(lean, one.mutant, patch, { ...at, coverage: 'kernel' });
      const off = context.paired
        ? await hunt(lean, one.mutant, patch, { ...at, coverage: 'off' })
        : undefined;
      counted.push({ ...one, difference, kernel, off });
      note(
        `${counted.length}/${wanted} ${one.function} (${difference}): ${said(kernel)}${off === undefined ? '' : `; without coverage ${said(off)}`}`,
      );
    }
    save(context, { lean: { version: lean.version, hash: lean.hash }, drawn, counted });
    return [
      ...rowsOf('', counted, ({ kernel }) => kernel, context),
      ...(context.paired ? rowsOf('without coverage: ', counted, ({ off }) => off, context) : []),
      { name: 'drawn that change nothing here', samples: [drawn.same], unit: 'count' },
      { name: 'drawn that crash or hang', samples: [drawn.crashes], unit: 'count' },
      ...byFunction(counted),
    ];
  },
};

function said({ noticed, proved }: Hunt): string {
  const after = (seconds: number | undefined): string =>
    seconds === undefined ? 'never' : `after ${seconds.toFixed(1)} s`;
  return `noticed ${after(noticed)}, False ${after(proved)}`;
}

function rowsOf(
  prefix: string,
  counted: readonly Counted[],
  of: (one: Counted) => Hunt | undefined,
  { seconds, cores }: BenchContext,
): Measurement[] {
  const share = (
    name: string,
    among: readonly Counted[],
    key: keyof Hunt,
    atLeast?: number,
  ): Measurement[] =>
    among.length === 0
      ? []
      : [
          {
            name: `${prefix}${name} (${among.length}, ${seconds} s on ${cores})`,
            samples: [(100 * among.filter((one) => of(one)?.[key] !== undefined).length) / among.length],
            unit: '%',
            ...(atLeast === undefined ? {} : { goal: { atLeast } }),
          },
        ];
  const times = (name: string, key: keyof Hunt): Measurement[] => {
    const samples = counted.flatMap((one) => of(one)?.[key] ?? []);
    return samples.length === 0 ? [] : [{ name: `${prefix}${name}`, samples, unit: 's' }];
  };
  const unsound = counted.filter(({ difference }) => difference !== 'refuses more');
  return [
    ...share('noticed of all', counted, 'noticed'),
    ...share('noticed of those that accept more or build otherwise', unsound, 'noticed', 80),
    ...share('False of those', unsound, 'proved', 50),
    ...times('time to the first lead', 'noticed'),
    ...times('time to False', 'proved'),
  ];
}

/** How many of each function's mutants were noticed. */
function byFunction(counted: readonly Counted[]): Measurement[] {
  const names = [...new Set(counted.map((one) => one.function))].sort();
  return names.map((name) => {
    const own = counted.filter((one) => one.function === name);
    const noticed = own.filter(({ kernel }) => kernel.noticed !== undefined).length;
    return { name: `noticed in ${name} (${own.length})`, samples: [(100 * noticed) / own.length], unit: '%' };
  });
}

/** Every mutant with its place and times, beside the table's file. */
function save({ seed, seconds, cores, note }: BenchContext, content: object): void {
  const folder = join(packageRoot, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `mutants-seed-${seed}-${Date.now()}.json`);
  writeFileSync(file, `${JSON.stringify({ seed, seconds, cores, ...content }, null, 2)}\n`);
  note(relative(process.cwd(), file));
}

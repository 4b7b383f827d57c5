/** `npm run bench`: runs benchmarks, prints a table, and leaves the numbers in bench/results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, CommanderError } from 'commander';
import { integer } from '../src/options/parse.js';
import { ExitCode, invalid, messageOf, UserError } from '../src/util/errors.js';
import { packageRoot } from '../src/util/package.js';
import type { BenchCase, BenchContext, Measurement } from './case.js';
import { check } from './cases/check.js';
import { coverage } from './cases/coverage.js';
import { endurance } from './cases/endurance.js';
import { fork } from './cases/fork.js';
import { kernel } from './cases/kernel.js';
import { lake } from './cases/lake.js';
import { mailbox } from './cases/mailbox.js';
import { handMadeMutants } from './cases/hand-made.js';
import { mutants } from './cases/mutants.js';
import { native } from './cases/native.js';
import { recall } from './cases/recall.js';
import { ring } from './cases/ring.js';
import { sharing } from './cases/sharing.js';
import { sync } from './cases/sync.js';
import { sourceAcceptance } from './cases/source-acceptance.js';
import { startUp } from './cases/start-up.js';
import { testsPerMinute } from './cases/tests-per-minute.js';
import { timeToFalse } from './cases/time-to-false.js';
import { units } from './cases/units.js';
import { cleanUpAtExit } from './cleanup.js';
import { describeMachine } from './machine.js';
import { meets, spread } from './statistics.js';
import { table } from './table.js';

/** Every benchmark; a new one is added here and nowhere else. */
const cases: readonly BenchCase[] = [
  testsPerMinute,
  startUp,
  fork,
  ring,
  mailbox,
  lake,
  units,
  kernel,
  check,
  native,
  coverage,
  sourceAcceptance,
  sharing,
  ...sync,
  timeToFalse,
  mutants,
  handMadeMutants,
  recall,
  endurance,
];

interface Options {
  quick: boolean;
  minutes: string;
  seed: string;
  mutants: string;
  seconds: string;
  cores: string;
  lean: string;
  paired: boolean;
  long: boolean;
}

const list = cases.map(({ name, about, slow }) => `  ${name.padEnd(18)}${about}${slow ? ' [slow]' : ''}`);
const program = new Command('npm run bench --')
  .argument('[names...]', 'which benchmarks to run (default: all that are not slow)')
  .option('--quick', 'short times: shows that it works, not how fast it is', false)
  .option('--minutes <n>', 'length of endurance and recall', '30')
  .option('--seed <n>', 'what is drawn by mutants', '1')
  .option('--mutants <n>', 'planted bugs that count', '24')
  .option('--seconds <n>', 'length of a campaign on one of them', '45')
  .option('--cores <n>', 'workers of it', '2')
  .option('--long', 'the full times of sync', false)
  .option('--lean <which>', 'the Lean of endurance', 'embedded')
  .option('--paired', 'with and without coverage', false)
  .addHelpText('after', `\nBenchmarks:\n${list.join('\n')}\n\nExample: npm run bench -- ring mailbox`)
  .exitOverride()
  .action(main);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : ExitCode.usage;
  else if (error instanceof UserError) {
    process.stderr.write(`bench: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else throw error;
}

async function main(names: string[], options: Options): Promise<void> {
  const chosen = choose(names);
  const { quick, paired, long, lean } = options;
  const context = {
    ...{ quick, paired, long, lean },
    minutes: integer('--minutes', options.minutes, 1, 24 * 60),
    seed: integer('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER),
    mutants: integer('--mutants', options.mutants, 1, 1000),
    seconds: integer('--seconds', options.seconds, 1, 3600),
    cores: integer('--cores', options.cores, 1, 255),
  };
  cleanUpAtExit();
  const startedAt = new Date();
  const machine = describeMachine();
  const results: { name: string; measurements: Measurement[] }[] = [];
  for (const benchCase of chosen) {
    const measurements = await run(benchCase, context);
    if (measurements !== undefined) results.push({ name: benchCase.name, measurements });
  }
  process.stdout.write(
    `${Object.entries(machine)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', ')}\n\n`,
  );
  const rows = results.flatMap(({ name, measurements }) =>
    measurements.map((row) => ({ ...row, name: `${name}: ${row.name}` })),
  );
  process.stdout.write(`${table(rows)}\n`);
  const file = save(startedAt, {
    startedAt: startedAt.toISOString(),
    quick,
    machine,
    results: results.map(summarise),
  });
  process.stdout.write(`\n${relative(process.cwd(), file)}\n`);
  const isMissed = results.some(
    ({ name, measurements }) =>
      cases.some((one) => one.name === name && one.mustMeet === true) &&
      measurements.some(({ goal, samples }) => goal !== undefined && !meets(goal, spread(samples).median)),
  );
  if (results.length < chosen.length || isMissed) process.exitCode = ExitCode.unexpected;
}

function choose(names: readonly string[]): BenchCase[] {
  const unknown = names.find((name) => !cases.some((benchCase) => benchCase.name === name));
  if (unknown !== undefined) {
    throw invalid('benchmark', unknown, `one of ${cases.map(({ name }) => name).join(', ')}`);
  }
  return cases.filter(({ name, slow }) => (names.length === 0 ? slow !== true : names.includes(name)));
}

/** One that fails is reported, and the others run all the same. */
async function run(
  benchCase: BenchCase,
  context: Omit<BenchContext, 'note'>,
): Promise<Measurement[] | undefined> {
  const note = (text: string): void => void process.stderr.write(`${benchCase.name}: ${text}\n`);
  note('started');
  try {
    return await benchCase.run({ ...context, note });
  } catch (error) {
    note(`failed: ${messageOf(error)}`);
    return undefined;
  }
}

/** With the median of each row beside its samples; long lists of samples stay out of the file. */
function summarise({ name, measurements }: { name: string; measurements: Measurement[] }): object {
  const rows = measurements.map(({ samples, ...row }) => ({
    ...row,
    ...spread(samples),
    met: row.goal === undefined ? null : meets(row.goal, spread(samples).median),
    samples: samples.length > 1000 ? samples.length : samples,
  }));
  return { name, measurements: rows };
}

function save(startedAt: Date, content: object): string {
  const folder = join(packageRoot, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${startedAt.toISOString().replace(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

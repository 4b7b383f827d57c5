import { appendFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Option, type Command } from 'commander';
import { isNamed } from '../../options/named.js';
import { annotations, stepSummary } from '../../report/ci/github.js';
import { parseFailOn, type FailOn } from '../../report/ci/fail-on.js';
import { junit } from '../../report/ci/junit.js';
import { outcomeOf, type CiOutcome } from '../../report/ci/outcome.js';
import { sarif } from '../../report/ci/sarif.js';
import { jsonListener, plainListener } from '../../report/listeners.js';
import { ExitCode, invalid, messageOf, unusable } from '../../util/errors.js';
import { replaceFile } from '../../util/files.js';
import { asJson } from '../../util/printable.js';
import { output, printError, printLine } from '../output.js';
import { addCampaignOptions, readCampaignOptions } from '../campaign-options.js';
import { runToEnd } from './run.js';

/** Candidates of a smoke test that nobody sized: half a minute on two cores. */
const defaultRuns = 600;

interface RawCiOptions {
  readonly json: boolean;
  readonly failOn: readonly FailOn[];
  readonly sarif?: string;
  readonly junit?: string;
}

export function addCi(program: Command): void {
  addCampaignOptions(
    program
      .command('ci')
      .description(
        'a campaign for pipelines: plain output, stops by runs, fails on new proofs of False only',
      ),
  )
    .option('--json', 'print one JSON object a line, as run does', false)
    .addOption(
      new Option(
        '--fail-on <what>',
        'also fail on this: known (proofs of False by known bugs), lead or lead:CLASS (new leads); may be repeated',
      )
        .argParser((text: string, before: readonly FailOn[]) => [...before, parseFailOn(text)])
        .default([], 'none'),
    )
    .option('--sarif <file>', 'write the finds as SARIF 2.1.0, for code scanning')
    .option('--junit <file>', "write the finds as JUnit's XML")
    .addHelpText(
      'after',
      '\nExit code 0 clean, 77 with a find that fails, 78 on an error. The seed is the date (UTC) unless --seed says another.' +
        '\n\nExample:\n  $ npx lean-fuzz ci --runs 600 --sarif lean-fuzz.sarif',
    )
    .action(async (raw: RawCiOptions, command: Command) => {
      for (const option of ['sarif', 'junit'] as const) checkPlace(`--${option}`, raw[option]);
      const own = { seed: seedOf(new Date()), runs: defaultRuns };
      const read = await readCampaignOptions(command, own);
      const { named } = read;
      // Whoever says how long it runs has sized it.
      const isTimed = isNamed(named, 'timeMillis') && !isNamed(named, 'runs');
      const options = isTimed ? { ...read.options, runs: undefined } : read.options;
      // A pipeline must not join a campaign that has no end.
      const given = isTimed ? named.given : new Map([...named.given, ['runs', '--runs']]);
      const { summary } = await runToEnd(options, { ...named, given }, () => ({
        listener: (raw.json ? jsonListener : plainListener)(output),
      }));
      const outcome = outcomeOf(summary, raw.failOn);
      tell(outcome, raw, process.env);
      process.exitCode = outcome.finds.some(({ isFailing }) => isFailing)
        ? ExitCode.solution
        : ExitCode.clean;
    });
}

/** The seed of a day, as 20261126: each day looks elsewhere, and the first line says where. */
export function seedOf(date: Date): number {
  return Number(date.toISOString().slice(0, 10).replaceAll('-', ''));
}

/** Writes what a pipeline reads besides the exit code. */
function tell(outcome: CiOutcome, raw: RawCiOptions, environment: NodeJS.ProcessEnv): void {
  if (raw.sarif !== undefined) write('--sarif', raw.sarif, `${asJson(sarif(outcome), 2)}\n`);
  if (raw.junit !== undefined) write('--junit', raw.junit, junit(outcome));
  if (environment['GITHUB_ACTIONS'] !== 'true') return;
  if (!raw.json) annotations(outcome).forEach(printLine);
  const { GITHUB_STEP_SUMMARY: path } = environment;
  if (path === undefined || path === '') return;
  try {
    appendFileSync(path, stepSummary(outcome));
  } catch (error) {
    // The finds are told elsewhere, too.
    printError(
      `GITHUB_STEP_SUMMARY: got ${asJson(path)}, expected a file that can be written (${messageOf(error)})`,
    );
  }
}

/** Before anything runs: a campaign must not end in a place that is not there. */
function checkPlace(option: string, path: string | undefined): void {
  if (path === undefined) return;
  const isFolder = statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() === true;
  const isTaken = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (path === '' || !isFolder || isTaken) throw invalid(option, path, 'a file in a folder that is there');
}

function write(option: string, path: string, content: string): void {
  try {
    replaceFile(path, content);
  } catch (error) {
    throw unusable(option, path, `a file that can be written (${messageOf(error)})`);
  }
}

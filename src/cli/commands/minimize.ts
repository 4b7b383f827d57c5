import type { Command } from 'commander';
import { minimizeDifference } from '../../campaign/offline/minimize-difference.js';
import { minimizeFinding, writeSmaller } from '../../campaign/offline/minimize-finding.js';
import { maxExecutors } from '../../campaign/offline/with-lean.js';
import type { Minimized } from '../../campaign/shrink/minimize.js';
import { describeSize } from '../../store/finding-size.js';
import { weigh } from '../../campaign/shrink/subject.js';
import { loadFinding } from '../../store/load-finding.js';
import { ExitCode, UserError, never, unusable } from '../../util/errors.js';
import { ownCommand, pathArgument } from '../../util/shell.js';
import { readCampaignOptions } from '../campaign-options.js';
import { interruptible } from '../interrupt.js';
import { leanOfFinding, leanOfFindingOption } from '../lean-option.js';
import { addOpponentOptions, opponentOf, type RawOpponent } from '../opponent-option.js';
import { printLine } from '../output.js';
import { integer, milliseconds } from '../../options/parse.js';
import { actionLimits, asFlag } from '../../options/action-limits.js';

interface RawOptions extends RawOpponent {
  lean?: string;
  time: string;
  cores?: string;
  timeout: string;
  out?: string;
}

export function addMinimize(program: Command): void {
  addOpponentOptions(program.command('minimize'))
    .description('make a finding smaller as long as the judge says the same of it')
    .argument('<finding>', "a finding's folder, or its finding.json")
    .addOption(leanOfFindingOption())
    .option('--time <time>', 'stop after this much time', asFlag(actionLimits.minimizeMillis))
    .option('--cores <n>', `executors that try at the same time, up to ${maxExecutors} (default: all cores)`)
    .option('--timeout <time>', 'wall-clock limit of one try', asFlag(actionLimits.tryMillis))
    .option('--out <dir>', "write the smaller finding below this folder, instead of into the finding's own")
    .addHelpText(
      'after',
      '\nExit code 77 for a solution, 0 for a lead, 78 where the finding does not reproduce, or no edit had an answer.\n\nExample:\n  $ npx lean-fuzz minimize solutions/solution-188f4ada4aaf641f --time 2m',
    )
    .action(async (path: string, raw: RawOptions, command: Command) => {
      const time = milliseconds('--time', raw.time);
      const jobMillis = milliseconds('--timeout', raw.timeout);
      const { options } = await readCampaignOptions(command, {}, ['cores']);
      const cores =
        raw.cores === undefined
          ? Math.min(options.cores, maxExecutors)
          : integer('--cores', raw.cores, 1, maxExecutors);
      const finding = loadFinding(path);
      const lean = await leanOfFinding(finding.file, raw.lean);
      const opponent = await opponentOf(path, finding.file, lean, raw);
      if (opponent !== undefined) {
        const small = await interruptible(({ signal }) =>
          minimizeDifference(finding, lean, opponent, { jobMillis, millis: time, signal }),
        );
        if (small === undefined) throw unusable(path, 'not reproduced', 'a difference that shows here');
        const sizes = `${small.before} -> ${small.after}`;
        if (!small.isSmaller) return printLine(`${sizes}; nothing is written`);
        printLine(sizes);
        return printLine(said(writeSmaller(path, raw.out, finding, lean, small.finding)));
      }
      const before = { candidate: finding.candidate, claim: finding.claim };
      const result = await interruptible(({ signal, now }) =>
        minimizeFinding(finding, {
          ...{ lean, cores, millis: time, jobMillis, signal, now },
          progress: progressLines(),
        }),
      );
      switch (result.kind) {
        case 'refuses':
          throw unusable(path, 'not reproduced', 'a finding that reproduces here');
        case 'noAnswer':
          throw new UserError(`${path}: unknown whether it reproduces: ${result.why}`);
        case 'accepts': {
          printLine(
            `${describeSize(before)} -> ${describeSize(result.subject)}, ${result.tried} edits tried`,
          );
          for (const line of endOf(result)) printLine(line);
          if (weigh(result.subject) < weigh(before))
            printLine(said(writeSmaller(path, raw.out, finding, lean, result.finding)));
          else printLine('the finding is as small as it was; nothing is written');
          const isSolution = finding.file.kind === 'solution';
          if (isUnanswered(result)) process.exitCode = ExitCode.unexpected;
          else process.exitCode = isSolution ? ExitCode.solution : ExitCode.clean;
          return;
        }
        default:
          never(result);
      }
    });
}

/** Whether edits were tried, and not one of them had an answer. */
function isUnanswered({ tried, unanswered }: Minimized): boolean {
  return tried > 0 && unanswered === tried;
}

/** Why it ended where it did, and what got no answer on the way. */
function endOf(result: Minimized): string[] {
  const { complete, tried, unanswered, lastWhy, givenUp } = result;
  if (isUnanswered(result))
    return [`unknown: none of the ${tried} edits had an answer; to the last one because of ${lastWhy}`];
  const lines =
    unanswered > 0 ? [`no answer to ${unanswered} edits; to the last one because of ${lastWhy}`] : [];
  if (givenUp !== null)
    lines.push(`a smaller form was given up, for fresh executors do not say the same of it: ${givenUp}`);
  else if (!complete) lines.push('stopped early; more time may make it smaller');
  else lines.push(unanswered > 0 ? 'no other edit makes it smaller' : 'no edit makes it smaller');
  return lines;
}

/** Says how it goes, about once a second. */
function progressLines() {
  const start = performance.now();
  let shownAt = start;
  return (state: { pass: string; tried: number; units: number; weight: number }): void => {
    if (performance.now() - shownAt < 1000) return;
    shownAt = performance.now();
    const seconds = Math.round((shownAt - start) / 1000);
    printLine(
      `${seconds}s  ${state.pass}: ${state.units} declarations, size ${state.weight}, ${state.tried} edits tried`,
    );
  };
}

/** The command that replays a smaller finding from the folder that it is in. */
function said(folder: string): string {
  return `replay with: ${ownCommand(['replay', pathArgument(folder)], process.cwd())}`;
}

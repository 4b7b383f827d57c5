import type { Command } from 'commander';
import { replayFinding, replayMillis } from '../../campaign/offline/replay-finding.js';
import { isAboutFalse, replayWords, type ReplayRound } from '../../campaign/offline/replay.js';
import { describeLean, isSameLean } from '../../api/lean.js';
import { findingAt } from '../../campaign/offline/load-stored.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { ExitCode } from '../../util/errors.js';
import { interruptible } from '../interrupt.js';
import { leanOfFinding, leanOfFindingOption } from '../lean-option.js';
import { addOpponentOptions, opponentOf, type RawOpponent } from '../opponent-option.js';
import { printLine } from '../output.js';
import { integer, milliseconds } from '../../options/parse.js';
import { actionLimits, asFlag } from '../../options/action-limits.js';

export function addReplay(program: Command): void {
  addOpponentOptions(program.command('replay'))
    .description('run a finding again, in a fresh process')
    .argument('<finding>', "a finding's folder, its finding.json, or the folder of a campaign")
    .argument('[id]', "the finding's id, where a campaign is named: its database is enough")
    .addOption(leanOfFindingOption())
    .option('--times <n>', 'how often, each on a fresh executor', '3')
    .option(
      '--timeout <time>',
      `wall-clock limit of one candidate (default: ${asFlag(actionLimits.jobMillis)}; of a time-out, the campaign's limit)`,
    )
    .addHelpText(
      'after',
      '\nExit code 77 when a solution is reproduced, 78 where no round gave an answer, 0 otherwise.\n\nExample:\n  $ npx lean-fuzz replay solutions/solution-188f4ada4aaf641f\n  $ npx lean-fuzz replay campaigns/nightly 188f4ada4aaf641f',
    )
    .action(
      async (
        path: string,
        id: string | undefined,
        raw: RawOpponent & { lean?: string; times: string; timeout?: string },
      ) => {
        const times = integer('--times', raw.times, 1, 1000);
        const named = raw.timeout === undefined ? undefined : milliseconds('--timeout', raw.timeout);
        const finding = findingAt(path, id);
        process.exitCode = await replay(path, finding, raw, times, named ?? replayMillis(finding));
      },
    );
}

/** Replays and reports; the exit code says whether a proof of False was reproduced at least once. */
async function replay(
  path: string,
  finding: LoadedFinding,
  raw: RawOpponent & { readonly lean?: string },
  times: number,
  jobMillis: number,
): Promise<ExitCode> {
  const { file, claim } = finding;
  const lean = await leanOfFinding(file, raw.lean);
  const opponent = await opponentOf(path, file, lean, raw);
  const isSame =
    file.leanVersion === lean.version && (file.lean === undefined || isSameLean(file.lean, lean));
  if (!isSame) printLine(`note: found on Lean ${file.leanVersion}, replayed on Lean ${describeLean(lean)}`);
  const { kind, proof } = file;
  const rounds = { accepts: 0, refuses: 0, noAnswer: 0 };
  let round = 0;
  const onRound = (result: ReplayRound): void => {
    rounds[result.kind]++;
    const why = result.kind === 'accepts' ? result.reasons.join('; ') : result.why;
    printLine(`round ${++round}: ${replayWords[result.kind]}: ${why}`);
  };
  await interruptible(({ signal }) =>
    replayFinding(finding, { lean, opponent, times, jobMillis, signal, onRound }),
  );
  const unanswered = rounds.noAnswer === 0 ? '' : `, no answer to ${rounds.noAnswer}`;
  printLine(`${kind} ${file.id}: ${stability(rounds, times)} (${rounds.accepts} of ${times}${unanswered})`);
  if (rounds.noAnswer === times) return ExitCode.unexpected;
  return rounds.accepts > 0 && claim !== undefined && isAboutFalse({ kind, proof })
    ? ExitCode.solution
    : ExitCode.clean;
}

function stability(rounds: Record<ReplayRound['kind'], number>, times: number): string {
  if (rounds.accepts === times) return 'stable';
  if (rounds.accepts > 0) return rounds.refuses > 0 ? 'flaky' : 'reproduced';
  return rounds.refuses > 0 ? 'not reproduced' : 'unknown';
}

import type { Command } from 'commander';
import { withLean } from '../../campaign/offline/with-lean.js';
import { isAboutFalse, replayOnce, replayWords, type ReplayRound } from '../../campaign/offline/replay.js';
import { describeLean, isSameLean } from '../../api/lean.js';
import { withDispute } from '../../campaign/offline/opponent.js';
import { findingAt } from '../../campaign/offline/load-stored.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import { ExitCode } from '../../util/errors.js';
import { interruptible } from '../interrupt.js';
import { leanOfFinding, leanOfFindingOption, useOfFinding } from '../lean-option.js';
import { addOpponentOptions, opponentOf, type RawOpponent } from '../opponent-option.js';
import { printLine } from '../output.js';
import { integer, milliseconds } from '../parse.js';

export function addReplay(program: Command): void {
  addOpponentOptions(program.command('replay'))
    .description('run a finding again, in a fresh process')
    .argument('<finding>', "a finding's folder, its finding.json, or the folder of a campaign")
    .argument('[id]', "the finding's id, where a campaign is named: its database is enough")
    .addOption(leanOfFindingOption())
    .option('--times <n>', 'how often, each on a fresh executor', '3')
    .option(
      '--timeout <time>',
      "wall-clock limit of one candidate (default: 60s; of a time-out, the campaign's limit)",
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
        process.exitCode = await replay(path, finding, raw, times, named ?? limitOf(finding));
      },
    );
}

/** Milliseconds for a replay: a time-out is replayed with the campaign's own limit. */
function limitOf({ file: { outcome, jobMillis = 0 } }: LoadedFinding): number {
  return outcome === 'timeout' && jobMillis > 0 ? jobMillis : 60_000;
}

/** Replays and reports; the exit code says whether a proof of False was reproduced at least once. */
async function replay(
  path: string,
  { file, candidate, claim }: LoadedFinding,
  raw: RawOpponent & { readonly lean?: string },
  times: number,
  jobMillis: number,
): Promise<ExitCode> {
  const lean = await leanOfFinding(file, raw.lean);
  const opponent = await opponentOf(path, file, lean, raw);
  const isSame =
    file.leanVersion === lean.version && (file.lean === undefined || isSameLean(file.lean, lean));
  if (!isSame) printLine(`note: found on Lean ${file.leanVersion}, replayed on Lean ${describeLean(lean)}`);
  const overrides = await zygoteOf(lean, useOfFinding(file));
  const { kind, proof, outcome } = file;
  const own = ownKernelFor(lean);
  const rounds = { accepts: 0, refuses: 0, noAnswer: 0 };
  const replayAll = async (once: () => Promise<ReplayRound>): Promise<void> => {
    for (let round = 1; round <= times; round++) {
      const result = await once();
      rounds[result.kind]++;
      const why = result.kind === 'accepts' ? result.reasons.join('; ') : result.why;
      printLine(`round ${round}: ${replayWords[result.kind]}: ${why}`);
    }
  };
  await interruptible(({ signal }) => {
    const limits = { jobMillis, signal };
    return opponent === undefined
      ? withLean(overrides, limits, (executor) =>
          replayAll(() => replayOnce(executor, { kind, proof, candidate, claim, outcome }, own)),
        )
      : withDispute({ lean, mutant: file.kernelMutant }, opponent, limits, (dispute) =>
          replayAll(() => dispute.again(candidate)),
        );
  });
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
